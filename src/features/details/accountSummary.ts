import * as l10n from '@vscode/l10n';
import type { AccountLevel, Column, Table } from '../../core/services/contract/detailViews';
import { parentPath, pathSegments, type ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Session } from '../../core/services/contract/service';
import type { Store } from '../../core/store/store';
import type { AccountSummaryModel, LevelModel, ListModel, RowModel, TableModel } from '../../shared/models';
import { plainText } from '../../shared/plainText';
import { type StatusState, stateWord } from '../../shared/status';
import { findStaleness, type FreshnessContext, withStaleness } from '../../ui/tree/freshness';
import { kindPresentation } from '../../ui/tree/render';
import {
  type AccountLook,
  compareLooks,
  isSameLook,
  type RowChange,
  toLook,
  type LookMemory,
} from './accountLooks';
import { listsModel, type Lists, resourcesBelow, statusModel } from './listModel';
import { toTableModel } from './overview';

/** The order of counts: what needs attention first. */
const WORST_FIRST: readonly StatusState[] = [
  ...(['failed', 'warning', 'running', 'queued', 'unknown', 'inactive', 'ok'] as const),
];

/** More rows are not remembered, and not compared. */
const MAX_REMEMBERED_ROWS = 20_000;

/** A level, and what is loaded of it. */
interface LoadedLevel extends AccountLevel {
  /** The lists with its resources, and those of them that are not loaded. */
  readonly sources: readonly ResourcePath[];
  readonly missing: readonly ResourcePath[];
  readonly resources: readonly Resource[];
  /** The same resources with the status that rows show. */
  readonly shown: readonly Resource[];
  /** What the resources are below, in the words of a column; undefined for those of the account itself. */
  readonly parent: string | undefined;
}

/** A count that can be chosen, and its resources. */
interface Choice {
  readonly id: string;
  readonly label: string;
  readonly state: StatusState;
  /** How many one resource counts. */
  count(resource: Resource): number;
}

export interface AccountParts {
  readonly summary: AccountSummaryModel;
  /** Shown instead of the account's own tables, if a count is chosen. */
  readonly chosen?: TableModel;
  /** What has changed since the account was last viewed, if anything. */
  readonly changes?: TableModel;
}

export interface AccountSummaryContext {
  readonly store: Store;
  readonly memory: LookMemory;
  /** How the freshness of data is judged now. Absent: nothing is said of missing data. */
  readonly freshness?: () => FreshnessContext | undefined;
  /** Called when what is shown may have changed for another reason than a change of the store. */
  readonly changed: () => void;
}

/**
 * The counts of an account, and what has changed since it was last viewed. Derived from loaded rows; what is not
 * loaded is indicated, and loaded on request.
 */
export class AccountSummary {
  #chosen: string | undefined;
  readonly #loading = new Set<string>();
  #levels: { readonly of: Session; readonly levels: readonly AccountLevel[] } | undefined;
  /**
   * The snapshot of the account when the panel was opened; `unknown` until it is read, `none` if it was never viewed.
   */
  #before: AccountLook | 'unknown' | 'none' = 'unknown';
  #isRead = false;
  #seen: AccountLook | undefined;

  constructor(private readonly context: AccountSummaryContext) {}

  /** @param lists what is loaded. @returns undefined if the service has nothing to count. */
  parts(lists: Lists, session: Session, account: Resource): AccountParts | undefined {
    const freshness = this.context.freshness?.();
    const levels = toLoadedLevels(lists, this.#getLevels(session), account, freshness);
    if (levels.length === 0) return undefined;
    const chosen = this.#chosenTable(lists, session, levels, freshness);
    const changes = this.#changes(lists, account, levels);
    return {
      summary: {
        levels: levels.map((level) => this.#levelModel(lists, level, freshness)),
        ...(chosen && this.#chosen !== undefined && { chosen: this.#chosen }),
        ...(changes && { changes: changes.summary }),
      },
      ...(chosen && { chosen }),
      ...(changes?.table && { changes: changes.table }),
    };
  }

  /** @param id undefined: shows all. */
  choose(id: string | undefined): void {
    this.#chosen = id;
    this.context.changed();
  }

  /** Loads the resources of a level, in the responses with the account's list if the service can. Errors become rows. */
  async load(session: Session, account: Resource, levelId: string, signal: AbortSignal): Promise<void> {
    const { store, changed } = this.context;
    const levels = toLoadedLevels(store, this.#getLevels(session), account);
    const depth = levels.findIndex(({ kind }) => kind === levelId);
    const level = levels[depth];
    if (!level?.load || this.#loading.has(levelId)) return;
    this.#loading.add(levelId);
    changed();
    const asked = { asked: true, signal };
    const work = level.load.prefetchable
      ? [store.load(account.path, { ...asked, refresh: true, prefetch: { depth, scope: 'all' } })]
      : level.missing.map((path) => store.load(path, asked));
    await Promise.allSettled(work);
    this.#loading.delete(levelId);
    changed();
  }

  /** Later changes are shown relative to the current state. */
  markAsSeen(): void {
    if (this.#seen) this.#before = this.#seen;
    this.context.changed();
  }

  #getLevels(session: Session): readonly AccountLevel[] {
    if (this.#levels?.of !== session)
      this.#levels = { of: session, levels: session.detailViews?.accountLevels?.() ?? [] };
    return this.#levels.levels;
  }

  #levelModel(lists: Lists, level: LoadedLevel, freshness: FreshnessContext | undefined): LevelModel {
    const { kind, title, sources, missing, shown, load } = level;
    return {
      id: kind,
      title,
      total: shown.length,
      counts: getChoices(level, freshness).map((choice) => ({
        id: choice.id,
        label: choice.label,
        state: choice.state,
        count: shown.reduce((sum, resource) => sum + choice.count(resource), 0),
      })),
      loading: this.#loading.has(kind) || sources.some((path) => lists.state(path).reading),
      ...(load &&
        missing.length > 0 && {
          missing: { text: load.missing(missing.length, sources.length), button: load.title },
        }),
    };
  }

  #chosenTable(
    lists: Lists,
    session: Session,
    levels: readonly LoadedLevel[],
    freshness: FreshnessContext | undefined,
  ): TableModel | undefined {
    const found = levels
      .flatMap((level) => getChoices(level, freshness).map((choice) => ({ level, choice })))
      .find(({ choice }) => choice.id === this.#chosen);
    if (!found) return undefined;
    const { level, choice } = found;
    const resources = level.shown.filter((resource) => choice.count(resource) > 0);
    const { loading, stale, problem } = listsModel(lists, level.sources);
    const note =
      level.load &&
      level.missing.length > 0 &&
      level.load.missing(level.missing.length, level.sources.length);
    const state: ListModel = {
      ...{ loading, stale, more: false },
      ...(problem !== undefined && { problem }),
      ...(note && { note }),
    };
    const columns = [
      ...(level.parent === undefined ? [] : [parentColumn(lists, level.parent)]),
      ...(resources.some((resource) => choice.count(resource) > 1) ? [countColumn(choice)] : []),
      ...getColumns(lists, session, resources[0]),
    ];
    const [source] = level.sources;
    if (source === undefined) return undefined;
    const title = `${level.title}: ${choice.label}`;
    return toTableModel(state, { id: `chosen:${choice.id}`, title, source, columns }, resources);
  }

  /** What has changed, once it is known what was there before and all of it is loaded now. */
  #changes(
    lists: Lists,
    { path }: Resource,
    levels: readonly LoadedLevel[],
  ):
    | { readonly summary: NonNullable<AccountSummaryModel['changes']>; readonly table?: TableModel }
    | undefined {
    this.#read(path);
    const level = levels.find(({ kind }) => kind === 'connection');
    if (!level || !isComplete(lists, level) || this.#before === 'unknown') return undefined;
    this.#remember(path, level.resources);
    if (this.#before === 'none')
      return { summary: { text: l10n.t('Changes since your last look will appear here.') } };
    const changes = compareLooks(this.#before, level.resources);
    const since = new Date(this.#before.at).toISOString();
    const summary = { text: countText(changes.length), since };
    if (changes.length === 0) return { summary };
    const columns = [{ id: 'before', label: l10n.t('Before'), kind: 'text' } as const];
    const state = listsModel(lists, level.sources);
    const table = { ...state, id: 'changes', title: l10n.t('Changes'), source: path, columns };
    return { summary, table: { ...table, rows: changes.map(changeRow) } };
  }

  #read(account: ResourcePath): void {
    if (this.#isRead) return;
    this.#isRead = true;
    void this.context.memory.read(account).then((look) => {
      this.#before = look ?? 'none';
      this.context.changed();
    });
  }

  /** What is visible counts as seen. */
  #remember(account: ResourcePath, resources: readonly Resource[]): void {
    if (resources.length > MAX_REMEMBERED_ROWS) return;
    const look = toLook(resources, Date.now());
    if (this.#seen && isSameLook(this.#seen, look)) return;
    this.#seen = look;
    void this.context.memory.write(account, look);
  }
}

function toLoadedLevels(
  lists: Lists,
  levels: readonly AccountLevel[],
  account: Resource,
  freshness?: FreshnessContext,
): readonly LoadedLevel[] {
  const loaded: LoadedLevel[] = [];
  for (const level of levels) {
    const above = loaded.at(-1);
    const parents = above
      ? above.resources.filter((parent) => parent.hasChildren && level.load?.isBelow?.(parent) !== false)
      : [account];
    const sources = parents.map(({ path }) => path);
    const resources = sources.flatMap((path) =>
      resourcesBelow(lists, path).filter(({ kind }) => kind === level.kind),
    );
    loaded.push({
      ...level,
      sources,
      missing: sources.filter((path) => lists.rows(path) === undefined),
      resources,
      shown: freshness ? resources.map((resource) => withStaleness(freshness, resource)) : resources,
      parent: above && kindPresentation({ kind: above.kind }).noun,
    });
  }
  return loaded;
}

/** What can be counted of a level: the states that occur, then the tallies, then what lacks new data. */
function getChoices(
  { kind, shown, tallies }: LoadedLevel,
  freshness: FreshnessContext | undefined,
): readonly Choice[] {
  const states = new Set(shown.flatMap(({ status }) => status?.state ?? []));
  return [
    ...WORST_FIRST.filter((state) => states.has(state)).map((state): Choice => ({
      ...{ id: `${kind}:${state}`, label: stateWord(state), state },
      count: ({ status }) => Number(status?.state === state),
    })),
    ...(shown.length === 0 ? [] : tallies),
    ...(freshness && freshness.hours > 0 && shown.some(({ newData }) => newData)
      ? [noNewDataChoice(kind, freshness)]
      : []),
  ];
}

/** The resources whose own data is missing, as their rows in the tree say. */
function noNewDataChoice(kind: Resource['kind'], freshness: FreshnessContext): Choice {
  return {
    id: `${kind}:noNewData`,
    label: l10n.t('without new data for {0} hours', freshness.hours),
    state: 'warning',
    count: (resource) => (resource.newData && findStaleness(freshness, resource)?.alarming ? 1 : 0),
  };
}

/** The columns of the table that the service has for a resource among its siblings. */
function getColumns(lists: Lists, session: Session, row: Resource | undefined): readonly Column[] {
  const parent = row && parentPath(row.path);
  const holder = parent && lists.get(parent);
  if (!row || !holder) return [];
  const tables: readonly Table[] = session.detailViews?.tables(holder) ?? [];
  return tables.find((table) => table.source === parent && table.includes(row))?.columns ?? [];
}

function parentColumn(lists: Lists, label: string): Column {
  const value = ({ path }: Resource): string | undefined => {
    const parent = parentPath(path);
    return parent && lists.get(parent)?.label;
  };
  return { id: 'parent', label, kind: 'text', value };
}

function countColumn(choice: Choice): Column {
  const value = (row: Resource): string => String(choice.count(row));
  const label = choice.label.charAt(0).toLocaleUpperCase() + choice.label.slice(1);
  return { id: 'count', label, kind: 'number', value };
}

/** True if every resource of a level is loaded, according to the service's latest data. */
function isComplete(lists: Lists, { sources, missing }: LoadedLevel): boolean {
  const { loading, stale, more, problem } = listsModel(lists, sources);
  return missing.length === 0 && !loading && !stale && !more && problem === undefined;
}

function changeRow({ path, before, after }: RowChange): RowModel {
  const label = after?.label ?? before?.label ?? '';
  const status = after
    ? after.status && statusModel(after.status)
    : { state: 'inactive' as const, label: '', text: l10n.t('no longer there') };
  return {
    path,
    id: after?.id ?? pathSegments(path).at(-1)?.id ?? '',
    name: plainText(label) || l10n.t('(no name)'),
    ...(status && { status }),
    cells: [before ? before.status : l10n.t('new')],
  };
}

function countText(count: number): string {
  if (count === 0) return l10n.t('Nothing has changed since you last looked');
  return count === 1
    ? l10n.t('1 connection has changed since you last looked')
    : l10n.t('{0} connections have changed since you last looked', count);
}
