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
  const content = items.slice(number * size, (number + 1) * size).map(render);
  const totalPages = Math.ceil(items.length / size);
  const counts = { number, totalElements: items.length, totalPages, numberOfElements: content.length };
  const first = number === 0;
  const last = number + 1 >= totalPages;
  if (options.envelope !== 'spring') {
    return { content, ...counts, firstPage: first, lastPage: last, sort: null, size };
  }
  const sort = { sorted: true, unsorted: false, empty: false };
  const pageable = {
    sort,
    offset: number * size,
    pageNumber: number,
    pageSize: size,
    paged: true,
    unpaged: false,
  };
  return { content, pageable, ...counts, first, last, empty: content.length === 0, sort, size };
}
