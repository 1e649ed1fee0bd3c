import * as l10n from '@vscode/l10n';
import { atOnce } from '../base/turns';
import { incompleteList, problemItem } from '../services/common/problem';
import { childPath, type ResourcePath } from '../services/contract/path';
import type { Page, PageItem, Cursor } from '../services/contract/page';
import type { Resource, Problem } from '../services/contract/resource';
import { sortedInSteps } from './sorting';

/** A place in a list: a page that was read, or the cursor of one that was not. */
interface PageSlot {
  readonly cursor?: Cursor;
  readonly page?: Page;
  /** Bytes of memory that the page takes; absent where it came along with another list. */
  readonly memory?: number;
}

/** What is known of the list below one resource. */
export interface ChildList {
  /** In the order of the list, whatever order the pages arrive in. */
  readonly slots: readonly PageSlot[];
  /** Why the last reading failed. */
  readonly problem?: Problem;
  /** Why the last reading stopped before the end, for the user to let it go on. */
  readonly paused?: Problem;
  /** True where it stopped at the bound of lists that follow by themselves: a reading of all of it goes on. */
  readonly isPassable?: boolean;
  /** When it failed, in milliseconds since 1970. */
  readonly failedAt?: number;
  /** True where the shown pages are older than a reading that was asked for and failed. */
  readonly stale: boolean;
  /** True where the pages should be read again when somebody next looks at them. */
  readonly dirty: boolean;
  /** When the first page was read, in milliseconds since 1970. */
  readonly readAt?: number;
}

/** A list of which nothing is known. */
export const EMPTY_LIST: ChildList = { slots: [{}], stale: false, dirty: false };

/** A list whose first page came along with its parent. */
export function toChildList(page: Page, readAt: number): ChildList {
  return withPage(EMPTY_LIST, undefined, page, readAt);
}

/**
 * The branch with the page that begins at `cursor` (undefined: the first) put into its place.
 * @param readAt when it came, in milliseconds since 1970.
 * @param memory bytes of memory that it takes.
 */
export function withPage(
  branch: ChildList,
  cursor: Cursor | undefined,
  page: Page,
  readAt: number,
  memory?: number,
): ChildList {
  // A service that names a page twice would otherwise be read for ever.
  const known = new Set(branch.slots.map((slot) => slot.cursor));
  const found = page.nextCursors.filter((next) => !known.has(next)).map((next) => ({ cursor: next }));
  const slots = branch.slots.flatMap((slot): readonly PageSlot[] =>
    slot.cursor === cursor ? [{ ...slot, page, ...(memory !== undefined && { memory }) }] : [slot],
  );
  return { ...branch, slots: [...slots, ...found], readAt: branch.readAt ?? readAt };
}

/**
 * The branch with items of one kind before the first of that kind, else at the end of its first page.
 * @param memory bytes of memory that they take.
 */
export function withInserted(branch: ChildList, items: readonly PageItem[], memory: number): ChildList {
  const isSame = ({ resource }: PageItem): boolean => resource.kind === items[0]?.resource.kind;
  const holder = branch.slots.find(({ page }) => page?.items.some(isSame)) ?? branch.slots[0];
  const slots = branch.slots.map((slot): PageSlot => {
    if (slot !== holder || !slot.page) return slot;
    const { page } = slot;
    const place = page.items.findIndex(isSame);
    const total = page.total === undefined ? {} : { total: page.total + items.length };
    return {
      ...slot,
      memory: (slot.memory ?? 0) + memory,
      page: { ...page, ...total, items: page.items.toSpliced(place < 0 ? Infinity : place, 0, ...items) },
    };
  });
  return { ...branch, slots };
}

/** The branch as if its last reading had neither failed nor stopped. */
export function withoutProblem({ slots, stale, dirty, readAt }: ChildList): ChildList {
  return { slots, stale, dirty, ...(readAt !== undefined && { readAt }) };
}

/** True where not even the first page was read. */
export function isUnread(branch: ChildList): boolean {
  return branch.slots[0]?.page === undefined;
}

/** Bytes of memory that the pages of a list take. */
export function memoryUsed(branch: ChildList): number {
  return branch.slots.reduce((sum, { memory = 0 }) => sum + memory, 0);
}

/** The pages that were read, in the order of the list. */
export function loadedPages(branch: ChildList): readonly Page[] {
  return branch.slots.flatMap((slot) => slot.page ?? []);
}

/** The cursors of the pages that are known but not read. Empty where even the first page is missing. */
export function pendingCursors(branch: ChildList): readonly Cursor[] {
  return branch.slots.flatMap((slot) =>
    slot.page === undefined && slot.cursor !== undefined ? [slot.cursor] : [],
  );
}

/** True when further pages are read without being asked for. */
export function loadsAllPages(branch: ChildList): boolean {
  return loadedPages(branch)[0]?.follow ?? false;
}

/**
 * Where in a list each item came first. Lists change while they are read, so an id may come on several pages: what the
 * first of them tells of it holds, in the order of the list and not of arrival, until the list is read again.
 */
export class FirstPlaces {
  readonly #slots = new Map<ResourcePath, number>();

  /** @param branch what was read of the list before. */
  constructor(branch: ChildList) {
    for (const { cursor, page } of branch.slots) if (page) this.claim(branch, cursor, page);
  }

  /** @returns the items of the page that begins at `cursor`, without those that came on an earlier one. */
  claim({ slots }: ChildList, cursor: Cursor | undefined, { items }: Page): readonly PageItem[] {
    const place = slots.findIndex((slot) => slot.cursor === cursor);
    return items.filter(({ resource: { path } }) => {
      const isFirst = place <= (this.#slots.get(path) ?? Infinity);
      if (isFirst) this.#slots.set(path, place);
      return isFirst;
    });
  }
}

/** The items of lists, put in order once: rows are asked for much more often than lists change. */
export class OrderedItems {
  readonly #known = new WeakMap<ChildList['slots'], readonly PageItem[]>();
  /** Made when it is first needed, and once: it costs milliseconds, which activation need not pay. */
  #collator: Intl.Collator | undefined;

  /** All items that were read: each id once as `FirstPlaces` has it, sorted where the service leaves that to us. */
  of(branch: ChildList): readonly PageItem[] {
    return this.#known.get(branch.slots) ?? atOnce(this.arrange(branch));
  }

  /** As `of`. Work in slices, see `inTurns`; what is known costs nothing. */
  *arrange(branch: ChildList): Generator<void, readonly PageItem[]> {
    const known = this.#known.get(branch.slots);
    if (known) return known;
    const pages = loadedPages(branch);
    const unique = yield* uniqueItems(pages);
    const isSorted = pages[0]?.order !== 'label' || unique.length < 2;
    const items = isSorted ? unique : yield* sortedInSteps(unique, this.#comparison());
    this.#known.set(branch.slots, items);
    return items;
  }

  #comparison(): (a: PageItem, b: PageItem) => number {
    const { compare } = (this.#collator ??= new Intl.Collator(undefined, {
      numeric: true,
      sensitivity: 'base',
    }));
    return ({ resource: a }, { resource: b }) =>
      (ranks[a.kind] ?? 1) - (ranks[b.kind] ?? 1) || compare(a.label, b.label) || compare(a.id, b.id);
  }
}

function* uniqueItems(pages: readonly Page[]): Generator<void, readonly PageItem[]> {
  const byPath = new Map<ResourcePath, PageItem>();
  for (const { items } of pages) {
    for (const item of items) if (!byPath.has(item.resource.path)) byPath.set(item.resource.path, item);
    yield;
  }
  return [...byPath.values()];
}

/** The number of items that were read, an item that came twice counted twice. */
export function countItems(branch: ChildList): number {
  return loadedPages(branch).reduce((count, page) => count + page.items.length, 0);
}

/** What the rows of a branch are made from besides it. */
export interface RowSources {
  /** Its items, as `OrderedItems` gives them. */
  readonly items: readonly PageItem[];
  /** True while further pages are being read. */
  readonly reading: boolean;
  /** What is known of a resource by now, which may be more than its page said. */
  readonly current: (listed: Resource) => Resource;
}

/** The rows to show below `parent`: what went wrong, the items, and a row for more where the user decides about paging. */
export function toRows(
  parent: ResourcePath,
  branch: ChildList,
  { items: listed, reading, current }: RowSources,
): readonly Resource[] {
  const items = listed.map(({ resource }) => {
    const known = current(resource);
    return branch.stale ? { ...known, stale: true } : known;
  });
  const problem = branch.problem ? [problemItem({ path: parent }, 'load', branch.problem).resource] : [];
  const paused =
    branch.paused && !reading ? [problemItem({ path: parent }, 'paused', branch.paused).resource] : [];
  const isOver = !reading && !branch.problem && !branch.paused && !isUnread(branch);
  const end = isOver ? endRows(parent, branch, listed) : [];
  const byItself = loadsAllPages(branch) && (reading || branch.problem !== undefined);
  const goesOn = pendingCursors(branch).length > 0 || (branch.paused !== undefined && isUnread(branch));
  const more = goesOn && !byItself ? [moreRow(parent, branch, items.length)] : [];
  return [...problem, ...paused, ...end, ...items, ...more];
}

/** The number of items in the whole list, where the service told. */
export function totalItems(branch: ChildList): number | undefined {
  return loadedPages(branch).findLast((page) => page.total !== undefined)?.total;
}

/** The row that a list ends with that holds less than the service says: no list ends silently. */
function endRows(parent: ResourcePath, branch: ChildList, items: readonly PageItem[]): readonly Resource[] {
  const total = totalItems(branch);
  const came = items.filter(({ resource }) => resource.kind !== 'group').length;
  if (total === undefined || total <= came || pendingCursors(branch).length > 0) return [];
  return [problemItem({ path: parent }, 'incomplete', incompleteList(total, came)).resource];
}

function moreRow(parent: ResourcePath, branch: ChildList, shown: number): Resource {
  const total = totalItems(branch);
  return {
    path: childPath(parent, 'more', 'next'),
    kind: 'more',
    id: 'next',
    label: l10n.t('Load More'),
    description: total === undefined ? l10n.t('{0} shown', shown) : l10n.t('{0} of {1} shown', shown, total),
    hasChildren: false,
  };
}

/** Collections stand below what they accompany, problems above: they must not be missed in a long list. */
const ranks: Partial<Record<Resource['kind'], number>> = { problem: 0, group: 2 };
