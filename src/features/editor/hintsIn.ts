import { idsWithin } from './generatedId';
import { isOfIdLength, wordForm, type Word } from './word';

/** VS Code draws no more of a line than this by default (`editor.stopRenderingLineAfter`). */
const MAX_DRAWN = 10_000;

/** More hints at a time help nobody. */
const MAX_HINTS = 500;

/** The shortest word that may hold a generated id and something else. */
const MIN_GLUED_LENGTH = 25;

/** A hint: what to show, behind which column of which line. */
export interface Hint {
  readonly line: number;
  readonly column: number;
  readonly id: string;
}

/**
 * The ids in some lines of a document, by one regular expression over what is drawn of them.
 * @param isKnown true for the ids that have something to be shown; gets the drawn line and the number of it, too.
 */
export function hintsIn(
  lineAt: (line: number) => string,
  first: number,
  last: number,
  isKnown: (word: Word, text: string, line: number) => boolean,
): readonly Hint[] {
  const hints: Hint[] = [];
  for (let line = first; line <= last; line++) {
    const text = lineAt(line).slice(0, MAX_DRAWN);
    for (const { 0: found, index } of text.matchAll(wordForm)) {
      if (!isOfIdLength(found)) continue;
      const known = knownIn({ text: found, start: index, end: index + found.length }, text, (word) =>
        isKnown(word, text, line),
      );
      if (known) hints.push({ line, column: known.end, id: known.text });
      if (hints.length === MAX_HINTS) return hints;
    }
  }
  return hints;
}

/** The word, or the id within it that is glued to other text. */
function knownIn(word: Word, line: string, isKnown: (word: Word) => boolean): Word | undefined {
  if (isKnown(word)) return word;
  if (word.text.length < MIN_GLUED_LENGTH) return undefined;
  // With the percent sign that may stand before it, as in `%22dv_…`.
  const from = Math.max(0, word.start - 1);
  return [...idsWithin(line.slice(from, word.end), from)].find(isKnown);
}
