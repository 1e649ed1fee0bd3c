import * as l10n from '@vscode/l10n';
import { Budget, heapShare } from '../http/budget';
import type { SecretValues } from '../redaction/redact';
import type { Slices } from '../base/turns';
import { incompleteList, toProblem } from '../services/common/problem';
import type { ResourcePath } from '../services/contract/path';
import { serviceTitle } from '../services/registry';
import type { Session } from '../services/contract/service';
import type { Page, PageItem, Cursor } from '../services/contract/page';
import type { Resource, Problem } from '../services/contract/resource';
import type { Store } from '../store/store';
import { rowComparison, type SortKey } from '../store/childList';
import { problemRow, resourceRow, type Place, type Row } from './row';

export type PageSource = Pick<Store, 'page' | 'session' | 'account'>;

/** A connection with what is directly below it, or something that could not be loaded. */
export interface Entry {
  /** Absent: `below` only contains problems. */
  readonly connection?: Row;
  readonly below: readonly Row[];
  /** Why connections could not be listed. */
  readonly error?: unknown;
}

/** How an inventory is made. */
export interface InventoryBounds<Kept> {
  readonly signal: AbortSignal;
  readonly slices: Slices;
  /**
   * Approximate number of characters after which the inventory ends with a problem, because a service might never end.
   */
  readonly limit?: number | undefined;
  /** IDs of the groups to include, see `Service.inventoryGroups`. */
  readonly groups?: ReadonlySet<string> | undefined;
  /** Called with each entry when it was read, to be held in its place until it is its turn. */
  readonly keep: (entry: Entry) => Promise<Kept>;
}

/** A page of a list, or why it could not be loaded. */
type Part = { readonly page: Page } | { readonly problem: Problem; readonly error?: unknown };

/**
 * All connections of accounts with what is directly below them: datasets, pipelines, fields, data objects. Groups such
 * as data views, identities and tasks are left out unless they are requested: they are not parts of the connection, and
 * cost a request each. If the service sends both levels in one response, there is one request per page. The order is
 * that of the tree, so what is kept of a sorted list is held until all of it was read. Failures are yielded as problems,
 * and the rest continues.
 * @param secrets are masked in all texts, including IDs.
 * @throws the signal's reason.
 */
export async function* inventory<Kept>(
  source: PageSource,
  accounts: readonly Resource[],
  secrets: SecretValues,
  { limit = heapShare(1 / 16), ...bounds }: InventoryBounds<Kept>,
): AsyncGenerator<Kept> {
  const room = new Budget(limit);
  const { keep } = bounds;
  for (const account of accounts) {
    const service = source.account(account.path)?.service ?? '';
    const place = { service: serviceTitle(service), account: account.label, secrets };
    let session: Session;
    try {
      session = await source.session(account.path);
    } catch (error) {
      yield await keep({ below: [problemRow(place, account.label, toProblem(error))], error });
      continue;
    }
    yield* new Walk(source, session, place, { ...bounds, room }).entries(account);
    if (!room.isExceeded) continue;
    yield await keep({ below: [problemRow(place, account.label, cutProblem())] });
    return;
  }
}

function cutProblem(): Problem {
  return {
    title: l10n.t('The inventory was cut off here.'),
    detail: l10n.t('It is too large for one file.'),
    retryable: false,
  };
}

function endlessList(): Problem {
  return {
    title: l10n.t('Not all items are listed because this list does not seem to end.'),
    detail: l10n.t('Reading stopped to avoid endless requests to the service.'),
    retryable: false,
  };
}

/** Maximum pages of one list; a list of 1,000 connections has 100 of the smallest. */
const MAX_PAGES = 2_000;

/** The totals of one list. */
class Came {
  readonly #paths = new Set<ResourcePath>();
  #total: number | undefined;
  #hasFailed = false;
  pages = 0;

  add(part: Part): void {
    this.pages += 1;
    if ('problem' in part) {
      this.#hasFailed = true;
      return;
    }
    this.#total = part.page.total ?? this.#total;
    for (const { resource } of part.page.items) if (resource.kind !== 'group') this.#paths.add(resource.path);
  }

  /** The problem to report if the list has fewer items than the service says. Failures are reported already. */
  get missing(): Problem | undefined {
    const total = this.#total ?? 0;
    return total > this.#paths.size && !this.#hasFailed ? incompleteList(total, this.#paths.size) : undefined;
  }
}

/** Connections that are loaded in parallel; the client sends no more requests at once either. */
const MAX_CONCURRENT_LISTS = 6;

/** Something, and its place in the tree. */
interface Placed<T> {
  readonly key: SortKey;
  readonly value: T;
}

interface Bounds<Kept> extends Omit<InventoryBounds<Kept>, 'limit'> {
  /** Charged with each character that is yielded. The inventory ends when it is used up. */
  readonly room: Budget;
}

/** Traverses one account. */
class Walk<Kept> {
  readonly #signal: AbortSignal;
  readonly #slices: Slices;
  readonly #room: Budget;
  readonly #groups: ReadonlySet<string>;
  readonly #keep: Bounds<Kept>['keep'];
  readonly #compare = rowComparison();
  /** Lists change while they are loaded, so a connection may be listed twice. */
  readonly #seen = new Set<string>();

  constructor(
    private readonly source: PageSource,
    private readonly session: Session,
    private readonly place: Place,
    { signal, slices, room, groups = new Set(), keep }: Bounds<Kept>,
  ) {
    this.#signal = signal;
    this.#slices = slices;
    this.#room = room;
    this.#groups = groups;
    this.#keep = keep;
  }

  /** The connections below an account or an entity. */
  async *entries(parent: Resource): AsyncGenerator<Kept> {
    const sorted: Placed<Kept>[] = [];
    const entities: Placed<Resource>[] = [];
    let isSorted = false;
    for await (const part of this.#parts(parent, 1)) {
      if ('problem' in part) {
        const { problem, error } = part;
        yield await this.#keep({ below: [problemRow(this.place, parent.label, problem)], error });
        continue;
      }
      const { items, loading } = part.page;
      isSorted ||= loading === 'eager';
      for await (const placed of this.#connections(items)) {
        if (isSorted) sorted.push(placed);
        else yield placed.value;
      }
      for (const { resource } of items) {
        if (resource.kind === 'problem')
          yield await this.#keep({ below: [resourceRow(this.place, resource)] });
        if (resource.kind === 'entity') entities.push({ key: resource, value: resource });
      }
    }
    yield* this.#inOrder(sorted);
    const inOrder = isSorted ? this.#inOrder(entities) : entities.map(({ value }) => value);
    for (const entity of inOrder) yield* this.entries(entity);
  }

  /** The connections of a page that no earlier page has, as listed. */
  async *#connections(items: readonly PageItem[]): AsyncGenerator<Placed<Kept>> {
    const connections = items.filter((item) => this.#isNew(item));
    for (let at = 0; at < connections.length; at += MAX_CONCURRENT_LISTS) {
      const some = connections.slice(at, at + MAX_CONCURRENT_LISTS);
      const entries = await Promise.all(
        some.map(async (item) => ({ key: toSortKey(item.resource), entry: await this.#entry(item) })),
      );
      for (const { key, entry } of entries) yield { key, value: await this.#keep(entry) };
    }
  }

  /** In the order of the tree. */
  #inOrder<T>(placed: readonly Placed<T>[]): readonly T[] {
    return placed.toSorted((a, b) => this.#compare(a.key, b.key)).map(({ value }) => value);
  }

  #isNew({ resource: { kind, path } }: PageItem): boolean {
    if (kind !== 'connection' || this.#seen.has(path)) return false;
    this.#seen.add(path);
    return true;
  }

  async #entry({ resource, children }: PageItem): Promise<Entry> {
    const place = { ...this.place, connection: resource };
    const list = await this.#list(place, resource, children);
    const lists = [list];
    for (const group of list.groups) lists.push(await this.#list(place, group));
    const below = lists.flatMap(({ rows }) => rows);
    const isWhole = below.every(({ problem }) => problem === '');
    return { connection: this.#row(place, resource, isWhole ? below.length : undefined), below };
  }

  /**
   * The rows of a list below a connection, in the order of the tree.
   * @param first the first page, if it is known already.
   */
  async #list(place: Place, parent: Resource, first?: Page): Promise<ItemList> {
    const problems: Row[] = [];
    const placed: Placed<Row>[] = [];
    const groups: Resource[] = [];
    const seen = new Set<string>();
    let isSorted = false;
    for await (const part of this.#parts(parent, 0, first)) {
      if ('problem' in part) {
        problems.push(problemRow(place, parent.label, part.problem));
        continue;
      }
      isSorted ||= part.page.loading === 'eager';
      for (const { resource } of part.page.items) {
        if (seen.has(resource.path)) continue;
        seen.add(resource.path);
        if (resource.kind !== 'group') placed.push({ key: resource, value: this.#row(place, resource) });
        else if (this.#groups.has(resource.id)) groups.push(resource);
        await this.#slices.next();
      }
    }
    const rows = isSorted ? this.#inOrder(placed) : placed.map(({ value }) => value);
    return { rows: [...rows, ...problems], groups };
  }

  /** All pages below a resource, eager or not. @param first the first page, if it is known already. */
  async *#parts(parent: Resource, levels: number, first?: Page): AsyncGenerator<Part> {
    if (!first && !parent.hasChildren) return;
    const known = new Set<Cursor | undefined>([undefined]);
    const came = new Came();
    for (const cursor of known) {
      if (this.#room.isExceeded) return;
      if (came.pages >= MAX_PAGES) {
        yield { problem: endlessList() };
        return;
      }
      this.#room.take(cursor?.length ?? 0);
      const part: Part = first && !cursor ? { page: first } : await this.#part(parent, levels, cursor);
      if ('page' in part) for (const next of part.page.nextCursors) known.add(next);
      came.add(part);
      yield part;
    }
    if (came.missing) yield { problem: came.missing };
  }

  async #part(parent: Resource, depth: number, cursor: Cursor | undefined): Promise<Part> {
    try {
      return { page: await this.source.page(parent, { depth, ...(cursor && { cursor }) }, this.#signal) };
    } catch (error) {
      this.#signal.throwIfAborted();
      return { problem: toProblem(error), error };
    }
  }

  /** @param itemCount the number of exported resources below it, if it has a list. */
  #row(place: Place, resource: Resource, itemCount?: number): Row {
    const row =
      resource.kind === 'problem'
        ? resourceRow(place, resource)
        : resourceRow(place, resource, {
            link: this.session.webLink(resource),
            facts: this.session.facts?.(resource),
            itemCount,
          });
    this.#room.take(Object.values(row).reduce<number>((sum, cell) => sum + String(cell).length, 0));
    return row;
  }
}

/** Without the JSON, which would otherwise stay in memory until the list is sorted. */
function toSortKey({ kind, label, id }: Resource): SortKey {
  return { kind, label, id };
}

interface ItemList {
  readonly rows: readonly Row[];
  /** Requested groups that are in the list. */
  readonly groups: readonly Resource[];
}
