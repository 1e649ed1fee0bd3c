import * as l10n from '@vscode/l10n';
import { atOnce } from '../base/turns';
import { incompleteList, problemItem } from '../services/common/problem';
import { childPath, type ResourcePath } from '../services/contract/path';
import type { Page, PageItem, Cursor } from '../services/contract/page';
import type { Resource, Problem } from '../services/contract/resource';
import { mergedInSteps, sortedInSteps } from './sorting';

/** An item of a loaded list. The graph lists its nodes themselves: an object for each item would only take memory. */
export type ListedItem = Pick<PageItem, 'resource'>;

/** A loaded page, without the levels that were included in it. */
export type ListedPage = Omit<Page, 'items'> & { readonly items: readonly ListedItem[] };

/** A page of a list, or the cursor of a page that is not loaded yet. */
interface PageSlot {
  readonly cursor?: Cursor;
  readonly page?: ListedPage;
  /** Bytes of memory that the page takes; absent if it was included in another list. */
  readonly memory?: number;
}

/** The child list of a resource, as far as it is loaded. */
export interface ChildList {
  /** In list order, independent of the order in which pages arrive. */
  readonly slots: readonly PageSlot[];
  /** Why the last load failed. */
  readonly problem?: Problem;
  /** Why the last load stopped before the end. The user can continue it. */
  readonly paused?: Problem;
  /** True if it stopped at the limit of eager lists: loading all of it continues. */
  readonly isPassable?: boolean;
  /** When it failed, in milliseconds since 1970. */
  readonly failedAt?: number;
  /** True if the shown pages are outdated, because a reload failed. */
  readonly stale: boolean;
  /** True if the list has to be reloaded the next time it is shown. */
  readonly dirty: boolean;
  /** When the first page was loaded, in milliseconds since 1970. */
  readonly readAt?: number;
}

/** A list that has not been loaded. */
export const EMPTY_LIST: ChildList = { slots: [{}], stale: false, dirty: false };

/** A list whose first page was included in the page of its parent. */
export function toChildList(page: ListedPage, readAt: number): ChildList {
  const found = page.nextCursors.map((cursor) => ({ cursor }));
  return { slots: [{ page }, ...found], stale: false, dirty: false, readAt };
}

/**
 * The list with a page at its place.
 * @param cursor where the page starts; undefined for the first.
 * @param readAt when it arrived, in milliseconds since 1970.
 * @param memory bytes of memory that it takes.
 */
export function withPage(
  branch: ChildList,
  cursor: Cursor | undefined,
  page: ListedPage,
  readAt: number,
  memory?: number,
): ChildList {
  // If a service returned a cursor twice, loading would never end.
  const known = new Set(branch.slots.map((slot) => slot.cursor));
  const found = page.nextCursors.filter((next) => !known.has(next)).map((next) => ({ cursor: next }));
  const slots = branch.slots.flatMap((slot): readonly PageSlot[] =>
    slot.cursor === cursor ? [{ ...slot, page, ...(memory !== undefined && { memory }) }] : [slot],
  );
  return { ...branch, slots: [...slots, ...found], readAt: branch.readAt ?? readAt };
}

/**
 * The list with items of one kind inserted before the first of that kind, or else at the end of its first page.
 * @param memory bytes of memory that they take.
 */
export function withInserted(branch: ChildList, items: readonly ListedItem[], memory: number): ChildList {
  const isSame = ({ resource }: ListedItem): boolean => resource.kind === items[0]?.resource.kind;
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

/** The list as if its last load had neither failed nor stopped. */
export function withoutProblem({ slots, stale, dirty, readAt }: ChildList): ChildList {
  return { slots, stale, dirty, ...(readAt !== undefined && { readAt }) };
}

/** True if not even the first page is loaded. */
export function isUnread(branch: ChildList): boolean {
  return branch.slots[0]?.page === undefined;
}

/** Bytes of memory that the pages of a list take. */
export function memoryUsed(branch: ChildList): number {
  return branch.slots.reduce((sum, { memory = 0 }) => sum + memory, 0);
}

/** The loaded pages, in list order. */
export function loadedPages(branch: ChildList): readonly ListedPage[] {
  return branch.slots.flatMap((slot) => slot.page ?? []);
}

/** The cursors of pages that are known but not loaded. Empty if even the first page is missing. */
export function pendingCursors(branch: ChildList): readonly Cursor[] {
  return branch.slots.flatMap((slot) =>
    slot.page === undefined && slot.cursor !== undefined ? [slot.cursor] : [],
  );
}

/** True if further pages are loaded automatically. */
export function loadsAllPages(branch: ChildList): boolean {
  return loadedPages(branch)[0]?.loading === 'eager';
}

/**
 * Deduplicates items across pages. Lists change while they are loaded, so an ID may be on several pages: the first page
 * in list order wins, whichever arrives first, until the list is reloaded.
 */
export class FirstPlaces {
  readonly #slots = new Map<ResourcePath, number>();

  /** @param branch the pages loaded so far. */
  constructor(branch: ChildList) {
    for (const { cursor, page } of branch.slots) if (page) this.claim(branch, cursor, page);
  }

  /** @returns the items of the page at `cursor`, without those of an earlier page. */
  claim<Item extends ListedItem>(
    { slots }: ChildList,
    cursor: Cursor | undefined,
    { items }: { readonly items: readonly Item[] },
  ): readonly Item[] {
    const place = slots.findIndex((slot) => slot.cursor === cursor);
    return items.filter(({ resource: { path } }) => {
      const isFirst = place <= (this.#slots.get(path) ?? Infinity);
      if (isFirst) this.#slots.set(path, place);
      return isFirst;
    });
  }
}

/** What a resource is sorted by. */
export type SortKey = Pick<Resource, 'kind' | 'label' | 'id'>;

/** The order of rows in an eager list: by kind, label and ID. Creating it takes milliseconds. */
export function rowComparison(): (a: SortKey, b: SortKey) => number {
  const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return (a, b) =>
    (ranks[a.kind] ?? 1) - (ranks[b.kind] ?? 1) || compare(a.label, b.label) || compare(a.id, b.id);
}

/** Caches the sorted items of lists: rows are read much more often than lists change. */
export class OrderedItems {
  readonly #known = new WeakMap<ChildList['slots'], readonly ListedItem[]>();
  /** What was sorted last of the list with that first page. A list is shown anew with each page that arrives. */
  readonly #sorted = new WeakMap<ListedPage, SortedPages>();
  /** Created once, on first use: it takes milliseconds, which activation should not pay. */
  #compare: ReturnType<typeof rowComparison> | undefined;

  /** All loaded items: deduplicated as by `FirstPlaces`, and sorted if the list is eager. */
  of(branch: ChildList): readonly ListedItem[] {
    return this.#known.get(branch.slots) ?? atOnce(this.arrange(branch));
  }

  /** Like `of`, as a generator for `inTurns`; returns immediately if the items are cached. */
  *arrange(branch: ChildList): Generator<void, readonly ListedItem[]> {
    const known = this.#known.get(branch.slots);
    if (known) return known;
    const pages = loadedPages(branch);
    const unique = yield* uniqueItems(pages);
    const isSorted = pages[0]?.loading !== 'eager' || unique.length < 2;
    const items = isSorted ? unique : yield* this.#sort(pages, unique);
    this.#known.set(branch.slots, items);
    return items;
  }

  *#sort(
    pages: readonly ListedPage[],
    unique: readonly ListedItem[],
  ): Generator<void, readonly ListedItem[]> {
    const compare = this.#comparison();
    const [first] = pages;
    const before = first && this.#sorted.get(first);
    const added = before && addedItems(before, pages, unique.length);
    const items = added
      ? yield* mergedInSteps(before.items, yield* sortedInSteps(added, compare), compare)
      : yield* sortedInSteps(unique, compare);
    if (first) this.#sorted.set(first, { pages, items });
    return items;
  }

  /** Creates the comparison, if there is none yet. */
  prepare(): void {
    this.#comparison();
  }

  #comparison(): (a: ListedItem, b: ListedItem) => number {
    const compare = (this.#compare ??= rowComparison());
    return ({ resource: a }, { resource: b }) => compare(a, b);
  }
}

/** Pages of a list, and the items of all of them in order. */
interface SortedPages {
  readonly pages: readonly ListedPage[];
  readonly items: readonly ListedItem[];
}

/** The items of pages that came to those of `before`; undefined if that is not all that changed. */
function addedItems(
  before: SortedPages,
  pages: readonly ListedPage[],
  unique: number,
): readonly ListedItem[] | undefined {
  if (!before.pages.every((page) => pages.includes(page))) return undefined;
  const added = pages.filter((page) => !before.pages.includes(page)).flatMap(({ items }) => items);
  // Otherwise some item is on two pages.
  return before.items.length + added.length === unique ? added : undefined;
}

function* uniqueItems(pages: readonly ListedPage[]): Generator<void, readonly ListedItem[]> {
  const byPath = new Map<ResourcePath, ListedItem>();
  for (const { items } of pages) {
    for (const item of items) if (!byPath.has(item.resource.path)) byPath.set(item.resource.path, item);
    yield;
  }
  // Most lists have one page, and no item twice: they need no second array.
  const [first] = pages;
  const isAll = pages.length === 1 && first?.items.length === byPath.size;
  return isAll ? first.items : [...byPath.values()];
}

/** Number of loaded items. Duplicates count. */
export function countItems(branch: ChildList): number {
  return loadedPages(branch).reduce((count, page) => count + page.items.length, 0);
}

/** Other inputs for the rows of a list. */
export interface RowSources {
  /** Its items, as returned by `OrderedItems`. */
  readonly items: readonly ListedItem[];
  /** True while further pages are loading. */
  readonly reading: boolean;
  /** The latest version of a listed resource, which may know more than its page. */
  readonly current: (listed: Resource) => Resource;
}

/** The rows below `parent`: problems, items, and a "Load More" row if further pages are loaded on demand. */
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

/** The total number of items, if the service reported it. */
export function totalItems(branch: ChildList): number | undefined {
  return loadedPages(branch).findLast((page) => page.total !== undefined)?.total;
}

/** The row at the end of a list that has fewer items than the service reports, so that no list ends silently. */
function endRows(parent: ResourcePath, branch: ChildList, items: readonly ListedItem[]): readonly Resource[] {
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

/** Groups are below the items that they accompany, and problems above, so that they are noticed in a long list. */
const ranks: Partial<Record<Resource['kind'], number>> = { problem: 0, group: 2 };
