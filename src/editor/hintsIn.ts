import { isDistinctive, wordForm } from './word';

/** VS Code draws no more of a line than this by default (`editor.stopRenderingLineAfter`). */
const drawn = 10_000;

/** More hints at a time help nobody. */
const most = 500;

/** A hint: what to show, behind which column of which line. */
export interface Hint {
  readonly line: number;
  readonly column: number;
  readonly id: string;
}

/**
 * The ids in some lines of a document, by one regular expression over what is drawn of them.
 * @param isKnown true for the ids that have something to be shown.
 */
export function hintsIn(
  lineAt: (line: number) => string,
  first: number,
  last: number,
  isKnown: (id: string) => boolean,
): readonly Hint[] {
  const hints: Hint[] = [];
  for (let line = first; line <= last; line++) {
    for (const { 0: id, index } of lineAt(line).slice(0, drawn).matchAll(wordForm)) {
      if (!isDistinctive(id) || !isKnown(id)) continue;
      hints.push({ line, column: index + id.length, id });
      if (hints.length === most) return hints;
    }
  }
  return hints;
}
