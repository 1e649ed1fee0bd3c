import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposableStore';
import { Emitter } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import { settingsSection } from '../../shared/contributions';
import { plainText } from '../../shared/plainText';
import type { Resource } from '../../core/services/contract/resource';
import { showRunNotification } from './showRunNotification';
import type { KnownRun, RunRegistry } from './runRegistry';
import { RunsStatusBar, runsText } from './runsStatusBar';
import { RunsFilter } from './runsFilter';
import { SeenFailures } from './seenFailures';
import { arrangeRuns, type RunTree } from './runTree';
import { RunMonitor, type RunMonitorContext } from './runMonitor';
import type { RunsLoader } from './runsLoader';
import type { VisibleScope } from './activeRuns';
import { ContextKeys } from '../../ui/setContext';
import type { WindowStorage } from '../../ui/storage/windowStorage';

export interface RunTrackingContext extends Omit<RunMonitorContext, 'scope' | 'show' | 'clock'> {
  readonly accounts: RunMonitorContext['accounts'] & { list(): readonly { readonly id: string }[] };
  readonly storage: Pick<WindowStorage, 'files' | 'takeOld' | 'entries' | 'workspace'>;
  /** What the connections view and the panels show. */
  readonly screen: Pick<VisibleScope, 'treeVisible' | 'panels' | 'isExpanded' | 'onDidChange'>;
}

/** Shows the state of the run monitor in the window. Loaded when there is something to monitor. */
export class RunTracking implements vscode.Disposable {
  readonly registry: RunRegistry;
  readonly loader: RunsLoader;
  readonly filter: RunsFilter;
  readonly #failures: SeenFailures;
  readonly #changes = new Emitter<undefined>();
  readonly #contextKeys = new ContextKeys();
  readonly #statusBar = new RunsStatusBar();
  readonly #disposables = new DisposableStore();

  /** Fires when other rows are to be shown. */
  readonly onDidChange = this.#changes.event;

  /** Starts monitoring, including runs that were active when the last window closed. */
  static async start(context: RunTrackingContext, view: vscode.TreeView<ResourcePath>): Promise<RunTracking> {
    const scope = windowScope(context.screen, view);
    const monitor = await RunMonitor.start({
      ...{ ...context, scope },
      show: (notification) => void showRunNotification(notification, () => context.settings().notifications),
    });
    return new RunTracking(context, monitor, scope, view);
  }

  private constructor(
    private readonly context: RunTrackingContext,
    monitor: RunMonitor,
    private readonly scope: VisibleScope & { dispose(): void },
    private readonly view: vscode.TreeView<ResourcePath>,
  ) {
    this.registry = monitor.registry;
    this.loader = monitor.loader;
    this.#failures = new SeenFailures(context.storage, context.accounts);
    this.filter = new RunsFilter(context.storage, context.store);
    const change = (): void => {
      this.#change();
    };
    this.#disposables.add(
      monitor,
      scope,
      this.#failures,
      this.filter,
      this.#statusBar,
      this.#changes,
      monitor.onDidChange(change),
      this.loader.onDidChange(change),
      this.#failures.onDidChange(change),
      this.filter.onDidChange(change),
      scope.onDidChange(() => {
        this.#seeFailures();
      }),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** The rows of the view, as of what is known now. */
  tree(accounts: readonly Resource[]): RunTree {
    const listed = this.listed();
    const runs = this.filter.apply(listed);
    const isFiltered = this.filter.active && listed.length > 0;
    return arrangeRuns({ accounts, problems: this.loader.problems(), runs, isFiltered });
  }

  /** Removes the failed runs that were seen from the view. @returns those that were removed. */
  clearFailures(): readonly KnownRun[] {
    const seen = this.filter.apply(this.listed()).filter((run) => !run.active && this.#failures.isSeen(run));
    this.#failures.clear(seen);
    return seen;
  }

  /** Brings back runs that were removed. */
  restoreFailures(runs: readonly KnownRun[]): void {
    this.#failures.clear(runs, false);
  }

  /** All runs, whatever the filter hides, without those that were cleared. */
  listed(): readonly KnownRun[] {
    return this.registry.entries().filter((run) => run.active || !this.#failures.isCleared(run));
  }

  #change(): void {
    this.#seeFailures();
    const listed = this.listed();
    this.#showFilter(listed);
    this.#contextKeys.setContext(
      'hasFailedRuns',
      listed.some((run) => !run.active),
    );
    const runs = listed.filter((run) => run.active || !this.#failures.isSeen(run));
    this.#statusBar.show({ accounts: this.context.store.accounts(), runs });
    const running = listed.filter(({ run }) => run.status?.state === 'running').length;
    this.view.badge = running > 0 ? { value: running, tooltip: runsText(runs) } : undefined;
    this.#changes.fire(undefined);
  }

  #showFilter(listed: readonly KnownRun[]): void {
    const { active, text } = this.filter;
    this.#contextKeys.setContext('runsFiltered', active);
    const shown = this.filter.apply(listed).length;
    this.view.message = active
      ? vscode.l10n.t('{0} of {1} runs match "{2}".', shown, listed.length, plainText(text))
      : '';
  }

  /** What failed is seen while the view and its window are in front. */
  #seeFailures(): void {
    if (!this.scope.runsVisible || !this.scope.focused) return;
    this.#failures.see(this.filter.apply(this.listed()).filter((run) => !run.active));
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
  const registrations = new DisposableStore();
  registrations.add(
    changes,
    screen.onDidChange(fire),
    runs.onDidChangeVisibility(fire),
    vscode.window.onDidChangeWindowState(fire),
    // How often is asked depends on settings.
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(settingsSection)) fire();
    }),
  );
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
      registrations.dispose();
    },
  };
}
