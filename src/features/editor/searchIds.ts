import type { Resource } from '../../core/services/contract/resource';
import type { Identified } from '../../core/store/idIndex';
import { isGenerated, isQualified } from './idTokens';

/** Shorter prefixes of a name match too much, unless the user asked for the list. */
const MIN_NAME_LENGTH = 4;

/** The word must continue by this many letters in the name: `order` is a word of its own, not a prefix of `Orders`. */
const MIN_REST_LENGTH = 2;

/** If the user asked for the list. */
const MIN_REQUESTED_LENGTH = 3;

/** Of a generated ID. Three hexadecimal digits would match one of a few thousand IDs anyway. */
const MIN_ID_LENGTH = 4;

/** After this many resources a search may be interrupted. */
const STRIDE = 500;

/**
 * How well a text matches a resource, best first: prefix of the generated ID, prefix of the name or chosen ID, prefix
 * of a word in the name, or any other part of it.
 */
const RANKS = ['id', 'name', 'word', 'part'] as const;
type Rank = (typeof RANKS)[number];

/** A resource that a text matches. */
export interface Match extends Identified {
  readonly shortId: string | undefined;
  readonly rank: Rank;
}

/**
 * How much of a resource must be typed.
 * - `id`: a prefix of a generated ID, or of one that says what it is of.
 * - `name`: that, or a prefix of a name that ends within a word. Whole words may be meant literally.
 * - `any`: any part of the name or ID.
 */
export type SearchMode = 'id' | 'name' | 'any';

/** The resources that are searched. */
export interface SearchedIds {
  /** In the order of their names. A generator for `inSlices`. */
  all(): Generator<void, readonly Identified[]>;
  /** The shorter form of a resource's ID, which is a part of it, if it has one. */
  shortId(resource: Resource): string | undefined;
}

/**
 * Finds the resources that a text matches: the best first, and equally good ones by name. Yields now and then, because
 * searching all of them takes long if there are many.
 * @param limit maximum number of matches.
 */
export function* searchIds(
  known: SearchedIds,
  typed: string,
  mode: SearchMode,
  limit: number,
): Generator<void, readonly Match[]> {
  const getRank = createRank(known, typed, mode);
  if (!getRank) return [];
  const ranked: Record<Rank, Match[]> = { id: [], name: [], word: [], part: [] };
  let seen = 0;
  for (const entry of yield* known.all()) {
    const rank = getRank(entry);
    if (rank && ranked[rank].length < limit) {
      const { resource } = entry;
      ranked[rank].push({ resource, shortId: known.shortId(resource), rank });
    }
    // No later one can be better.
    if (ranked[RANKS[0]].length === limit) break;
    if (++seen % STRIDE === 0) yield;
  }
  return RANKS.flatMap((rank) => ranked[rank]).slice(0, limit);
}

/** True for what may begin a generated ID, but not for numbers and words. */
export function beginsId(typed: string): boolean {
  if (/^[a-z]{2,4}_/i.test(typed)) return true;
  return typed.length >= MIN_ID_LENGTH && /\d/.test(typed) && Number.isNaN(Number(typed));
}

/** @returns undefined if the text cannot match anything. */
function createRank(
  known: SearchedIds,
  typed: string,
  mode: SearchMode,
): ((entry: Identified) => Rank | undefined) | undefined {
  const ofId = beginsId(typed) || isQualified(typed) ? idRank(known, typed) : undefined;
  const ofName = mode === 'id' ? undefined : mode === 'any' ? partRank(typed) : nameRank(typed);
  if (!ofId || !ofName) return ofId ?? ofName;
  return (entry) => ofId(entry) ?? ofName(entry);
}

function idRank(known: SearchedIds, typed: string): (entry: Identified) => Rank | undefined {
  const [beginning, part] = [expression(typed, '^'), expression(typed)];
  return ({ resource }) => {
    const { id } = resource;
    // The account is asked for few: for all of them it would take longer than the search.
    const begins = beginning.test(id) || (part.test(id) && beginning.test(known.shortId(resource) ?? ''));
    return begins && (isGenerated(id) || isQualified(id)) ? 'id' : undefined;
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

/** Case-insensitive. Unlike lower-case copies of all names, it needs no memory. */
function expression(text: string, before = '', after = ''): RegExp {
  return new RegExp(before + text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`) + after, 'iu');
}
