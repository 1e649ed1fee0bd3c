import type { Identified } from '../store/ids';

/** Fewer letters of a name or id fit too many. */
export const shortest = 3;

/** How well a text fits a resource; the best first. */
export const ranks = ['id', 'name', 'word', 'part'] as const;
export type Rank = (typeof ranks)[number];

/** After so many resources a search may be interrupted. */
const stride = 500;

/**
 * The resources that a text may be the beginning of, the likeliest first: by id, by the beginning of the name, of one
 * of its words, by any part of it. Yields now and then, for the search of all of them takes long where there are many.
 * @param accepted how well it must fit.
 * @param limit the greatest number.
 */
export function* searchIds(
  known: Iterable<Identified>,
  typed: string,
  limit: number,
  accepted: readonly Rank[] = ranks,
): Generator<void, readonly Identified[]> {
  const wanted = typed.trim();
  if (wanted.length < shortest) return [];
  const [beginning, part] = [expression(wanted, '^'), expression(wanted)];
  const ranked: Record<Rank, Identified[]> = { id: [], name: [], word: [], part: [] };
  let seen = 0;
  for (const entry of known) {
    const rank = rankOf(entry, beginning, part);
    if (rank && ranked[rank].length < limit) ranked[rank].push(entry);
    // None can fit better.
    if (ranked.id.length === limit) break;
    if (++seen % stride === 0) yield;
  }
  return accepted.flatMap((rank) => ranked[rank]).slice(0, limit);
}

function rankOf({ resource, shortId }: Identified, beginning: RegExp, part: RegExp): Rank | undefined {
  if (beginning.test(resource.id) || (shortId !== undefined && beginning.test(shortId))) return 'id';
  const place = resource.label.search(part);
  if (place < 0) return undefined;
  if (place === 0) return 'name';
  return resource.label[place - 1] === ' ' ? 'word' : 'part';
}

/** Matches the text itself in either case; unlike lower-case copies of all names it costs no memory. */
function expression(text: string, before = ''): RegExp {
  return new RegExp(before + text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`), 'i');
}
