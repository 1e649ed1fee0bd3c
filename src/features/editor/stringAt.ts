import { MAX_ID_CHARS, type Word } from './words';

/** The content of a string literal, without its quotes. */
export interface StringLiteral extends Word {
  readonly quote: string;
  /** Opened by three quotes: a text of several lines. */
  readonly isTriple: boolean;
}

const QUOTES: ReadonlySet<string> = new Set(['"', "'", '`']);

/** What may stand directly in front of the quotes of a string: `f'…'`, `rb'…'`, `N'…'`. */
const STRING_PREFIX = /(?:^|[^\p{L}\p{N}_])(?:[frubenx]|[fbu]r|r[fb])$/iu;

/**
 * The string that contains a column, up to the end of the line if it is not closed. Known by the quotes before it in the
 * same line, as far as they are in reach. An apostrophe in a word, as in `don't`, begins none.
 */
export function stringAt(line: string, column: number): StringLiteral | undefined {
  const from = Math.max(0, column - MAX_ID_CHARS);
  let open: { readonly quote: string; readonly start: number; readonly isTriple: boolean } | undefined;
  for (let at = from; at < column; at++) {
    const character = line.charAt(at);
    if (character === '\\') at++;
    else if (open) {
      const length = closing(line, at, open);
      if (length > 0) open = undefined;
      at += Math.abs(length || 1) - 1;
    } else if (opens(line, at)) {
      const isTriple = line.startsWith(character.repeat(3), at);
      open = { quote: character, start: at + (isTriple ? 3 : 1), isTriple };
      at = open.start - 1;
    }
  }
  if (!open || column < open.start) return undefined;
  const end = findEnd(line, column, open.quote);
  return { text: line.slice(open.start, end), end, ...open };
}

function opens(line: string, at: number): boolean {
  const quote = line.charAt(at);
  if (!QUOTES.has(quote)) return false;
  const before = line.slice(Math.max(0, at - 3), at);
  return quote !== "'" || !/[\p{L}\p{N}]$/u.test(before) || STRING_PREFIX.test(before);
}

/** Characters of the quote that closes the string here; below zero for a doubled quote, which closes nothing. */
function closing(
  line: string,
  at: number,
  { quote, start, isTriple }: { readonly quote: string; readonly start: number; readonly isTriple: boolean },
): number {
  if (line.charAt(at) !== quote) return 0;
  if (isTriple) return line.startsWith(quote.repeat(3), at) ? 3 : 0;
  return at > start && line.charAt(at + 1) === quote ? -2 : 1;
}

function findEnd(line: string, column: number, quote: string): number {
  const limit = Math.min(line.length, column + MAX_ID_CHARS);
  for (let at = column; at < limit; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === quote) return at;
  }
  return limit;
}

/** In front of a value: a key, a dash, a bracket, a cell. */
const BEFORE_VALUE = /(?:^|[:=]>?|^\s*-|[[({,;|\t])\s*$/;
const AFTER_VALUE = /^\s*(?:[,;|\t\])}#]|\/\/|$)/;

/** What names a value: `key:`, `"key" =>`, `key = "`, `function("`. */
const KEY = /([\w.$-]+)["'`\]]*\s*(?:=>|:=|[:=(])\s*\[?\s*["'`]?$/;

/** True if a word is the whole of a string, of a value, of a cell or of its line. */
export function isWholeValue(line: string, { text, start, end }: Word): boolean {
  if (stringAt(line, start)?.text === text) return true;
  const before = line.slice(Math.max(0, start - MAX_ID_CHARS), start);
  return BEFORE_VALUE.test(before) && AFTER_VALUE.test(line.slice(end, end + MAX_ID_CHARS));
}

/** What names the value that a word is, such as `connection_id`; empty if nothing does. */
export function getKey(line: string, { start }: Word): string {
  return KEY.exec(line.slice(Math.max(0, start - MAX_ID_CHARS), start))?.[1] ?? '';
}
