import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { commands, views } from '../../shared/contributions';
import { rowCommands } from '../../shared/identifiers';
import { getAccountPath, type ResourcePath } from '../../core/services/contract/path';
import { lastActivity } from '../../core/services/common/dates';
import { type Resource, isSameResource } from '../../core/services/contract/resource';
import { rowRemovedError } from '../../core/store/notFoundError';
import { accountPlace } from '../../ui/text';
import { clickedRow, RowsAtFocus } from '../../ui/tree/selectedRows';
import { render, type TreeRow } from '../../ui/tree/render';
import { FailureReasons, withReasons } from '../../ui/tree/failureReasons';
import { themeIcon, problemTooltip, tooltip } from '../../ui/tree/tooltip';
import { showInformation, withProgress } from '../../ui/messages';
import { AgeClock, runRow } from './runRows';
import { systemClock } from '../../core/base/clock';
import type { KnownRun } from './runRegistry';
import type { RunsRow, RunTree } from './runTree';
import type { RunTracking, RunTrackingContext } from './runTracking';
import { DisposableStore } from '../../core/base/disposableStore';

/**
 * The Runs view. Its rows, and all monitoring, are loaded when the view is first visible, when resources were loaded
 * that may have runs, or when something is watched. Until then there is nothing to do.
 */
export class RunsView implements vscode.TreeDataProvider<ResourcePath>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ResourcePath[] | undefined>();
  readonly #ages = new AgeClock(systemClock, (paths) => {
    this.#changed.fire([...paths]);
  });
  readonly #reasons = new FailureReasons();
  readonly #registrations = new DisposableStore();
  readonly #focus: RowsAtFocus<ResourcePath>;
  #tracking: Promise<RunTracking> | undefined;
  #disposed = false;
  /** What VS Code was given. */
  #tree: RunTree = { rows: new Map(), lists: new Map() };

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly context: RunTrackingContext,
    private readonly view: vscode.TreeView<ResourcePath>,
  ) {
    this.#focus = new RowsAtFocus(view);
    const start = (): void => {
      void this.#start();
    };
    this.#registrations.add(
      this.#ages,
      view.onDidChangeVisibility(({ visible }) => {
        this.#ages.run(visible);
      }),
      vscode.commands.registerCommand(rowCommands.openRun, () => this.#openClicked()),
      context.store.onDidChange(start),
      context.watches.onDidChange((paths) => {
        start();
        this.#fire(paths.filter((path) => this.#tree.rows.has(path)));
      }),
    );
    this.#ages.run(view.visible);
    if (context.watches.list().length > 0) start();
  }

  dispose(): void {
    this.#disposed = true;
    this.#registrations.dispose();
    void this.#tracking?.then((tracking) => {
      tracking.dispose();
    });
    this.#changed.dispose();
  }

  async getChildren(parent?: ResourcePath): Promise<ResourcePath[]> {
    if (parent === undefined) await this.#load();
    return [...(this.#tree.lists.get(parent) ?? [])];
  }

  getParent(path: ResourcePath): ResourcePath | undefined {
    return [...this.#tree.lists].find(([, list]) => list.includes(path))?.[0];
  }

  async #load(): Promise<void> {
    const tracking = await this.#start();
    const { loader } = tracking;
    if (!loader.hasStarted) void showProgress(loader.load());
    await loader.load({ first: true });
    this.#ages.clear();
    this.#tree = tracking.tree(this.context.store.accounts());
  }

  async getTreeItem(path: ResourcePath): Promise<vscode.TreeItem> {
    const row = this.#row(path, await this.#links(path));
    const item = new vscode.TreeItem(row.label, collapsibleState(path, row));
    item.id = path;
    item.description = row.description;
    item.iconPath = themeIcon(row.icon);
    item.contextValue = row.contextValue;
    item.accessibilityInformation = { label: row.accessibilityLabel };
    if (row.command) item.command = { command: rowCommands.openRun, title: row.label };
    return item;
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    path: ResourcePath,
    token?: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const shown = this.#tree.rows.get(path);
    if (!shown) return item;
    if (!isRun(shown)) {
      item.tooltip =
        shown.kind === 'problem'
          ? problemTooltip(shown, accountPlace(this.context.store, path))
          : tooltip(shown, [], false);
      return item;
    }
    const { run, ancestors } = shown;
    const session = await this.context.store.session(path);
    const reasons = await this.#reasons.of(session, run, token);
    item.tooltip = tooltip(
      { ...run, label: [...ancestors, run.label].join(' › ') },
      withReasons(reasons, session.properties(run)),
      this.context.watches.has(path),
    );
    return item;
  }

  /** What keyboard commands act on while the view has the focus: runs, labeled with their parent. */
  async rowsAtFocus(): Promise<readonly Resource[]> {
    return (await this.#focus.get()).flatMap((path) => {
      const row = this.#runAt(path);
      if (!row) return [];
      const { run, ancestors } = row;
      return [{ ...run, label: [...ancestors.slice(-1), run.label].join(' · ') }];
    });
  }

  get visible(): boolean {
    return this.view.visible;
  }

  /** The selected runs. */
  selectedRows(): readonly Resource[] {
    return this.view.selection.flatMap((path) => this.resourceAt(path) ?? []);
  }

  readonly onDidChangeSelection: vscode.Event<unknown> = (listener) =>
    this.view.onDidChangeSelection(listener);

  /** A run that the view shows; undefined for other rows. */
  resourceAt(path: ResourcePath): Resource | undefined {
    return this.#runAt(path)?.run;
  }

  /** The name of what a run belongs to, which may not be loaded. */
  parentName(path: ResourcePath): string | undefined {
    return this.#runAt(path)?.ancestors.at(-1);
  }

  /** Loads the runs of all accounts again. */
  async refresh(): Promise<void> {
    const { loader } = await this.#start();
    await showProgress(loader.load({ again: true }));
  }

  #runAt(path: ResourcePath): KnownRun | undefined {
    const row = this.#tree.rows.get(path);
    return row && isRun(row) ? row : undefined;
  }

  /** The filter, and the runs that it chooses from. */
  async filtering(): Promise<Pick<RunTracking, 'filter' | 'listed'>> {
    return this.#start();
  }

  /** Removes failed runs that were seen from the view, and offers to bring them back. */
  async clearFailures(): Promise<void> {
    const tracking = await this.#start();
    const cleared = tracking.clearFailures();
    if (cleared.length === 0) {
      void showInformation(vscode.l10n.t('There are no failed runs that you have seen.'));
      return;
    }
    const undo = vscode.l10n.t('Undo');
    const text =
      cleared.length === 1
        ? vscode.l10n.t('1 failed run is no longer listed.')
        : vscode.l10n.t('{0} failed runs are no longer listed.', cleared.length);
    if ((await showInformation(text, undo)) === undo) tracking.restoreFailures(cleared);
  }

  /** True if the run has a page in the service's own UI. */
  async #links(path: ResourcePath): Promise<boolean> {
    const shown = this.#runAt(path);
    if (!shown) return false;
    const session = await this.context.store.session(path).catch(() => undefined);
    return session?.webLink(shown.run) !== undefined;
  }

  /** @param hasLink as of `#links`, for the menu. */
  #row(path: ResourcePath, hasLink = false): TreeRow {
    const shown = this.#tree.rows.get(path);
    if (!shown) throw rowRemovedError();
    if (!isRun(shown)) return otherRow(shown);
    this.#ages.drawn(path, lastActivity(shown.rules.times(shown.run)));
    const abilities = { watched: this.context.watches.has(path), hasLink };
    return runRow(shown, abilities, vscode.env.language, systemClock.now());
  }

  async #openClicked(): Promise<void> {
    const path = await clickedRow(this.view);
    const command = path && this.#tree.rows.has(path) ? this.#row(path).command : undefined;
    if (command) await vscode.commands.executeCommand(command, path);
  }

  /** Refreshes what changed: single rows if their order is the same. */
  #redraw(tracking: RunTracking): void {
    const before = this.#tree;
    const tree = tracking.tree(this.context.store.accounts());
    if (!isDeepStrictEqual([...tree.lists], [...before.lists])) {
      this.#changed.fire(undefined);
      return;
    }
    this.#tree = tree;
    this.#fire([...tree.rows].flatMap(([path, row]) => (isSame(row, before.rows.get(path)) ? [] : [path])));
  }

  #fire(paths: readonly ResourcePath[]): void {
    if (paths.length > 0) this.#changed.fire([...paths]);
  }

  #start(): Promise<RunTracking> {
    this.#tracking ??= this.#track();
    return this.#tracking;
  }

  async #track(): Promise<RunTracking> {
    const { RunTracking: Loaded } = await import('./runTracking');
    const tracking = await Loaded.start(this.context, this.view);
    if (this.#disposed) tracking.dispose();
    const redraw = (): void => {
      this.#redraw(tracking);
    };
    tracking.onDidChange(redraw);
    return tracking;
  }
}

/** The row of an account, of its queued runs, of a filter that hides all, or of a problem, for which a click tries again. */
function otherRow(shown: Resource): TreeRow {
  const { kind } = shown;
  const row = { ...render(shown), contextValue: kind };
  if (kind === 'section') return { ...row, icon: { id: 'clock', color: 'charts.yellow' } };
  if (kind === 'noMatch') return { ...row, command: commands.clearRunsFilter };
  return kind === 'problem' ? { ...row, command: commands.refreshRuns } : row;
}

/** Accounts are open, what is queued is not. */
function collapsibleState(path: ResourcePath, { collapsible }: TreeRow): vscode.TreeItemCollapsibleState {
  if (!collapsible) return vscode.TreeItemCollapsibleState.None;
  return path === getAccountPath(path)
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function isRun(row: RunsRow): row is KnownRun {
  return 'run' in row;
}

function isSame(row: RunsRow, before: RunsRow | undefined): boolean {
  if (before === undefined || !isRun(row) || !isRun(before)) return isDeepStrictEqual(row, before);
  return isSameResource(row.run, before.run) && isDeepStrictEqual(row.ancestors, before.ancestors);
}

async function showProgress(work: Promise<void>): Promise<void> {
  await withProgress({ location: { viewId: views.runs } }, () => work);
}
