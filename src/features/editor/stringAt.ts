import { MAX_ID_CHARS, type Word } from './words';

/** The content of a string literal, without its quotes. */
export interface StringLiteral extends Word {
  readonly quote: string;
  /** Opened by triple quotes: a multi-line string. */
  readonly isTriple: boolean;
}

const QUOTES: ReadonlySet<string> = new Set(['"', "'", '`']);

/** What may precede the quotes of a string: `f'…'`, `rb'…'`, `N'…'`. */
const STRING_PREFIX = /(?:^|[^\p{L}\p{N}_])(?:[frubenx]|[fbu]r|r[fb])$/iu;

/**
 * Returns the string that contains a column, up to the end of the line if it is not closed. Detected by the preceding
 * quotes in the same line, within reach. An apostrophe in a word, as in `don't`, does not begin one.
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

/** The number of quote characters that close the string here. Negative for a doubled quote, which closes nothing. */
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

/** What may precede a value: a key, a dash, a bracket, a cell separator. */
const BEFORE_VALUE = /(?:^|[:=]>?|^\s*-|[[({,;|\t])\s*$/;
const AFTER_VALUE = /^\s*(?:[,;|\t\])}#]|\/\/|$)/;

/** What names a value: `key:`, `"key" =>`, `key = "`, `function("`. */
const KEY = /([\w.$-]+)["'`\]]*\s*(?:=>|:=|[:=(])\s*\[?\s*["'`]?$/;

/** True if a word is a whole string, value, cell or line. */
export function isWholeValue(line: string, { text, start, end }: Word): boolean {
  if (stringAt(line, start)?.text === text) return true;
  const before = line.slice(Math.max(0, start - MAX_ID_CHARS), start);
  return BEFORE_VALUE.test(before) && AFTER_VALUE.test(line.slice(end, end + MAX_ID_CHARS));
}

/** The key or function of a value, such as `connection_id`, or an empty text. */
export function getKey(line: string, { start }: Word): string {
  return KEY.exec(line.slice(Math.max(0, start - MAX_ID_CHARS), start))?.[1] ?? '';
}
