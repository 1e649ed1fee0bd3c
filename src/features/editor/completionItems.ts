import type { Identified } from '../../core/store/idIndex';
import { wordForm } from './words';

/**
 * How the rows of completion are ranked. VS Code sorts by how well `filterText` fits what is typed, and uses `sortText`
 * among equals only. The first row is accepted by Enter.
 */

/** A character that nobody types and no row of another extension has. */
const GAP = '\u0001';

/** VS Code compares 128 characters. */
const MAX_GAPS = 40;

/** The places of our rows, all behind those that the language itself offers. */
export const PLACES = ['typedOverAll', 'id', 'typed', 'name'] as const;
export type Place = (typeof PLACES)[number];

/** Behind every other row that fits equally well. */
export const LAST = '\uFFFF';

/** Characters of an id from which on it is hardly anything else. */
const MIN_DISTINCTIVE_LENGTH = 6;

/**
 * A filter text that fits what is typed, but hardly: each gap and each blank in front lowers the score that VS Code
 * computes. So the names of the language come first, whatever they are, and then ours in the order of `PLACES`.
 */
export function filterTextFor(typed: string, place: Place): string {
  const characters = Array.from(typed);
  const spread = [characters.slice(0, MAX_GAPS).join(GAP), ...characters.slice(MAX_GAPS)].join('');
  return ' '.repeat(PLACES.indexOf(place)) + spread;
}

/**
 * Where the row is that keeps what is typed. Enter accepts the first row, so this one comes before every id that does not
 * begin with what is typed, and before all while the beginning of an id is short.
 */
export function placeOfTyped(typed: string): 'typedOverAll' | 'typed' {
  return typed.length < MIN_DISTINCTIVE_LENGTH ? 'typedOverAll' : 'typed';
}

/**
 * A snippet that writes what is between a column and the end of the line once more, as it is when it is accepted: VS Code
 * may show a list for less than what has been typed by then.
 * @param start where the typed text begins. @param behind characters of the line behind it.
 */
export function typedSnippet(start: number, behind: number): string {
  return `\${TM_CURRENT_LINE/^.{${start}}(.*).{${behind}}$/$1/}`;
}

/** What cannot end a string, begin an escape or be filled in: an id comes from a server, and goes into code. */
const harmless = /^[^"'`\\$\p{Cc}\p{Cf}\p{Cs}]{1,256}$/u;

/** True where an id may stand in any string as it is. */
export function isInsertable({ resource }: Identified): boolean {
  return harmless.test(resource.id);
}

/**
 * The id in the form that the context has: the one that was begun, else the one that ids nearby have, else the longer.
 * @param typed what stands before the cursor. @param shortNearby true where ids nearby are in the shorter form.
 */
export function idForm({ resource, shortId }: Identified, typed: string, shortNearby: boolean): string {
  if (shortId === undefined) return resource.id;
  const begun = typed.toLowerCase();
  if (startsWith(resource.id, begun)) return resource.id;
  return startsWith(shortId, begun) || shortNearby ? shortId : resource.id;
}

/** True where the first id of these lines that has a shorter form stands there in it. */
export function hasShortIds(
  lines: Iterable<string>,
  formOf: (word: string) => 'long' | 'short' | undefined,
): boolean {
  for (const line of lines) {
    for (const [word] of line.matchAll(wordForm)) {
      const form = formOf(word);
      if (form) return form === 'short';
    }
  }
  return false;
}

function startsWith(id: string, begun: string): boolean {
  return begun !== '' && id.toLowerCase().startsWith(begun);
}
