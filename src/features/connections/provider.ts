import { Debouncer } from '../../core/base/clock';
import { isDeepStrictEqual } from 'node:util';
import { DisposableStore } from '../../core/base/disposableStore';
import type { Event } from '../../core/base/emitter';
import * as vscode from 'vscode';
import { rowCommands } from '../../shared/identifiers';
import { inSlices } from '../../core/base/turns';
import { whileDeleted } from '../../core/services/common/actions';
import {
  childPath,
  getAccountPath,
  parentPath,
  type ResourcePath,
  isRunPath,
} from '../../core/services/contract/path';
import type { Property } from '../../core/services/contract/properties';
import type { Session } from '../../core/services/contract/service';
import type { Verb } from '../../core/services/contract/action';
import type { Resource } from '../../core/services/contract/resource';
import { rowRemovedError } from '../../core/store/notFoundError';
import type { Store } from '../../core/store/store';
import { freshnessContext, readNoNewDataHours, readSettings } from '../../ui/configuration';
import { accountPlace } from '../../ui/text';
import { accountFacts, accountRow } from './accountRow';
import { DrawnRows } from './drawnRows';
import type { TreeFilter } from './filter';
import type { Arrangement } from './groupKinds';
import type { TreeGroups } from './groups';
import { render, type TreeRow } from '../../ui/tree/render';
import { traitsOfKind } from '../../shared/kinds';
import { withStaleness } from '../../ui/tree/freshness';
import { FailureReasons, withReasons } from '../../ui/tree/failureReasons';
import { themeIcon, problemTooltip, tooltip } from '../../ui/tree/tooltip';
import { pinnedFirst, PINNABLE_KINDS } from './pinnedRows';
import type { WorkspacePaths } from '../../ui/storage/workspacePaths';
import { withoutRepetition } from '../../ui/tree/repeatedProblems';

/** Debounce: pages that arrive together cause one refresh. */
const REFRESH_DEBOUNCE_MS = 50;

interface Watched {
  has(path: ResourcePath): boolean;
  readonly onDidChange: Event<readonly ResourcePath[]>;
}

/** The actions in progress. */
interface Ongoing {
  /** What is in progress, as a text for people; undefined if nothing is. */
  getText(path: ResourcePath): string | undefined;
  /** True while the resource or one of its ancestors is being deleted. */
  isBeingDeleted(path: ResourcePath): boolean;
  readonly onDidChange: Event<readonly ResourcePath[]>;
}

/** Unseen changes of status. */
interface Unseen {
  /** Whether the status of a row changed, or that of rows below it. */
  of(path: ResourcePath): 'changed' | 'below' | undefined;
  readonly onDidChange: Event<readonly ResourcePath[]>;
}

/** What to refresh or check: some rows, or everything. */
interface Outdated {
  all: boolean;
  readonly paths: Set<ResourcePath>;
}

/**
 * Shows the store as a tree. Its elements are paths, which stay equal across refreshes. VS Code is notified only of
 * rows that changed.
 */
export class ConnectionsTree implements vscode.TreeDataProvider<ResourcePath>, vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(new vscode.EventEmitter<ResourcePath[] | undefined>());
  readonly #checked = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #drawn = new DrawnRows();
  /** What changed since the last check. Everything, if the accounts or the filter did. */
  readonly #pending: Outdated = { all: false, paths: new Set() };
  readonly #expanded = new Set<ResourcePath>();
  readonly #expansions = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #checkSoon = this.#disposables.add(
    new Debouncer(REFRESH_DEBOUNCE_MS, () => {
      this.flush();
    }),
  );
  readonly #reasons = new FailureReasons();
  #look = readRowSettings();
  #comparing: Promise<void> = Promise.resolve();
  #visible = false;
  #disposed = false;

  readonly onDidChangeTreeData = this.#changed.event;
  /** Fires after the store, the filter or the watches changed, whether or not a row looks different. */
  readonly onDidCheck = this.#checked.event;
  readonly onDidExpand = this.#expansions.event;

  constructor(
    private readonly store: Store,
    private readonly filter: TreeFilter,
    readonly groups: Pick<TreeGroups, 'kind' | 'load' | 'arrange' | 'onDidChange'>,
    private readonly watches: Watched,
    private readonly ongoing: Ongoing,
    private readonly pins: Pick<WorkspacePaths, 'has' | 'list' | 'onDidChange'>,
    private readonly unseen: Unseen,
  ) {
    this.#disposables.add(
      vscode.workspace.onDidChangeConfiguration(() => {
        if (isDeepStrictEqual(this.#look, readRowSettings())) return;
        this.#look = readRowSettings();
        this.#changed.fire(undefined);
      }),
      store.onDidChange((paths) => {
        this.#markChanged(paths);
      }),
      filter.onDidChange(() => {
        this.#markChanged([]);
      }),
      groups.onDidChange(() => {
        this.#markChanged([]);
      }),
      watches.onDidChange((paths) => {
        this.#markChanged(paths);
      }),
      ongoing.onDidChange((paths) => {
        this.#markChanged(paths);
      }),
      pins.onDidChange((paths) => {
        this.#markChanged(paths.flatMap((path) => parentPath(path) ?? []));
      }),
      unseen.onDidChange((paths) => {
        this.#markChanged(paths);
      }),
    );
  }

  dispose(): void {
    this.#disposed = true;
    this.#disposables.dispose();
  }

  async getChildren(parent?: ResourcePath): Promise<ResourcePath[]> {
    if (parent) this.setExpanded(parent, true);
    const rows = await this.#load(parent ?? this.store.rootPath());
    for (const gone of this.#drawn.setRows(parent, rows)) this.#expanded.delete(gone);
    return rows.map((row) => row.path);
  }

  /** @param path undefined for the accounts. */
  async #load(path: ResourcePath | undefined): Promise<readonly Resource[]> {
    if (!path) return this.store.accounts();
    await this.groups.load();
    const list = isSectionPath(path) ? parentPath(path) : undefined;
    if (!list) return this.#shown(path, await this.store.load(path)).rows;
    return this.#shown(list, await this.store.load(list)).groups.get(path) ?? [];
  }

  async getTreeItem(path: ResourcePath): Promise<vscode.TreeItem> {
    const resource = this.resourceAt(path);
    this.#drawn.draw(path, resource);
    const session = await this.store.session(path).catch(() => undefined);
    const row = this.#render(resource, session);
    this.#drawn.draw(path, resource, row);
    const state = row.collapsible
      ? vscode.TreeItemCollapsibleState.Collapsed
      : vscode.TreeItemCollapsibleState.None;
    const item = new vscode.TreeItem(row.label, state);
    item.id = path;
    item.description = row.description;
    item.iconPath = themeIcon(row.icon);
    item.contextValue = row.contextValue;
    item.accessibilityInformation = { label: row.accessibilityLabel };
    // VS Code itself expands and collapses a row without a command, by a click and by Enter.
    if (row.command && !(row.collapsible && this.#look.expandsOnClick))
      item.command = { command: rowCommands.openRow, title: row.label };
    return item;
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    path: ResourcePath,
    token?: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const resource = this.resourceAt(path);
    const session = await this.#getSession(resource);
    const text = this.#tooltip(resource, session);
    this.#drawn.describe(path, text.value);
    // Reasons do not change while the row does not: they are no part of what is compared.
    const reasons = await this.#reasons.of(session, resource, token);
    item.tooltip = reasons.length > 0 ? this.#tooltip(resource, session, reasons) : text;
    return item;
  }

  async getParent(path: ResourcePath): Promise<ResourcePath | undefined> {
    await this.groups.load();
    const list = parentPath(path);
    const group = list && this.#getGroup(list, path);
    if (group) return group;
    return list === this.store.rootPath() ? undefined : list;
  }

  /** The path of the group that a row of a list is in. */
  #getGroup(list: ResourcePath, path: ResourcePath): ResourcePath | undefined {
    if (!this.groups.kind) return undefined;
    const { groups } = this.#shown(list, this.store.rows(list) ?? []);
    return [...groups].find(([, rows]) => rows.some((row) => row.path === path))?.[0];
  }

  /** Rows with the connections of a group in the place of its row, each once. */
  withMembers(paths: readonly ResourcePath[]): readonly ResourcePath[] {
    return [...new Set(paths.flatMap((path) => this.#getMembers(path) ?? [path]))];
  }

  /** @returns undefined for what is no group. */
  #getMembers(path: ResourcePath): readonly ResourcePath[] | undefined {
    const list = isSectionPath(path) ? parentPath(path) : undefined;
    const members = list && this.#shown(list, this.store.rows(list) ?? []).groups.get(path);
    return members?.map((row) => row.path);
  }

  /** True if `resourceAt` knows the row. */
  has(path: ResourcePath): boolean {
    return this.#drawn.get(path) !== undefined || this.store.get(path) !== undefined;
  }

  /** The resource of a row given to the view. @throws HttpError `notFound` if the row no longer exists. */
  resourceAt(path: ResourcePath): Resource {
    const row = this.#drawn.get(path);
    const known = this.store.get(path);
    if (known) return row?.stale ? { ...known, stale: true } : known;
    // Problem rows and `Load more` are not in the store.
    if (row) return row;
    throw rowRemovedError();
  }

  /** True for a row whose children VS Code requested, until it is collapsed. */
  isExpanded(path: ResourcePath): boolean {
    return this.#expanded.has(path);
  }

  /**
   * Records that a row was expanded or collapsed. VS Code does not report rows that it expands itself, but requests
   * their children.
   */
  setExpanded(path: ResourcePath, expanded: boolean): void {
    if (this.#expanded.has(path) === expanded) return;
    if (expanded) this.#expanded.add(path);
    else this.#expanded.delete(path);
    this.#expansions.fire();
  }

  /** Records whether the view is visible. Lists are not reloaded while it is hidden. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#readDirty(undefined);
  }

  /** Checks immediately what changed. */
  flush(): void {
    this.#checkSoon.cancel();
    const { all } = this.#pending;
    const paths = [...this.#pending.paths];
    this.#pending.all = false;
    this.#pending.paths.clear();
    this.#checked.fire();
    if (all) this.#changed.fire(undefined);
    else this.#comparing = this.#comparing.then(() => this.#compare(paths));
  }

  /**
   * Refreshes the rows at and directly below the paths that look different now. Never the row above them: VS Code would
   * ask for all rows below it again.
   */
  async #compare(paths: readonly ResourcePath[]): Promise<void> {
    const outdated: Outdated = { all: false, paths: new Set() };
    for (const path of paths) {
      const session = await this.store.session(path).catch(() => undefined);
      await inSlices(this.#findOutdated(path, session, outdated), () => this.#disposed);
      const account = getAccountPath(path);
      if (account !== path && this.#isOutdated(account, session)) outdated.paths.add(account);
    }
    if (outdated.all) this.#changed.fire(undefined);
    else if (outdated.paths.size > 0) this.#changed.fire([...outdated.paths]);
  }

  /** Collects the rows at and directly below a path that have to be refreshed. */
  *#findOutdated(
    path: ResourcePath,
    session: Session | undefined,
    outdated: Outdated,
  ): Generator<void, void> {
    const isRoot = path === this.store.rootPath();
    const parent = isRoot ? undefined : path;
    if (!isRoot && this.#isOutdated(path, session)) outdated.paths.add(path);
    if (!this.#drawn.list(parent)) return;
    const { rows, groups } = this.#shown(path, this.store.rows(path) ?? []);
    // A row that moves to another group would be there twice for a moment, which VS Code refuses.
    const isSame = [[parent, rows] as const, ...groups].every(
      ([at, part]) => (at !== parent && !this.#drawn.list(at)) || this.#drawn.update(at, part),
    );
    if (!isSame) {
      if (parent === undefined) outdated.all = true;
      else outdated.paths.add(parent);
      return;
    }
    for (const row of [rows, ...groups.values()].flat()) {
      if (this.#isOutdated(row.path, session)) outdated.paths.add(row.path);
      yield;
    }
    this.#readDirty(parent);
  }

  /** The rows below a path that the filter shows, in groups. */
  #shown(path: ResourcePath, rows: readonly Resource[]): Arrangement {
    const shown = withoutRepetition(this.store, path, filteredRows(this.filter, path, rows));
    return this.groups.arrange(path, pinnedFirst(this.store, this.pins, path, shown));
  }

  #isOutdated(path: ResourcePath, session: Session | undefined): boolean {
    if (!this.#drawn.has(path) || !this.has(path)) return false;
    const resource = this.resourceAt(path);
    if (this.#drawn.isOutdated(path, resource, this.#render(resource, session))) return true;
    const described = this.#drawn.getTooltip(path);
    return described !== undefined && described !== this.#tooltip(resource, session).value;
  }

  #render(resource: Resource, session: Session | undefined): TreeRow {
    const news = this.unseen.of(resource.path);
    const ongoing = this.ongoing.getText(resource.path);
    const abilities = this.#abilities(resource, session);
    return render(this.#assessed(resource), abilities, { ongoing, ...(news && { news }) });
  }

  /** @param session undefined for a row without properties. */
  #tooltip(
    resource: Resource,
    session: Session | undefined,
    reasons: readonly Property[] = [],
  ): vscode.MarkdownString {
    const { kind, path } = resource;
    if (traitsOfKind(kind).isOfTree) return tooltip(resource, [], false);
    if (kind === 'problem') return problemTooltip(resource, accountPlace(this.store, path));
    const facts = session?.properties(resource) ?? [];
    const counted =
      kind === 'account' ? accountFacts(this.store, resource, (row) => this.#withStaleness(row)) : [];
    return tooltip(
      this.#assessed(resource),
      withReasons(reasons, [...counted, ...facts]),
      this.watches.has(path),
    );
  }

  /**
   * @returns undefined for rows that have no properties, and for an account that cannot be opened: its row says why.
   * @throws HttpError if the account of another row cannot be opened.
   */
  async #getSession({ kind, path }: Resource): Promise<Session | undefined> {
    if (kind === 'problem') return undefined;
    const opened = this.store.session(path);
    return kind === 'account' ? opened.catch(() => undefined) : opened;
  }

  /** A resource with what is not its own, but known from what is loaded below it. */
  #assessed(resource: Resource): Resource {
    return resource.kind === 'account'
      ? accountRow(this.store, resource, (row) => this.#withStaleness(row))
      : this.#withStaleness(resource);
  }

  #withStaleness(resource: Resource): Resource {
    return withStaleness(freshnessContext(this.store, this.#look.noNewDataHours), resource);
  }

  /** Reloads dirty lists whose rows are visible. */
  #readDirty(parent: ResourcePath | undefined): void {
    if (!this.#visible) return;
    for (const path of this.#drawn.list(parent) ?? []) {
      if (!this.#expanded.has(path)) continue;
      if (this.store.state(path).dirty) this.store.load(path).catch(() => undefined);
      this.#readDirty(path);
    }
  }

  /**
   * What can be done with a resource now, for menus.
   * @param session undefined if it cannot be opened. Then nothing can be done, and the rows below say why.
   */
  #abilities(resource: Resource, session: Session | undefined): readonly string[] {
    const own = [...this.#pinAbilities(resource), ...this.#repairs(resource)];
    if (!session || traitsOfKind(resource.kind).isOfTree) return own;
    const offers = session.actions?.(resource) ?? [];
    const actions = this.ongoing.isBeingDeleted(resource.path) ? whileDeleted(offers) : offers;
    const verbs = new Set(actions.map(({ verb }) => verb));
    const watched = this.watches.has(resource.path);
    return [...listAbilities(session, resource, { verbs, watched }), ...own];
  }

  #pinAbilities({ path, kind }: Resource): readonly string[] {
    if (this.pins.has(path)) return ['unpin'];
    return PINNABLE_KINDS.includes(kind) ? ['pin'] : [];
  }

  /** The account whose sign-in fails is edited from its own row too, open or not. */
  #repairs({ kind, path }: Resource): readonly string[] {
    return kind === 'account' && this.store.getFailure(path)?.editsAccount ? ['editAccount'] : [];
  }

  /** @param paths empty for everything. */
  #markChanged(paths: readonly ResourcePath[]): void {
    if (paths.length === 0) this.#pending.all = true;
    for (const path of paths) {
      this.#pending.paths.add(path);
      // What changed in a connection may put it into another group.
      const list = this.groups.kind && this.store.get(path)?.kind === 'connection' && parentPath(path);
      if (list) this.#pending.paths.add(list);
    }
    this.#checkSoon.schedule();
  }
}

/** The rows that the filter shows. Instead of connections that it hides all, a row says so, ahead of Load More. */
function filteredRows(
  filter: TreeFilter,
  path: ResourcePath,
  rows: readonly Resource[],
): readonly Resource[] {
  const shown = filter.apply(rows);
  const isConnection = ({ kind }: Resource): boolean => kind === 'connection';
  if (shown.length === rows.length || shown.some(isConnection)) return shown;
  const noMatch: Resource = {
    ...{ path: childPath(path, 'noMatch', 'filter'), kind: 'noMatch', id: 'filter' },
    ...{ label: vscode.l10n.t('No matches'), hasChildren: false },
  };
  return [noMatch, ...shown];
}

function isSectionPath(path: ResourcePath): boolean {
  return path.slice(path.lastIndexOf('/') + 1).startsWith('section:');
}

/** The settings that rows follow. */
interface RowSettings {
  readonly expandsOnClick: boolean;
  readonly noNewDataHours: number;
}

function readRowSettings(): RowSettings {
  return {
    expandsOnClick: readSettings().clickAction === 'expand',
    noNewDataHours: readNoNewDataHours(),
  };
}

function listAbilities(
  session: Session,
  resource: Resource,
  { verbs, watched }: { readonly verbs: ReadonlySet<Verb>; readonly watched: boolean },
): readonly string[] {
  return [
    ...(session.webLink(resource) === undefined ? [] : ['link']),
    ...(session.shortId?.(resource) === undefined ? [] : ['shortId']),
    ...(session.glossaryTerms && resource.kind === 'account' ? ['glossary'] : []),
    ...watchAbilities(session, resource, watched),
    ...(session.hasBackfills && traitsOfKind(resource.kind).hasBackfillStatus ? ['status'] : []),
    ...[...verbs].map((verb) => `can-${verb}`),
  ];
}

/** `watch` for active runs, `watchFor` if runs may start, nothing for a run that has ended. */
function watchAbilities({ runs }: Session, resource: Resource, watched: boolean): readonly string[] {
  if (!runs || !traitsOfKind(resource.kind).isWatchable) return [];
  if (watched) return ['unwatch'];
  if (runs.isActive(resource)) return ['watch'];
  return isRunPath(resource.path) ? [] : ['watchFor'];
}
