import { INVISIBLE } from '../../text/plainText';

/** Control characters that are no blank, and all else that is drawn as nothing. */
const UNSEEN = String.raw`(?:(?![\t\n\v\f\r])\p{Cc}|${INVISIBLE})`;
const ONE_UNSEEN = new RegExp(UNSEEN, 'u');

/** Several of them in a row, for `matchAll`. */
export const INVISIBLE_RUNS = new RegExp(`${UNSEEN}+`, 'gu');

/** True for a character that nobody sees, blanks and line breaks apart. */
export function isInvisible(code: number): boolean {
  return ONE_UNSEEN.test(String.fromCodePoint(code));
}
