import * as vscode from 'vscode';
import { commands, views } from '../manifest';
import { HttpError } from '../http/errors';
import type { ResourcePath } from '../services/path';
import { momentOf } from '../services/runTimes';
import { render, type Row } from '../tree/render';
import { themeIcon } from '../tree/themeIcon';
import { tooltip } from '../tree/tooltip';
import { AgeClock } from './ageClock';
import { systemClock } from './clock';
import { runRow } from './runRow';
import type { KnownRun } from './runBook';
import type { Watcher, WatchContext } from './watcher';

/**
 * The view of all runs. What it shows, and all that watches, is loaded when the view is first seen, when resources were
 * read of which some may run, or when something is watched: until then the extension has nothing to do.
 */
export class RunsView implements vscode.TreeDataProvider<ResourcePath>, vscode.Disposable {
  readonly #context: WatchContext;
  readonly #changed = new vscode.EventEmitter<ResourcePath[] | undefined>();
  readonly #ages = new AgeClock(systemClock, (paths) => {
    this.#changed.fire([...paths]);
  });
  readonly #view: vscode.TreeView<ResourcePath>;
  readonly #registrations: readonly { dispose(): void }[];
  #watcher: Promise<Watcher> | undefined;
  #disposed = false;
  #runs: ReadonlyMap<ResourcePath, KnownRun> = new Map();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(context: WatchContext) {
    this.#context = context;
    this.#view = vscode.window.createTreeView(views.runs, { treeDataProvider: this });
    const start = (): void => {
      void this.#start();
    };
    this.#registrations = [
      this.#view,
      this.#ages,
      this.#view.onDidChangeVisibility(({ visible }) => {
        this.#ages.run(visible);
      }),
      context.store.onDidChange(start),
      context.watches.onDidChange(() => {
        start();
        this.#changed.fire(undefined);
      }),
    ];
    if (context.watches.list().length > 0) start();
  }

  dispose(): void {
    this.#disposed = true;
    for (const registration of this.#registrations) registration.dispose();
    void this.#watcher?.then((watcher) => {
      watcher.dispose();
    });
    this.#changed.dispose();
  }

  async getChildren(): Promise<ResourcePath[]> {
    const { loader, book } = await this.#start();
    if (!loader.begun) void withProgress(loader.load());
    await loader.load({ first: true });
    this.#ages.clear();
    this.#runs = new Map(book.entries().map((entry) => [entry.run.path, entry]));
    return [...loader.problems().map(({ path }) => path), ...this.#runs.keys()];
  }

  async getTreeItem(path: ResourcePath): Promise<vscode.TreeItem> {
    const row = await this.#row(path);
    const item = new vscode.TreeItem(row.label);
    item.id = path;
    item.description = row.description;
    item.iconPath = themeIcon(row.icon);
    item.contextValue = row.contextValue;
    item.accessibilityInformation = { label: row.accessibilityLabel };
    if (row.command) item.command = { command: row.command, title: row.label, arguments: [path] };
    return item;
  }

  async resolveTreeItem(item: vscode.TreeItem, path: ResourcePath): Promise<vscode.TreeItem> {
    const entry = this.#runs.get(path);
    if (!entry) return item;
    const { run, of } = entry;
    const facts = (await this.#context.store.session(path)).facts(run);
    item.tooltip = tooltip({ ...run, label: [...of, run.label].join(' › ') }, facts);
    return item;
  }

  /** Asks all accounts again. */
  async refresh(): Promise<void> {
    const { loader } = await this.#start();
    await withProgress(loader.load({ again: true }));
  }

  async #row(path: ResourcePath): Promise<Row> {
    const entry = this.#runs.get(path);
    if (entry) {
      this.#ages.drawn(path, momentOf(entry.judge.times(entry.run)));
      return runRow(entry, this.#context.watches.has(path), vscode.env.language, systemClock.now());
    }
    const { loader } = await this.#start();
    const problem = loader.problems().find((row) => row.path === path);
    if (problem) return { ...render(problem), contextValue: problem.kind, command: commands.refreshRuns };
    throw new HttpError('notFound', vscode.l10n.t('This row is gone. Refresh the view.'));
  }

  #start(): Promise<Watcher> {
    this.#watcher ??= this.#load();
    return this.#watcher;
  }

  async #load(): Promise<Watcher> {
    const { Watcher: Loaded } = await import('./watcher');
    const watcher = new Loaded(this.#context, this.#view);
    if (this.#disposed) watcher.dispose();
    const redraw = (): void => {
      this.#changed.fire(undefined);
    };
    watcher.book.onDidChange(redraw);
    watcher.loader.onDidChange(redraw);
    return watcher;
  }
}

async function withProgress(work: Promise<void>): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: views.runs } }, () => work);
}
