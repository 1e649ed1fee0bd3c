import type { Identified } from '../../core/store/idIndex';
import type { Match } from './searchIds';
import { WORD_PATTERN } from './words';

/**
 * How completion rows are ranked. VS Code sorts by how well `filterText` matches the typed text, and uses `sortText`
 * only for equal matches. Enter accepts the first row.
 */

/** A character that is never typed and not used in rows of other extensions. */
const GAP = '\u0001';

/** VS Code compares 128 characters. */
const MAX_GAPS = 40;

/** The ranks of our rows, all behind those of the language itself. */
export const PLACES = ['typedOverAll', 'id', 'typed', 'name'] as const;
export type Place = (typeof PLACES)[number];

/** Sorts behind all other rows that match equally well. */
export const LAST = '\uFFFF';

/** From this many characters on, an ID prefix is hardly anything else. */
const MIN_DISTINCTIVE_LENGTH = 6;

/**
 * A filter text that barely matches the typed text: each gap, and each leading blank, lowers the score that VS Code
 * computes. So the names of the language come first, whatever they are, then ours in the order of `PLACES`.
 */
export function filterTextFor(typed: string, place: Place): string {
  const characters = Array.from(typed);
  const spread = [characters.slice(0, MAX_GAPS).join(GAP), ...characters.slice(MAX_GAPS)].join('');
  return ' '.repeat(PLACES.indexOf(place)) + spread;
}

/**
 * The rank of the row that keeps the typed text. Enter accepts the first row, so this one comes before every ID that
 * does not begin with the typed text, and before all rows while an ID prefix is short.
 */
export function placeOfTyped(typed: string): 'typedOverAll' | 'typed' {
  return typed.length < MIN_DISTINCTIVE_LENGTH ? 'typedOverAll' : 'typed';
}

/**
 * A snippet that inserts the text between a column and the end of the line at the time when the row is accepted: VS
 * Code may show a list for less than has been typed meanwhile.
 * @param start column at which the typed text begins.
 * @param behind number of characters after it in the line.
 */
export function typedSnippet(start: number, behind: number): string {
  return `\${TM_CURRENT_LINE/^.{${start}}(.*).{${behind}}$/$1/}`;
}

/**
 * No character that could end a string, begin an escape or be interpolated: IDs come from a server and are inserted
 * into code.
 */
const SAFE_ID = /^[^"'`\\$\p{Cc}\p{Cf}\p{Cs}]{1,256}$/u;

/** True if an ID can be inserted into any string unchanged. */
export function isInsertable({ resource }: Identified): boolean {
  return SAFE_ID.test(resource.id);
}

/**
 * Returns the ID in the form that fits: the one that was started, otherwise that of IDs nearby, otherwise the longer
 * one.
 * @param typed the text before the cursor.
 * @param shortNearby true if IDs nearby are in the shorter form.
 */
export function formatId(
  { resource, shortId }: Pick<Match, 'resource' | 'shortId'>,
  typed: string,
  shortNearby: boolean,
): string {
  if (shortId === undefined) return resource.id;
  const begun = typed.toLowerCase();
  if (startsWith(resource.id, begun)) return resource.id;
  return startsWith(shortId, begun) || shortNearby ? shortId : resource.id;
}

/** True if the first ID in these lines that has a shorter form is written in it. */
export function hasShortIds(
  lines: Iterable<string>,
  getForm: (word: string) => 'long' | 'short' | undefined,
): boolean {
  for (const line of lines) {
    for (const [word] of line.matchAll(WORD_PATTERN)) {
      const form = getForm(word);
      if (form) return form === 'short';
    }
  }
  return false;
}

function startsWith(id: string, begun: string): boolean {
  return begun !== '' && id.toLowerCase().startsWith(begun);
}
