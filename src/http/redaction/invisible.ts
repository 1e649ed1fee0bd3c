/** Control characters that are no blank, format characters, and all else that is drawn as nothing. */
const INVISIBLE = /(?![\t\n\v\f\r])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** Several of them in a row, for `matchAll`. */
export const INVISIBLE_RUNS = /(?:(?![\t\n\v\f\r])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}])+/gu;

/** True for a character that nobody sees, blanks and line breaks apart. */
export function isInvisible(code: number): boolean {
  return INVISIBLE.test(String.fromCodePoint(code));
}
