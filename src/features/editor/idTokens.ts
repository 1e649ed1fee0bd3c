import { type Word, isOfIdLength, MAX_ID_CHARS, wordAt, WORD_PATTERN } from './words';
import { stringAt } from './stringAt';

const UUID = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;

/** A UUID, or more hexadecimal digits than a person would write. */
const GENERATED = new RegExp(`^(?:[a-z]{1,4}_)?(?:${UUID}|[\\da-f]{20,40})$`, 'i');

/** Base58: mixed case and usually digits, unlike any word. */
const BASE58 = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d|.*[a-z][A-Z].*[a-z][A-Z])[1-9A-HJ-NP-Za-km-z]{12}$/;

/**
 * A UUID or 24 hexadecimal digits within other text: not preceded by another digit, except those of a percent-encoded
 * character.
 */
const WITHIN = new RegExp(
  String.raw`(?:(?<![\da-f])|(?<=%[\da-f]{2}))(?:${UUID}|[\da-f]{24})(?![\da-f])`,
  'gi',
);

const EXACT_ID = new RegExp(`^(?:[a-z]{2}_)?(?:${UUID}|[\\da-f]{24})$`, 'i');

/** A kind prefix, such as `dg_` and `dv_`. */
const PREFIX = /[a-z]{2}_$/i;

/**
 * True for generated IDs, which mean the same wherever they are. Other IDs are chosen by people, such as `PUBLIC` and
 * `us-east-1`, or counted, such as `1461`.
 */
export function isGenerated(id: string): boolean {
  return GENERATED.test(id) || BASE58.test(id);
}

/** A word that says what an ID is of, and its name: `variables/page`. */
const QUALIFIED = /^[a-z]\w*\/[^\s/][^\s]*$/i;

/**
 * True for IDs that say what they are of, such as `variables/page`: no ordinary words, but a path of files may look like
 * one.
 */
export function isQualified(id: string): boolean {
  return QUALIFIED.test(id);
}

/** True for a word that is exactly what `idsWithin` finds. */
function isExactId(word: string): boolean {
  return EXACT_ID.test(word);
}

/** Hexadecimal IDs may be written in either case. Services use lower case. */
export function inLowerCase(id: string): string {
  return GENERATED.test(id) ? id.toLowerCase() : id;
}

/**
 * Finds generated IDs within other text, such as a file name or an encoded URL, by their form only: each first with its
 * prefix, if it has one, then without.
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

/** Characters on either side of a column that are searched for an ID within other text. */
const WINDOW = 48;

/**
 * Returns what may be an ID at a column, the most likely first: the word there, a generated ID that is glued to other
 * text, and the whole string around it, because IDs may contain blanks and dots; or what looks like `variables/page`.
 */
export function idsAt(line: string, column: number): readonly Word[] {
  const [word, string] = [wordAt(line, column), stringAt(line, column)];
  const from = Math.max(0, column - WINDOW);
  const within = word && isExactId(word.text) ? [] : idsWithin(line.slice(from, column + WINDOW), from);
  const glued = [...within].filter(({ start, end }) => start <= column && column <= end);
  const candidates = [
    ...(word ? [word] : []),
    ...glued,
    ...(string ? [string] : []),
    ...qualifiedAt(line, column),
  ];
  const isFirst = ({ text }: Word, at: number): boolean =>
    candidates.findIndex((other) => other.text === text) === at;
  return candidates.filter((each, at) => isOfIdLength(each.text) && isFirst(each, at));
}

/** An ID as `isQualified` recognizes it, of the characters that it has without quotes. */
const QUALIFIED_WITHIN = /[a-z]\w*\/[\w./-]*\w/gi;

function qualifiedAt(line: string, column: number): readonly Word[] {
  const from = Math.max(0, column - MAX_ID_CHARS);
  const near = line.slice(from, column + MAX_ID_CHARS);
  return [...near.matchAll(QUALIFIED_WITHIN)]
    .map(({ 0: text, index }) => ({ text, start: from + index, end: from + index + text.length }))
    .filter(({ start, end }) => start <= column && column <= end);
}

/** A selection. Both ends are equal if it is empty. */
export interface TextSelection {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Lines of a selection that are searched. */
const MAX_LINES = 200;

/**
 * Returns what may be an ID in a selection, in groups: the first group with a known ID applies. A double click selects
 * a part of an ID, so what surrounds both ends comes first, then the selected text without quotes, then everything in
 * the selection, then what is around either end.
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

/** Everything in a selection that may be an ID. */
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
  for (const { 0: word, index } of text.matchAll(WORD_PATTERN))
    yield { text: word, start: index, end: index + word.length };
  yield* idsWithin(text, 0);
}

/** By default, VS Code renders this number of characters of a line (`editor.stopRenderingLineAfter`). */
const MAX_DRAWN = 10_000;

/** Maximum number of hints at a time. */
const MAX_HINTS = 500;

/** The shortest word that can contain a generated ID and something else. */
const MIN_GLUED_LENGTH = 25;

/** What to show, after which column of which line. */
export interface Hint {
  readonly line: number;
  readonly column: number;
  readonly id: string;
}

/**
 * Finds the IDs in some lines of a document, by one regular expression over their visible part.
 * @param isKnown true for IDs that have something to show. Also gets the visible part of the line and its number.
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
    for (const { 0: found, index } of text.matchAll(WORD_PATTERN)) {
      if (!isOfIdLength(found)) continue;
      const known = findKnown({ text: found, start: index, end: index + found.length }, text, (word) =>
        isKnown(word, text, line),
      );
      if (known) hints.push({ line, column: known.end, id: known.text });
      if (hints.length === MAX_HINTS) return hints;
    }
  }
  return hints;
}

/** The word, or an ID within it that is glued to other text. */
function findKnown(word: Word, line: string, isKnown: (word: Word) => boolean): Word | undefined {
  if (isKnown(word)) return word;
  if (word.text.length < MIN_GLUED_LENGTH) return undefined;
  // Includes a percent sign in front, as in `%22dv_…`.
  const from = Math.max(0, word.start - 1);
  return [...idsWithin(line.slice(from, word.end), from)].find(isKnown);
}
