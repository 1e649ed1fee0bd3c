import { ImmutaFailure } from './failure';
import { isJson, type Json } from './json';
import type { CursorSpelling, TenantOptions } from './options';

/** Which part of a list is asked for. */
export interface Wanted {
  readonly limit: number;
  /** The id of the last item of the page before. */
  readonly after?: string;
}

/** Reads `page[limit]` (1 to 100, 20 where absent) and `page[cursor]`. @throws ImmutaFailure 400 */
export function wantedByQuery(query: URLSearchParams): Wanted {
  return wanted(query.get('page[limit]') ?? '20', query.get('page[cursor]') ?? undefined);
}

/** Reads the same of a search, where they stand in the body (inference). @throws ImmutaFailure 400 */
export function wantedByBody(page: unknown): Wanted {
  const { limit = 20, cursor } = isJson(page) ? page : {};
  return wanted(String(limit), typeof cursor === 'string' ? cursor : undefined);
}

function wanted(limit: string, cursor: string | undefined): Wanted {
  const number = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (number < 1 || number > 100) throw new ImmutaFailure(400, 'page[limit] must be between 1 and 100');
  return { limit: number, ...(cursor !== undefined && { after: readCursor(cursor) }) };
}

/** The page of a list, its items rendered, in the envelope that the options ask for. */
export function page<Item>(
  items: readonly Item[],
  { limit, after }: Wanted,
  list: { readonly name: string; readonly id: (item: Item) => string; readonly path: string },
  options: TenantOptions,
  render: (item: Item) => unknown,
): unknown {
  const start = after === undefined ? 0 : items.findIndex((item) => list.id(item) === after) + 1;
  if (after !== undefined && start === 0) throw new ImmutaFailure(400, 'page[cursor] is not valid');
  const part = items.slice(start, start + limit);
  const last = part.at(-1);
  const more = last !== undefined && start + limit < items.length;
  const cursor = more ? writeCursor(list.id(last)) : null;
  const name = options.listKey === 'own' ? list.name : options.listKey;
  return { [name]: part.map(render), ...envelope(options.cursor, cursor, list.path) };
}

/** As the documented example of a cursor: base64 of `{"id":"12345"}`. */
function writeCursor(id: string): string {
  return Buffer.from(JSON.stringify({ id })).toString('base64');
}

function readCursor(cursor: string): string {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString());
    if (isJson(value) && typeof value.id === 'string') return value.id;
  } catch {
    // Answered below.
  }
  throw new ImmutaFailure(400, 'page[cursor] is not valid');
}

function envelope(spelling: CursorSpelling, cursor: string | null, path: string): Json {
  switch (spelling) {
    case 'meta.nextCursor':
      return { meta: { nextCursor: cursor } };
    case 'page.nextCursor':
      return { page: { nextCursor: cursor } };
    case 'page.cursor':
      return { page: { cursor } };
    case 'nextCursor':
      return { nextCursor: cursor };
    case 'next':
      return { next: cursor };
    case 'links.next': {
      const next = cursor && `${path}?${new URLSearchParams({ 'page[cursor]': cursor }).toString()}`;
      return { links: { next } };
    }
  }
}
