import type { Identified } from '../store/ids';
import { valueAt } from './quoted';
import { type Rank, ranks, searchIds } from './searchIds';
import { reach, type Word } from './word';

/** What is being typed at a column, and the resources that it may become. */
export interface Typed {
  /** From its beginning to the column. */
  readonly word: Word;
  /** Where the rest of the word behind the column ends. */
  readonly end: number;
  readonly matches: readonly Identified[];
}

/**
 * What is being typed at a column: the whole value so far, for names have blanks, else its last word. Outside of a
 * value only what begins an id counts, for any word of a program may begin a name. Yields now and then, see `inSlices`.
 * @param limit the greatest number of matches.
 * @param accepted how well they must fit in a value.
 */
export function* typedAt(
  known: () => Iterable<Identified>,
  line: string,
  column: number,
  language: string,
  limit: number,
  accepted: readonly Rank[] = ranks,
): Generator<void, Typed | undefined> {
  const value = valueAt(line, column, language);
  const last = lastWord(line, column);
  if (!value) {
    // `add` may begin an id too, but is a word first.
    if (!last || !/[\d_-]/.test(last.text)) return undefined;
    return typed(line, last, yield* searchIds(known(), last.text, limit, ['id']));
  }
  const whole = typed(line, value, yield* searchIds(known(), value.text, limit, accepted));
  if (whole || !last || last.start === value.start) return whole;
  return typed(line, last, yield* searchIds(known(), last.text, limit, accepted));
}

function typed(line: string, word: Word, matches: readonly Identified[]): Typed | undefined {
  return matches.length > 0 ? { word, end: endOfWord(line, word.end), matches } : undefined;
}

function lastWord(line: string, column: number): Word | undefined {
  const text = /\w[\w-]*$/.exec(line.slice(Math.max(0, column - reach), column))?.[0];
  return text === undefined ? undefined : { text, start: column - text.length, end: column };
}

function endOfWord(line: string, column: number): number {
  return column + (/^[\w-]*/.exec(line.slice(column, column + reach))?.[0].length ?? 0);
}
