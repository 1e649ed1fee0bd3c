import { type Word, isOfIdLength, wordAt, wordForm } from './words';
import { stringAt } from './stringAt';

const UUID = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;

/** A UUID, or so many hexadecimal digits that nobody wrote them. */
const GENERATED = new RegExp(`^(?:[a-z]{1,4}_)?(?:${UUID}|[\\da-f]{20,40})$`, 'i');

/** Base58: both cases mixed, mostly with digits, as no word is spelled. */
const BASE58 = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d|.*[a-z][A-Z].*[a-z][A-Z])[1-9A-HJ-NP-Za-km-z]{12}$/;

/** A UUID or 24 digits within other text: behind no further digit, but behind those of a percent-encoded character. */
const WITHIN = new RegExp(
  String.raw`(?:(?<![\da-f])|(?<=%[\da-f]{2}))(?:${UUID}|[\da-f]{24})(?![\da-f])`,
  'gi',
);

const ALONE = new RegExp(`^(?:[a-z]{2}_)?(?:${UUID}|[\\da-f]{24})$`, 'i');

/** The prefix of a kind, as in `dg_` and `dv_`. */
const PREFIX = /[a-z]{2}_$/i;

/**
 * True for an id that a program made, which means nothing else wherever it is. Others are chosen by people, as
 * `PUBLIC` and `us-east-1`, or counted, as `1461`.
 */
export function isGenerated(id: string): boolean {
  return GENERATED.test(id) || BASE58.test(id);
}

/** True for a word that is nothing else than what `idsWithin` finds. */
export function isIdAlone(word: string): boolean {
  return ALONE.test(word);
}

/** Hexadecimal ids are written in either case; services write them in lower case. */
export function inLowerCase(id: string): string {
  return GENERATED.test(id) ? id.toLowerCase() : id;
}

/**
 * Generated ids within other text, such as the name of a file or an encoded address, by their form alone: each with its
 * prefix first, if it has one, then without.
 * @param offset the column at which the text begins.
 */
export function* idsWithin(text: string, offset: number): Iterable<Word> {
  for (const { 0: id, index } of text.matchAll(WITHIN)) {
    const [start, end] = [offset + index, offset + index + id.length];
    const [prefix = ''] = PREFIX.exec(text.slice(0, index)) ?? [];
    if (prefix) yield { text: prefix + id, start: start - prefix.length, end };
    yield { text: id, start, end };
  }
}

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
