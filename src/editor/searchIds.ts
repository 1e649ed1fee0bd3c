import type { Identified } from '../store/ids';

/** Fewer letters of a name or id fit too many. */
export const shortest = 3;

/** How well a text fits a resource; the best first. */
export const ranks = ['id', 'name', 'word', 'part'] as const;
export type Rank = (typeof ranks)[number];

/**
 * The resources that a text may be the beginning of, the likeliest first: by id, by the beginning of the name, of one
 * of its words, by any part of it.
 * @param accepted how well it must fit.
 * @param limit the greatest number.
 */
export function searchIds(
  known: Iterable<Identified>,
  typed: string,
  limit: number,
  accepted: readonly Rank[] = ranks,
): readonly Identified[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted.length < shortest) return [];
  const ranked: Record<Rank, Identified[]> = { id: [], name: [], word: [], part: [] };
  for (const entry of known) {
    const rank = rankOf(entry, wanted);
    if (rank) ranked[rank].push(entry);
  }
  return accepted.flatMap((rank) => ranked[rank]).slice(0, limit);
}

function rankOf({ resource, shortId }: Identified, wanted: string): Rank | undefined {
  if (resource.id.toLowerCase().startsWith(wanted) || shortId?.toLowerCase().startsWith(wanted)) return 'id';
  const name = resource.label.toLowerCase();
  const place = name.indexOf(wanted);
  if (place < 0) return undefined;
  if (place === 0) return 'name';
  return name.includes(` ${wanted}`) ? 'word' : 'part';
}
