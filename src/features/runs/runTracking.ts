import * as vscode from 'vscode';
import { Emitter } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import { showRunNotification } from './showRunNotification';
import type { RunRegistry, RunCounts } from './runRegistry';
import { RunMonitor, type RunMonitorContext } from './runMonitor';
import type { RunsLoader } from './runsLoader';
import type { VisibleScope } from './activeRuns';
import { commands } from '../../shared/contributions';

/** What the watch works with. */
export interface WatchContext extends Omit<RunMonitorContext, 'scope' | 'show' | 'clock'> {
  /** What the tree of connections and the panels have on screen. */
  readonly screen: Pick<VisibleScope, 'treeVisible' | 'panels' | 'isExpanded' | 'onDidChange'>;
}

/** Shows in the window what the run monitor knows. Loaded when there is something to watch. */
export class RunTracking implements vscode.Disposable {
  readonly book: RunRegistry;
  readonly loader: RunsLoader;
  readonly #statusBar = new RunsStatusBar();
  readonly #disposables: readonly { dispose(): void }[];

  /** Begins to watch what ran when the last window closed, and all that comes. */
  static async start(context: WatchContext, view: vscode.TreeView<ResourcePath>): Promise<RunTracking> {
    const scope = windowScope(context.screen, view);
    const monitor = await RunMonitor.start({
      ...{ ...context, scope },
      show: (notice) => void showRunNotification(notice, () => context.settings().notifications),
    });
    return new RunTracking(monitor, scope, view);
  }

  private constructor(
    monitor: RunMonitor,
    scope: { dispose(): void },
    private readonly view: vscode.TreeView<ResourcePath>,
  ) {
    this.book = monitor.book;
    this.loader = monitor.loader;
    this.#disposables = [
      monitor,
      scope,
      this.#statusBar,
      monitor.onDidChange(() => {
        this.#update();
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #update(): void {
    const counts = this.book.counts();
    this.#statusBar.show(counts);
    const { running } = counts;
    this.view.badge = running > 0 ? { value: running, tooltip: countsInWords(counts) } : undefined;
  }
}

/** What is on screen in this window. */
function windowScope(
  screen: WatchContext['screen'],
  runs: vscode.TreeView<ResourcePath>,
): VisibleScope & { dispose(): void } {
  const changes = new Emitter<undefined>();
  const tell = (): void => {
    changes.fire(undefined);
  };
  const registrations = [
    screen.onDidChange(tell),
    runs.onDidChangeVisibility(tell),
    vscode.window.onDidChangeWindowState(tell),
  ];
  return {
    get focused() {
      return vscode.window.state.focused;
    },
    get treeVisible() {
      return screen.treeVisible;
    },
    get panels() {
      return screen.panels;
    },
    get runsVisible() {
      return runs.visible;
    },
    isExpanded: (path) => screen.isExpanded(path),
    onDidChange: changes.event,
    dispose: () => {
      for (const registration of registrations) registration.dispose();
      changes.dispose();
    },
  };
}

/** How many runs are running and how many failed lately, at the left of the status bar; hidden where there is nothing to tell. */
export class RunsStatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('runs', vscode.StatusBarAlignment.Left, 0);

  constructor() {
    this.#item.name = vscode.l10n.t('Connection Runs');
    this.#item.command = commands.showRuns;
  }

  dispose(): void {
    this.#item.dispose();
  }

  show({ running, failed }: RunCounts): void {
    const parts = [running > 0 ? `$(sync) ${running}` : '', failed > 0 ? `$(error) ${failed}` : ''];
    this.#item.text = parts.filter((part) => part !== '').join(' ');
    const words = countsInWords({ running, failed });
    this.#item.tooltip = words;
    this.#item.accessibilityInformation = { label: words };
    if (running + failed > 0) this.#item.show();
    else this.#item.hide();
  }
}

/** The counts as a sentence reads them. */
export function countsInWords({ running, failed }: RunCounts): string {
  return vscode.l10n.t('Connections: {0} running, {1} failed', running, failed);
}
