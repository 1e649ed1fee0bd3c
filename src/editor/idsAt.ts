import { stringAt } from './stringAt';
import { isDistinctive, wordAt, type Word } from './word';

/**
 * What may be an id at a column: the word there, and the whole of the string around it, for ids may hold blanks and
 * dots. At most two.
 */
export function idsAt(line: string, column: number): readonly Word[] {
  const [word, string] = [wordAt(line, column), stringAt(line, column)];
  const whole = string && string.text !== word?.text ? [string] : [];
  return [...(word ? [word] : []), ...whole].filter(({ text }) => isDistinctive(text));
}
