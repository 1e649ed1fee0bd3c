import type { Identified } from '../../core/store/idIndex';
import { beginsId, searchIds, type Match, type SearchMode } from './searchIds';
import type { TextLines } from './textLines';
import { valueAt } from './valueAt';
import { MAX_ID_CHARS, type Word } from './word';

/**
 * Why ids are looked for: VS Code asks with each letter; the writer has paused; the list was asked for, by a key or a
 * command.
 */
export type CompletionReason = 'typing' | 'pause' | 'request';

/** Where something is being written. */
export interface CompletionPlace {
  readonly text: TextLines;
  readonly line: number;
  readonly column: number;
  readonly reason: CompletionReason;
}

/** What is being written at a place, and the resources that it may become. */
export interface CompletionContext {
  /** From its beginning to the column. */
  readonly word: Word;
  /** Where the rest of the word behind the column ends. */
  readonly end: number;
  readonly matches: readonly Match[];
}

/**
 * What is being written and may become an id. The beginning of a generated id counts anywhere, as the last word. A name
 * counts as the whole value so far, for names have blanks, and only after a pause, so that no list is open under the hands
 * of somebody who writes on. Who asked for the list gets what contains the value, or the last word.
 * Yields now and then, see `inSlices`.
 * @param limit the greatest number of matches.
 */
export function* completionContext(
  known: () => Iterable<Identified>,
  { text, line, column, reason }: CompletionPlace,
  limit: number,
): Generator<void, CompletionContext | undefined> {
  const current = text.lineAt(line);
  const word = lastWord(current, column);
  const search = function* (written: Word, mode: SearchMode): Generator<void, CompletionContext | undefined> {
    const matches = yield* searchIds(known, written.text, mode, limit);
    return matches.length > 0 ? { word: written, end: endOfWord(current, column), matches } : undefined;
  };
  const asId = word && beginsId(word.text) ? yield* search(word, 'id') : undefined;
  if (asId || reason === 'typing') return asId;
  const mode = reason === 'request' ? 'any' : 'name';
  const value = valueAt(text, line, column);
  const asValue = value && (yield* search(value, mode));
  if (asValue || reason !== 'request' || !word || word.start === value?.start) return asValue;
  return yield* search(word, mode);
}

function lastWord(line: string, column: number): Word | undefined {
  const text = /[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.exec(
    line.slice(Math.max(0, column - MAX_ID_CHARS), column),
  )?.[0];
  return text === undefined ? undefined : { text, start: column - text.length, end: column };
}

function endOfWord(line: string, column: number): number {
  return column + (/^[\p{L}\p{N}_-]*/u.exec(line.slice(column, column + MAX_ID_CHARS))?.[0].length ?? 0);
}
