import type { ResolvedOptions } from '../common/options';
import { readNumber, readWord } from './parameters';

/**
 * Sorts by `sortProperty` and `sortDirection`, ascending by default.
 * @param properties the allowed ones; the first is the default.
 * @throws CjaFailure `invalid_parameters` for any other.
 */
export function sortByQuery<Item, Property extends string>(
  items: readonly Item[],
  query: URLSearchParams,
  properties: readonly [Property, ...Property[]],
  keys: Readonly<Record<Property, (item: Item) => string | number>>,
): readonly Item[] {
  const key = keys[readWord(query, 'sortProperty', properties)];
  const sign = readWord(query, 'sortDirection', ['ASC', 'DESC']) === 'ASC' ? 1 : -1;
  return items
    .map((item) => ({ item, value: key(item) }))
    .sort((a, b) => (a.value < b.value ? -sign : a.value > b.value ? sign : 0))
    .map(({ item }) => item);
}

/**
 * The page that `page` (from 0) and `limit` (default: 10) request, in the envelope of Adobe's guide or of
 * Adobe's OpenAPI document. Only the items of the page are rendered.
 * @throws CjaFailure `invalid_parameters`
 */
export function pageByQuery<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  options: ResolvedOptions,
  render: (item: Item) => unknown,
): unknown {
  const size = Math.min(readNumber(query, 'limit', 10, 1), options.maxLimit);
  const number = readNumber(query, 'page', 0, 0);
  if (options.envelope === 'spring') return springPage(items, { number, size, sorted: true }, render);
  const content = slicePage(items, number, size).map(render);
  const totalPages = Math.ceil(items.length / size);
  const counts = { number, totalElements: items.length, totalPages, numberOfElements: content.length };
  const [firstPage, lastPage] = [number === 0, number + 1 >= totalPages];
  return { content, ...counts, firstPage, lastPage, sort: null, size };
}

/** A page as Spring writes it: the envelope of the OpenAPI, and of the audit log. @param render gets an item's place in the list. */
export function springPage<Item>(
  items: readonly Item[],
  { number, size, sorted }: { readonly number: number; readonly size: number; readonly sorted: boolean },
  render: (item: Item, place: number) => unknown,
): unknown {
  const offset = number * size;
  const content = slicePage(items, number, size).map((item, at) => render(item, offset + at));
  const totalPages = Math.ceil(items.length / size);
  const sort = { sorted, unsorted: !sorted, empty: !sorted };
  return {
    content,
    pageable: { sort, offset, pageNumber: number, pageSize: size, paged: true, unpaged: false },
    ...{ number, totalElements: items.length, totalPages, numberOfElements: content.length },
    ...{ first: number === 0, last: number + 1 >= totalPages, empty: content.length === 0, sort, size },
  };
}

function slicePage<Item>(items: readonly Item[], number: number, size: number): readonly Item[] {
  return items.slice(number * size, (number + 1) * size);
}
