import { stringAt } from './stringAt';
import { MAX_ID_CHARS, type Word } from './word';

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
