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
