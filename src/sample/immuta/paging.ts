import { createHash } from 'node:crypto';
import { ImmutaFailure } from './failure';
import { isJson, type Json } from './json';
import type { TenantOptions } from './options';
import type { CursorSpelling } from '../common/options';

/** The requested part of a list. */
export interface Wanted {
  readonly limit: number;
  readonly cursor?: string;
}

/** A paged list. */
interface List<Item> {
  readonly name: string;
  readonly id: (item: Item) => string;
  readonly path: string;
  /** What selects the items besides the path: cursors are only valid for the same selection (inference). */
  readonly filter?: unknown;
}

const invalidCursor = 'page[cursor] is not valid';

/** Parses `page[limit]` (1 to 100, default 20) and `page[cursor]`. @throws ImmutaFailure 400 */
export function wantedByQuery(query: URLSearchParams): Wanted {
  return wanted(query.get('page[limit]') ?? '20', query.get('page[cursor]') ?? undefined);
}

/** Parses the same members in the body of a search (inference). @throws ImmutaFailure 400 */
export function wantedByBody(page: unknown): Wanted {
  const { limit = 20, cursor } = isJson(page) ? page : {};
  if (cursor !== undefined && cursor !== null && typeof cursor !== 'string')
    throw new ImmutaFailure(400, invalidCursor);
  return wanted(String(limit), typeof cursor === 'string' ? cursor : undefined);
}

function wanted(limit: string, cursor: string | undefined): Wanted {
  const number = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (number < 1 || number > 100) throw new ImmutaFailure(400, 'page[limit] must be between 1 and 100');
  return { limit: number, ...(cursor !== undefined && { cursor }) };
}

/** The page of a list, with its items rendered, in the configured envelope. */
export function page<Item>(
  items: readonly Item[],
  { limit, cursor }: Wanted,
  list: List<Item>,
  options: TenantOptions,
  render: (item: Item) => unknown,
): unknown {
  const mark = toMark(list);
  const after = cursor === undefined ? undefined : readCursor(cursor, mark);
  const start = after === undefined ? 0 : items.findIndex((item) => list.id(item) === after) + 1;
  if (after !== undefined && start === 0) throw new ImmutaFailure(400, invalidCursor);
  const part = items.slice(start, start + limit);
  const last = part.at(-1);
  const more = last !== undefined && start + limit < items.length;
  const next = more ? writeCursor(list.id(last), mark) : null;
  const name = options.listKey === 'own' ? list.name : options.listKey;
  return { [name]: part.map(render), ...envelope(options.cursor, next, list.path, items.length) };
}

/** As in the documented example of a cursor, base64 of `{"id":"12345"}`, and the list that it belongs to. */
function writeCursor(id: string, list: string): string {
  return Buffer.from(JSON.stringify({ id, list })).toString('base64');
}

/**
 * @returns the ID of the last item of the previous page. @throws ImmutaFailure 400, also for the cursor of another
 * list.
 */
function readCursor(cursor: string, list: string): string {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString());
    if (isJson(value) && typeof value.id === 'string' && value.list === list) return value.id;
  } catch {
    // Handled below.
  }
  throw new ImmutaFailure(400, invalidCursor);
}

function toMark({ path, filter = [] }: Pick<List<never>, 'path' | 'filter'>): string {
  return createHash('sha256')
    .update(JSON.stringify([path, filter]))
    .digest('base64url')
    .slice(0, 8);
}

function envelope(spelling: CursorSpelling, cursor: string | null, path: string, totalCount: number): Json {
  if (spelling === 'none') return { meta: { totalCount } };
  const next = cursor && `${path}?${new URLSearchParams({ 'page[cursor]': cursor }).toString()}`;
  const value = spelling === 'links.next' ? next : cursor;
  return spelling
    .split('.')
    .reduceRight<Json | string | null>((below, key) => ({ [key]: below }), value) as Json;
}
