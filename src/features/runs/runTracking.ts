import * as vscode from 'vscode';
import { Emitter } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { showRunNotification } from './showRunNotification';
import type { RunRegistry, RunCounts } from './runRegistry';
import { arrangeRuns, type RunTree } from './runTree';
import { RunMonitor, type RunMonitorContext } from './runMonitor';
import type { RunsLoader } from './runsLoader';
import type { VisibleScope } from './activeRuns';
import { commands } from '../../shared/contributions';

export interface RunTrackingContext extends Omit<RunMonitorContext, 'scope' | 'show' | 'clock'> {
  /** What the connections view and the panels show. */
  readonly screen: Pick<VisibleScope, 'treeVisible' | 'panels' | 'isExpanded' | 'onDidChange'>;
}

/** Shows the state of the run monitor in the window. Loaded when there is something to monitor. */
export class RunTracking implements vscode.Disposable {
  readonly registry: RunRegistry;
  readonly loader: RunsLoader;
  readonly #statusBar = new RunsStatusBar();
  readonly #disposables: readonly { dispose(): void }[];

  /** Starts monitoring, including runs that were active when the last window closed. */
  static async start(context: RunTrackingContext, view: vscode.TreeView<ResourcePath>): Promise<RunTracking> {
    const scope = windowScope(context.screen, view);
    const monitor = await RunMonitor.start({
      ...{ ...context, scope },
      show: (notification) => void showRunNotification(notification, () => context.settings().notifications),
    });
    return new RunTracking(monitor, scope, view);
  }

  private constructor(
    monitor: RunMonitor,
    scope: { dispose(): void },
    private readonly view: vscode.TreeView<ResourcePath>,
  ) {
    this.registry = monitor.registry;
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

  /** The rows of the view, as of what is known now. */
  tree(accounts: readonly Resource[]): RunTree {
    return arrangeRuns({ accounts, problems: this.loader.problems(), runs: this.registry.entries() });
  }

  #update(): void {
    const counts = this.registry.counts();
    this.#statusBar.show(counts);
    const { running } = counts;
    this.view.badge = running > 0 ? { value: running, tooltip: countsInWords(counts) } : undefined;
  }
}

function windowScope(
  screen: RunTrackingContext['screen'],
  runs: vscode.TreeView<ResourcePath>,
): VisibleScope & { dispose(): void } {
  const changes = new Emitter<undefined>();
  const fire = (): void => {
    changes.fire(undefined);
  };
  const registrations = [
    screen.onDidChange(fire),
    runs.onDidChangeVisibility(fire),
    vscode.window.onDidChangeWindowState(fire),
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

/** The numbers of running and recently failed runs, at the left of the status bar. Hidden if both are zero. */
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
    const text = countsInWords({ running, failed });
    this.#item.tooltip = text;
    this.#item.accessibilityInformation = { label: text };
    if (running + failed > 0) this.#item.show();
    else this.#item.hide();
  }
}

/** The counts as a sentence. */
export function countsInWords({ running, failed }: RunCounts): string {
  return vscode.l10n.t('Connections: {0} running, {1} failed', running, failed);
}
