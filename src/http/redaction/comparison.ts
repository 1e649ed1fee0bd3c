import { isInvisible } from './invisible';

const ASCII_FOLDED = Array.from({ length: 0x80 }, (_, code) =>
  String.fromCharCode(code).toLowerCase().replace('_', '/').replace('-', '+').charCodeAt(0),
);

/** The same for both cases of a letter, for the wide form of ASCII, and for base64 and base64url. */
export function foldCase(code: number): number {
  if (code < 0x80) return ASCII_FOLDED[code] ?? code;
  if (code >= 0xff01 && code <= 0xff5e) return foldCase(code - 0xfee0);
  const folded = String.fromCodePoint(code).toLowerCase();
  const first = folded.codePointAt(0) ?? code;
  return folded.length === String.fromCodePoint(first).length ? first : code;
}

/** True for what may stand within a secret without being part of it: line breaks, indentation, what is not drawn. */
export function isSkipped(code: number): boolean {
  if (code < 0x7f) return code <= 0x20;
  return isInvisible(code) || /\s/.test(String.fromCodePoint(code));
}
