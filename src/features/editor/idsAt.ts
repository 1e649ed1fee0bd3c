import { idsWithin, isIdAlone } from './generatedId';
import { stringAt } from './stringAt';
import { isOfIdLength, wordAt, type Word } from './word';

/** Characters on either side of a column in which an id within other text is looked for. */
const WINDOW = 48;

/**
 * What may be an id at a column, the likeliest first: the word there, a generated id that is glued to other text, and the
 * whole of the string around it, for ids may hold blanks and dots.
 */
export function idsAt(line: string, column: number): readonly Word[] {
  const [word, string] = [wordAt(line, column), stringAt(line, column)];
  const from = Math.max(0, column - WINDOW);
  const within = word && isIdAlone(word.text) ? [] : idsWithin(line.slice(from, column + WINDOW), from);
  const glued = [...within].filter(({ start, end }) => start <= column && column <= end);
  const candidates = [...(word ? [word] : []), ...glued, ...(string ? [string] : [])];
  const isFirst = ({ text }: Word, at: number): boolean =>
    candidates.findIndex((other) => other.text === text) === at;
  return candidates.filter((each, at) => isOfIdLength(each.text) && isFirst(each, at));
}
