import * as vscode from 'vscode';
import { HttpError } from '../http/errors';
import type { Event } from '../services/emitter';
import { parentPath, type ResourcePath } from '../services/path';
import type { Resource, Session } from '../services/service';
import type { Store } from '../store/store';
import type { TreeFilter } from './filter';
import { render } from './render';
import { watchable } from './watchable';
import { themeIcon } from './themeIcon';
import { tooltip } from './tooltip';

/** Milliseconds in which changes are gathered, so that pages that arrive together redraw once. */
const gathering = 50;

/** What the user watches. */
interface Watched {
  has(path: ResourcePath): boolean;
  readonly onDidChange: Event<readonly ResourcePath[]>;
}

/** Draws the store as a tree. Its elements are paths, which stay equal over every refresh. */
export class ConnectionsTree implements vscode.TreeDataProvider<ResourcePath>, vscode.Disposable {
  readonly #store: Store;
  readonly #filter: TreeFilter;
  readonly #watches: Watched;
  readonly #changed = new vscode.EventEmitter<ResourcePath[] | undefined>();
  readonly #registrations: readonly { dispose(): void }[];
  /** Rows that were handed out, for those that the store does not keep: problems and `Load more`. */
  readonly #rows = new Map<ResourcePath, Resource>();
  readonly #waiting = new Set<ResourcePath | undefined>();
  readonly #expanded = new Set<ResourcePath>();
  readonly #expansions = new vscode.EventEmitter<void>();
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;
  readonly onDidExpand = this.#expansions.event;

  constructor(store: Store, filter: TreeFilter, watches: Watched) {
    this.#store = store;
    this.#filter = filter;
    this.#watches = watches;
    this.#registrations = [
      store.onDidChange((paths) => {
        this.#redraw(paths);
      }),
      filter.onDidChange(() => {
        this.#redraw([]);
      }),
      watches.onDidChange((paths) => {
        this.#redraw(paths);
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const registration of this.#registrations) registration.dispose();
    this.#changed.dispose();
    this.#expansions.dispose();
  }

  async getChildren(parent?: ResourcePath): Promise<ResourcePath[]> {
    if (parent) this.setExpanded(parent, true);
    const path = parent ?? this.#store.rootPath();
    const rows = path ? this.#filter.apply(await this.#store.load(path)) : this.#store.accounts();
    for (const row of rows) this.#rows.set(row.path, row);
    return rows.map((row) => row.path);
  }

  async getTreeItem(path: ResourcePath): Promise<vscode.TreeItem> {
    const resource = this.resourceAt(path);
    const row = render(resource, await this.#abilities(resource));
    const state = row.collapsible
      ? vscode.TreeItemCollapsibleState.Collapsed
      : vscode.TreeItemCollapsibleState.None;
    const item = new vscode.TreeItem(row.label, state);
    item.id = path;
    item.description = row.description;
    item.iconPath = themeIcon(row.icon);
    item.contextValue = row.contextValue;
    item.accessibilityInformation = { label: row.accessibilityLabel };
    // As with files, a click is for a look. Commands that show nothing leave that aside.
    if (row.command)
      item.command = { command: row.command, title: row.label, arguments: [path, { preview: true }] };
    return item;
  }

  async resolveTreeItem(item: vscode.TreeItem, path: ResourcePath): Promise<vscode.TreeItem> {
    const resource = this.resourceAt(path);
    const facts = resource.kind === 'problem' ? [] : (await this.#store.session(path)).facts(resource);
    item.tooltip = tooltip(resource, facts);
    return item;
  }

  getParent(path: ResourcePath): ResourcePath | undefined {
    const parent = parentPath(path);
    return parent === this.#store.rootPath() ? undefined : parent;
  }

  /** True where `resourceAt` knows the row. */
  has(path: ResourcePath): boolean {
    return this.#rows.has(path) || this.#store.get(path) !== undefined;
  }

  /** The resource of a row that was handed out. @throws HttpError `notFound` where there is no such row. */
  resourceAt(path: ResourcePath): Resource {
    const row = this.#rows.get(path);
    const known = this.#store.get(path);
    if (known) return row?.stale ? { ...known, stale: true } : known;
    if (row) return row;
    throw new HttpError('notFound', vscode.l10n.t('This row is gone. Refresh the view.'));
  }

  /** True for a row whose own rows VS Code asked for, until the view tells that it was closed. */
  isExpanded(path: ResourcePath): boolean {
    return this.#expanded.has(path);
  }

  /** Notes that a row was opened or closed. VS Code tells nothing of those that it opens itself, but asks for their rows. */
  setExpanded(path: ResourcePath, expanded: boolean): void {
    if (this.#expanded.has(path) === expanded) return;
    if (expanded) this.#expanded.add(path);
    else this.#expanded.delete(path);
    this.#expansions.fire();
  }

  /** Redraws at once what was gathered. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const gathered = [...this.#waiting];
    this.#waiting.clear();
    if (gathered.includes(undefined)) this.#changed.fire(undefined);
    else if (gathered.length > 0) this.#changed.fire(gathered.filter((path) => path !== undefined));
  }

  /** What can be done with a resource now. A session that cannot be opened can do nothing: the rows below say why. */
  async #abilities(resource: Resource): Promise<readonly string[]> {
    try {
      const watched = this.#watches.has(resource.path);
      return abilitiesOf(await this.#store.session(resource.path), resource, watched);
    } catch {
      return [];
    }
  }

  /** @param paths empty: everything. */
  #redraw(paths: readonly ResourcePath[]): void {
    const root = this.#store.rootPath();
    if (paths.length === 0) this.#waiting.add(undefined);
    for (const path of paths) this.#waiting.add(path === root ? undefined : path);
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, gathering);
  }
}

/** Resources with backfills at or below them. */
const filled: readonly Resource['kind'][] = ['account', 'connection', 'dataset', 'backfill'];

function abilitiesOf(session: Session, resource: Resource, watched: boolean): readonly string[] {
  const verbs = new Set(session.actions?.of(resource).map(({ verb }) => verb));
  return [
    ...(session.webLink(resource) === undefined ? [] : ['link']),
    ...(session.shortId?.(resource) === undefined ? [] : ['shortId']),
    ...(session.runs && watchable.includes(resource.kind) ? [watched ? 'unwatch' : 'watch'] : []),
    ...(session.hasBackfills && filled.includes(resource.kind) ? ['status'] : []),
    ...[...verbs].map((verb) => `can-${verb}`),
  ];
}
