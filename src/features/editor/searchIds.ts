import type { Identified } from '../../core/store/idIndex';
import { isGenerated } from './idTokens';

/** Fewer characters of a name fit too many, where nobody asked for the list. */
const MIN_NAME_LENGTH = 4;

/** Letters that a name must have more in the same word: `order` is a word by itself, and not the beginning of `Orders`. */
const MIN_REST_LENGTH = 2;

/** Of what somebody asked for. */
const MIN_REQUESTED_LENGTH = 3;

/** Of a generated id: three hexadecimal digits begin one of some thousand ids anyway. */
const MIN_ID_LENGTH = 4;

/** After so many resources a search may be interrupted. */
const STRIDE = 500;

/**
 * How well a text fits a resource, the best first: it begins the generated id, the name or chosen id, a word of the name,
 * or is some other part of it.
 */
const RANKS = ['id', 'name', 'word', 'part'] as const;
export type Rank = (typeof RANKS)[number];

/** A resource that a text fits. */
export interface Match extends Identified {
  readonly rank: Rank;
}

/**
 * How much of a resource must be written.
 * - `id`: the beginning of a generated id.
 * - `name`: that, or the beginning of a name that ends within a word: who wrote whole words may mean them.
 * - `any`: any part of name or id.
 */
export type SearchMode = 'id' | 'name' | 'any';

/**
 * The resources that a text may become, the likeliest first. Yields now and then, for the search of all of them takes
 * long if there are many.
 * @param limit the greatest number.
 */
export function* searchIds(
  known: () => Iterable<Identified>,
  typed: string,
  mode: SearchMode,
  limit: number,
): Generator<void, readonly Match[]> {
  const rankOf = ranking(typed, mode);
  if (!rankOf) return [];
  const ranked: Record<Rank, Match[]> = { id: [], name: [], word: [], part: [] };
  let seen = 0;
  for (const entry of known()) {
    const rank = rankOf(entry);
    if (rank && ranked[rank].length < limit) ranked[rank].push({ ...entry, rank });
    // None can fit better.
    if (ranked.id.length === limit) break;
    if (++seen % STRIDE === 0) yield;
  }
  return RANKS.flatMap((rank) => ranked[rank]).slice(0, limit);
}

/** True for what may begin a generated id: no number, and no word of a language. */
export function beginsId(typed: string): boolean {
  if (/^[a-z]{2,4}_/i.test(typed)) return true;
  return typed.length >= MIN_ID_LENGTH && /\d/.test(typed) && Number.isNaN(Number(typed));
}

/** @returns undefined if the text can fit nothing. */
function ranking(typed: string, mode: SearchMode): ((entry: Identified) => Rank | undefined) | undefined {
  const ofId = beginsId(typed) ? idRank(typed) : undefined;
  const ofName = mode === 'id' ? undefined : mode === 'any' ? partRank(typed) : nameRank(typed);
  if (!ofId || !ofName) return ofId ?? ofName;
  return (entry) => ofId(entry) ?? ofName(entry);
}

function idRank(typed: string): (entry: Identified) => Rank | undefined {
  const beginning = expression(typed, '^');
  return ({ resource: { id }, shortId }) => {
    const begins = beginning.test(id) || (shortId !== undefined && beginning.test(shortId));
    return begins && isGenerated(id) ? 'id' : undefined;
  };
}

function nameRank(typed: string): ((entry: Identified) => Rank | undefined) | undefined {
  const letters = typed.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (letters < MIN_NAME_LENGTH || !/[\p{L}\p{N}]$/u.test(typed)) return undefined;
  const beginning = expression(typed, '^', String.raw`[\p{L}\p{N}]{${MIN_REST_LENGTH}}`);
  return ({ resource: { id, label } }) =>
    beginning.test(label) || (beginning.test(id) && !isGenerated(id)) ? 'name' : undefined;
}

function partRank(typed: string): ((entry: Identified) => Rank | undefined) | undefined {
  const wanted = typed.trim();
  if (wanted.length < MIN_REQUESTED_LENGTH) return undefined;
  const part = expression(wanted);
  return ({ resource: { id, label } }) => {
    const place = label.search(part);
    if (place < 0) return part.test(id) && !isGenerated(id) ? 'part' : undefined;
    if (place === 0) return 'name';
    return /[\p{L}\p{N}]/u.test(label.charAt(place - 1)) ? 'part' : 'word';
  };
}

/** Matches the text itself in either case; unlike lower-case copies of all names it costs no memory. */
function expression(text: string, before = '', after = ''): RegExp {
  return new RegExp(before + text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`) + after, 'iu');
}
