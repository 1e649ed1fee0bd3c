import { idsWithin } from './generatedId';
import { idsAt } from './idsAt';
import { isOfIdLength, wordForm, type Word } from './word';

/** What is selected in a text; both ends are the same where nothing is. */
export interface TextSelection {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Lines of a selection that are looked at. */
const MAX_LINES = 200;

/**
 * What may be an id in a selection, in groups: the first that holds a known id is meant. A double click selects a part of
 * an id, so what surrounds both ends comes first, then the selected text without quotes around it, then what is around
 * either end, then all that is in it.
 */
export function selectedIds(
  lineAt: (line: number) => string,
  { start, end }: TextSelection,
): readonly (readonly string[])[] {
  const first = lineAt(start.line);
  const atStart = idsAt(first, start.character);
  if (start.line === end.line && start.character === end.character) return atStart.map(({ text }) => [text]);
  if (start.line !== end.line) return [[], inLines(lineAt, { start, end })];
  const selected = first.slice(start.character, end.character);
  const around = atStart.filter((word) => word.end >= end.character);
  const trimmed = selected.replaceAll(/^[\s"'`([{<,;:=]+|[\s"'`)\]}>,;:=]+$/g, '');
  return [
    ...around.map(({ text }) => [text]),
    isOfIdLength(trimmed) ? [trimmed] : [],
    inLines(lineAt, { start, end }),
    ...[...atStart, ...idsAt(first, end.character)].map(({ text }) => [text]),
  ];
}

/** Everything within a selection that may be an id. */
function inLines(lineAt: (line: number) => string, { start, end }: TextSelection): readonly string[] {
  const texts = new Set<string>();
  for (let line = start.line; line <= Math.min(end.line, start.line + MAX_LINES); line++) {
    const text = lineAt(line);
    const from = line === start.line ? start.character : 0;
    const part = text.slice(from, line === end.line ? end.character : undefined);
    for (const word of splitWords(part)) if (isOfIdLength(word.text)) texts.add(word.text);
  }
  return [...texts];
}

function* splitWords(text: string): Iterable<Word> {
  for (const { 0: word, index } of text.matchAll(wordForm))
    yield { text: word, start: index, end: index + word.length };
  yield* idsWithin(text, 0);
}
