import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { commands, views } from '../../shared/contributions';
import { rowCommands } from '../../shared/identifiers';
import type { ResourcePath } from '../../core/services/contract/path';
import { lastActivity } from '../../core/services/common/runTimes';
import type { Resource } from '../../core/services/contract/resource';
import { rowRemovedError } from '../../core/store/notFoundError';
import { accountPlace } from '../../ui/text';
import { clickedRow, RowsAtFocus } from '../../ui/tree/selectedRows';
import { render, type TreeRow } from '../../ui/tree/render';
import { themeIcon, problemTooltip, tooltip } from '../../ui/tree/tooltip';
import { withProgress } from '../../ui/messages';
import { AgeClock, runRow } from './runRows';
import { systemClock } from '../../core/base/clock';
import type { KnownRun } from './runRegistry';
import type { RunTracking, RunTrackingContext } from './runTracking';

/**
 * The Runs view. Its rows, and all monitoring, are loaded when the view is first visible, when resources were loaded
 * that may have runs, or when something is watched. Until then there is nothing to do.
 */
export class RunsView implements vscode.TreeDataProvider<ResourcePath>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ResourcePath[] | undefined>();
  readonly #ages = new AgeClock(systemClock, (paths) => {
    this.#changed.fire([...paths]);
  });
  readonly #view: vscode.TreeView<ResourcePath>;
  readonly #registrations: readonly { dispose(): void }[];
  readonly #focus: RowsAtFocus<ResourcePath>;
  #tracking: Promise<RunTracking> | undefined;
  #disposed = false;
  /** The rows that VS Code was given, by path: runs, and accounts that could not be loaded. */
  #rows: ReadonlyMap<ResourcePath, KnownRun | Resource> = new Map();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly context: RunTrackingContext) {
    this.#view = vscode.window.createTreeView(views.runs, {
      treeDataProvider: this,
      canSelectMany: true,
    });
    this.#focus = new RowsAtFocus(this.#view);
    const start = (): void => {
      void this.#start();
    };
    this.#registrations = [
      this.#view,
      this.#ages,
      this.#view.onDidChangeVisibility(({ visible }) => {
        this.#ages.run(visible);
      }),
      vscode.commands.registerCommand(rowCommands.openRun, () => this.#openClicked()),
      context.store.onDidChange(start),
      context.watches.onDidChange((paths) => {
        start();
        this.#fire(paths.filter((path) => this.#rows.has(path)));
      }),
    ];
    if (context.watches.list().length > 0) start();
  }

  dispose(): void {
    this.#disposed = true;
    for (const registration of this.#registrations) registration.dispose();
    void this.#tracking?.then((tracking) => {
      tracking.dispose();
    });
    this.#changed.dispose();
  }

  async getChildren(): Promise<ResourcePath[]> {
    const tracking = await this.#start();
    const { loader } = tracking;
    if (!loader.hasStarted) void showProgress(loader.load());
    await loader.load({ first: true });
    this.#ages.clear();
    this.#rows = toRows(tracking);
    return [...this.#rows.keys()];
  }

  async getTreeItem(path: ResourcePath): Promise<vscode.TreeItem> {
    const row = this.#row(path, await this.#links(path));
    const item = new vscode.TreeItem(row.label);
    item.id = path;
    item.description = row.description;
    item.iconPath = themeIcon(row.icon);
    item.contextValue = row.contextValue;
    item.accessibilityInformation = { label: row.accessibilityLabel };
    if (row.command) item.command = { command: rowCommands.openRun, title: row.label };
    return item;
  }

  async resolveTreeItem(item: vscode.TreeItem, path: ResourcePath): Promise<vscode.TreeItem> {
    const shown = this.#rows.get(path);
    if (!shown) return item;
    if (!isRun(shown)) {
      item.tooltip = problemTooltip(shown, accountPlace(this.context.store, path));
      return item;
    }
    const { run, ancestors } = shown;
    const facts = (await this.context.store.session(path)).properties(run);
    item.tooltip = tooltip(
      { ...run, label: [...ancestors, run.label].join(' › ') },
      facts,
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

  /** The selected runs. */
  selectedRows(): readonly Resource[] {
    return this.#view.selection.flatMap((path) => this.resourceAt(path) ?? []);
  }

  readonly onDidChangeSelection: vscode.Event<unknown> = (listener) =>
    this.#view.onDidChangeSelection(listener);

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
    const row = this.#rows.get(path);
    return row && isRun(row) ? row : undefined;
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
    const shown = this.#rows.get(path);
    if (!shown) throw rowRemovedError();
    if (!isRun(shown)) return { ...render(shown), contextValue: shown.kind, command: commands.refreshRuns };
    this.#ages.drawn(path, lastActivity(shown.rules.times(shown.run)));
    const abilities = { watched: this.context.watches.has(path), hasLink };
    return runRow(shown, abilities, vscode.env.language, systemClock.now());
  }

  async #openClicked(): Promise<void> {
    const path = await clickedRow(this.#view);
    const command = path && this.#rows.has(path) ? this.#row(path).command : undefined;
    if (command) await vscode.commands.executeCommand(command, path);
  }

  /** Refreshes what changed: single rows if their order is the same. */
  #redraw(tracking: RunTracking): void {
    const before = this.#rows;
    const rows = toRows(tracking);
    if (!isDeepStrictEqual([...rows.keys()], [...before.keys()])) {
      this.#changed.fire(undefined);
      return;
    }
    this.#rows = rows;
    this.#fire([...rows].flatMap(([path, row]) => (isSame(row, before.get(path)) ? [] : [path])));
  }

  #fire(paths: readonly ResourcePath[]): void {
    if (paths.length > 0) this.#changed.fire([...paths]);
  }

  #start(): Promise<RunTracking> {
    this.#tracking ??= this.#load();
    return this.#tracking;
  }

  async #load(): Promise<RunTracking> {
    const { RunTracking: Loaded } = await import('./runTracking');
    const tracking = await Loaded.start(this.context, this.#view);
    if (this.#disposed) tracking.dispose();
    const redraw = (): void => {
      this.#redraw(tracking);
    };
    tracking.registry.onDidChange(redraw);
    tracking.loader.onDidChange(redraw);
    return tracking;
  }
}

/** The rows of the view: accounts that could not be loaded, then the runs. */
function toRows({ loader, registry }: RunTracking): ReadonlyMap<ResourcePath, KnownRun | Resource> {
  return new Map<ResourcePath, KnownRun | Resource>([
    ...loader.problems().map((row) => [row.path, row] as const),
    ...registry.entries().map((entry) => [entry.run.path, entry] as const),
  ]);
}

function isRun(row: KnownRun | Resource): row is KnownRun {
  return 'run' in row;
}

function isSame(row: KnownRun | Resource, before: KnownRun | Resource | undefined): boolean {
  if (row === before || before === undefined || !isRun(row) || !isRun(before)) return row === before;
  return isDeepStrictEqual([row.run, row.ancestors], [before.run, before.ancestors]);
}

async function showProgress(work: Promise<void>): Promise<void> {
  await withProgress({ location: { viewId: views.runs } }, () => work);
}
