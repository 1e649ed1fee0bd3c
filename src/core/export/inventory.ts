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
import { problemRow, resourceRow, type Place, type Row } from './row';

export type PageSource = Pick<Store, 'page' | 'session' | 'account'>;

/** A connection with what is directly below it, or something that could not be loaded. */
export interface Entry {
  /** Absent: `below` only contains problems. */
  readonly connection?: Row;
  readonly below: readonly Row[];
}

/** Limits of an inventory. */
export interface InventoryBounds {
  readonly signal: AbortSignal;
  readonly slices: Slices;
  /**
   * Approximate number of characters after which the inventory ends with a problem, because a service might never end.
   */
  readonly limit?: number | undefined;
}

/** A page of a list, or why it could not be loaded. */
type Part = { readonly page: Page } | { readonly problem: Problem };

/**
 * All connections of accounts with what is directly below them: datasets, pipelines, fields, data objects. Groups such
 * as data views, identities and tasks are left out: they are not parts of the connection, and cost a request each. If
 * the service sends both levels in one response, there is one request per page. Nothing is kept after it was yielded.
 * Failures are yielded as problems, and the rest continues.
 * @param secrets are masked in all texts, including IDs.
 * @throws the signal's reason.
 */
export async function* inventory(
  source: PageSource,
  accounts: readonly Resource[],
  secrets: SecretValues,
  { signal, slices, limit = heapShare(1 / 16) }: InventoryBounds,
): AsyncGenerator<Entry> {
  const room = new Budget(limit);
  for (const account of accounts) {
    const service = source.account(account.path)?.service ?? '';
    const place = { service: serviceTitle(service), account: account.label, secrets };
    let session: Session;
    try {
      session = await source.session(account.path);
    } catch (error) {
      yield { below: [problemRow(place, account.label, toProblem(error))] };
      continue;
    }
    yield* new Walk(source, session, place, { signal, slices, room }).entries(account);
    if (!room.isExceeded) continue;
    yield { below: [problemRow(place, account.label, cutProblem())] };
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

interface Bounds extends Omit<InventoryBounds, 'limit'> {
  /** Charged with each character that is yielded. The inventory ends when it is used up. */
  readonly room: Budget;
}

/** Traverses one account. */
class Walk {
  readonly #signal: AbortSignal;
  readonly #slices: Slices;
  readonly #room: Budget;
  /** Lists change while they are loaded, so a connection may be listed twice. */
  readonly #seen = new Set<string>();

  constructor(
    private readonly source: PageSource,
    private readonly session: Session,
    private readonly place: Place,
    { signal, slices, room }: Bounds,
  ) {
    this.#signal = signal;
    this.#slices = slices;
    this.#room = room;
  }

  /** The connections below an account or an entity. */
  async *entries(parent: Resource): AsyncGenerator<Entry> {
    for await (const part of this.#parts(parent, 1)) {
      if ('problem' in part) {
        yield { below: [problemRow(this.place, parent.label, part.problem)] };
        continue;
      }
      const { items } = part.page;
      const connections = items.filter((item) => this.#isNew(item));
      for (let at = 0; at < connections.length; at += MAX_CONCURRENT_LISTS) {
        const some = connections.slice(at, at + MAX_CONCURRENT_LISTS);
        yield* await Promise.all(some.map((item) => this.#entry(item)));
      }
      for (const { resource } of items) {
        if (resource.kind === 'problem') yield { below: [resourceRow(this.place, resource, undefined)] };
        if (resource.kind === 'entity') yield* this.entries(resource);
      }
    }
  }

  #isNew({ resource: { kind, path } }: PageItem): boolean {
    if (kind !== 'connection' || this.#seen.has(path)) return false;
    this.#seen.add(path);
    return true;
  }

  async #entry({ resource, children }: PageItem): Promise<Entry> {
    const place = { ...this.place, connection: resource };
    const below: Row[] = [];
    const seen = new Set<string>();
    for await (const part of this.#parts(resource, 0, children)) {
      if ('problem' in part) below.push(problemRow(place, resource.label, part.problem));
      else {
        const rows = part.page.items.filter(
          ({ resource: { kind, path } }) => kind !== 'group' && !seen.has(path),
        );
        for (const { resource: row } of rows) {
          seen.add(row.path);
          below.push(this.#row(place, row));
          await this.#slices.next();
        }
      }
    }
    return { connection: this.#row(place, resource), below };
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
      return { problem: toProblem(error) };
    }
  }

  #row(place: Place, resource: Resource): Row {
    const row = resourceRow(place, resource, this.#link(resource));
    this.#room.take(Object.values(row).reduce((sum, { length }) => sum + length, 0));
    return row;
  }

  #link(resource: Resource): string | undefined {
    return resource.kind === 'problem' ? undefined : this.session.webLink(resource);
  }
}
