import { INVISIBLE } from '../../shared/plainText';

/** A decoded character: its code point, and where the next one starts. */
export interface Character {
  /** Negative after the end of the text. */
  readonly code: number;
  readonly end: number;
}

/** Reads the character at a position. */
type ReadCharacter = (at: number) => Character;

const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const AMPERSAND = 0x26;

/** Single-letter backslash escapes of JSON and most languages. */
const CONTROLS: ReadonlyMap<string, string> = new Map(
  Object.entries({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', a: '\x07', e: '\x1b', 0: '\0' }),
);

/** Named HTML character references for ASCII characters and spaces, in lower case. */
const NAMED_REFERENCES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', tab: '\t', newline: '\n' },
    ...{ excl: '!', num: '#', dollar: '$', percnt: '%', lpar: '(', rpar: ')', ast: '*', midast: '*' },
    ...{ plus: '+', comma: ',', period: '.', sol: '/', colon: ':', semi: ';', equals: '=', quest: '?' },
    ...{ commat: '@', lsqb: '[', lbrack: '[', bsol: '\\', rsqb: ']', rbrack: ']', hat: '^' },
    ...{ lowbar: '_', underbar: '_', grave: '`', lcub: '{', lbrace: '{', rcub: '}', rbrace: '}' },
    ...{ verbar: '|', vert: '|', hyphen: '-', dash: '-', minus: '-', tilde: '~', shy: '\u00ad' },
    ...{ zwj: '\u200d', zwnj: '\u200c', ensp: ' ', emsp: ' ', thinsp: ' ' },
  }),
);

const MAX_REFERENCE_CHARS = 12;

/** True for the first character of every escape, however often it was escaped. */
export function isEscapeLead(code: number): boolean {
  return code === BACKSLASH || code === PERCENT || code === AMPERSAND;
}

/**
 * Reads the character at a position, decoded up to `depth` times: percent-encoding, escapes of JSON and programming
 * languages, and HTML character references, in any order. The limit bounds the cost of `%255C%2575` and so on.
 */
export function readCharacter(text: string, at: number, depth: number): Character {
  const raw = readRaw(text, at);
  if (depth === 0 || !isEscapeLead(raw.code)) return raw;
  const lead = readCharacter(text, at, depth - 1);
  return readEscape(lead, (next) => readCharacter(text, next, depth - 1)) ?? lead;
}

function readRaw(text: string, at: number): Character {
  const code = text.codePointAt(at) ?? -1;
  return { code, end: at + (code > 0xffff ? 2 : 1) };
}

function readEscape({ code, end }: Character, read: ReadCharacter): Character | undefined {
  switch (code) {
    case PERCENT:
      return readPercent(end, read);
    case BACKSLASH:
      return readBackslash(end, read);
    case AMPERSAND:
      return readReference(end, read);
    default:
      return undefined;
  }
}

/** `%41`, `%C3%A9` as UTF-8, and `%u0041` of the old `escape()`. */
function readPercent(at: number, read: ReadCharacter): Character | undefined {
  const first = read(at);
  if (letter(first) === 'u') return readHex(first.end, 4, read);
  const byte = readHex(at, 2, read);
  return byte && byte.code >= 0xc0 ? (readUtf8(byte, read) ?? byte) : byte;
}

function readUtf8(first: Character, read: ReadCharacter): Character | undefined {
  const count = first.code >= 0xf0 ? 3 : first.code >= 0xe0 ? 2 : 1;
  let { code, end } = { code: first.code & (0x3f >> count), end: first.end };
  for (let index = 0; index < count; index++) {
    const lead = read(end);
    const byte = lead.code === PERCENT ? readHex(lead.end, 2, read) : undefined;
    if (byte === undefined || byte.code >> 6 !== 2) return undefined;
    code = (code << 6) | (byte.code & 0x3f);
    end = byte.end;
  }
  return character(code, end);
}

/** `\"`, `\/`, `\n`, `\u0041`, `\u{41}` and `\x41`. */
function readBackslash(at: number, read: ReadCharacter): Character | undefined {
  const next = read(at);
  const written = letter(next);
  if (written === 'u') return readUnicode(next.end, read);
  if (written === 'x') return readHex(next.end, 2, read);
  const control = CONTROLS.get(written);
  if (control !== undefined) return { code: control.charCodeAt(0), end: next.end };
  return /[!-/:-@[-`{-~]/.test(written) ? next : undefined;
}

function readUnicode(at: number, read: ReadCharacter): Character | undefined {
  const first = read(at);
  if (letter(first) === '{') return readDigits(first.end, 16, '}', read);
  const unit = readHex(at, 4, read);
  if (unit === undefined || unit.code >> 10 !== 0x36) return unit;
  const lead = read(unit.end);
  const mark = lead.code === BACKSLASH ? read(lead.end) : undefined;
  const low = mark && letter(mark) === 'u' ? readHex(mark.end, 4, read) : undefined;
  if (low === undefined || low.code >> 10 !== 0x37) return unit;
  return { code: ((unit.code & 0x3ff) << 10) + (low.code & 0x3ff) + 0x10000, end: low.end };
}

/** `&#65;`, `&#x41;`, both also without the semicolon, and `&amp;`. */
function readReference(at: number, read: ReadCharacter): Character | undefined {
  const first = read(at);
  if (letter(first) !== '#') return readNamed(at, read);
  const next = read(first.end);
  const number =
    letter(next).toLowerCase() === 'x'
      ? readDigits(next.end, 16, '', read)
      : readDigits(first.end, 10, '', read);
  if (number === undefined) return undefined;
  const last = read(number.end);
  return letter(last) === ';' ? { code: number.code, end: last.end } : number;
}

function readNamed(at: number, read: ReadCharacter): Character | undefined {
  let [name, next] = ['', read(at)];
  while (name.length < MAX_REFERENCE_CHARS && /[a-z]/i.test(letter(next))) {
    name += letter(next);
    next = read(next.end);
  }
  const named = NAMED_REFERENCES.get(name.toLowerCase());
  return named !== undefined && letter(next) === ';'
    ? { code: named.charCodeAt(0), end: next.end }
    : undefined;
}

/** Exactly `count` hexadecimal digits as a number. */
function readHex(at: number, count: number, read: ReadCharacter): Character | undefined {
  let [code, end] = [0, at];
  for (let index = 0; index < count; index++) {
    const digit = read(end);
    const value = Number.parseInt(letter(digit), 16);
    if (Number.isNaN(value)) return undefined;
    code = code * 16 + value;
    end = digit.end;
  }
  return { code, end };
}

/** At most eight digits as a number. @param last the required terminator, which is read too; empty if there is none. */
function readDigits(at: number, base: 10 | 16, last: string, read: ReadCharacter): Character | undefined {
  let [code, end, next] = [0, at, read(at)];
  for (let count = 0; count < 8; count++) {
    const value = Number.parseInt(letter(next), base);
    if (Number.isNaN(value)) break;
    code = code * base + value;
    end = next.end;
    next = read(end);
  }
  if (end === at || (last !== '' && letter(next) !== last)) return undefined;
  return character(code, last === '' ? end : next.end);
}

function character(code: number, end: number): Character | undefined {
  return code <= 0x10ffff ? { code, end } : undefined;
}

/** The character as text if it is ASCII; empty for others, which are not used in escapes. */
function letter({ code }: Character): string {
  return code >= 0 && code < 0x80 ? String.fromCharCode(code) : '';
}

/** Control characters other than whitespace, and everything else that is not visible. */
const UNSEEN = String.raw`(?:(?![\t\n\v\f\r])\p{Cc}|${INVISIBLE})`;
const ONE_UNSEEN = new RegExp(UNSEEN, 'u');

/** Runs of them, for `matchAll`. */
export const INVISIBLE_RUNS = new RegExp(`${UNSEEN}+`, 'gu');

/** True for an invisible character other than spaces and line breaks. */
export function isInvisible(code: number): boolean {
  return ONE_UNSEEN.test(String.fromCodePoint(code));
}

/** The words of a text or of a name in camelCase, snake_case or kebab-case, in lower case. Digits are not words. */
export function splitWords(text: string): readonly string[] {
  const words = text.normalize('NFKC').match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+/gu) ?? [];
  return words.map((word) => word.toLowerCase());
}

const ASCII_FOLDED = Array.from({ length: 0x80 }, (_, code) =>
  String.fromCharCode(code).toLowerCase().replace('_', '/').replace('-', '+').charCodeAt(0),
);

/** The same result for both cases of a letter, for full-width ASCII, and for base64 and base64url. */
export function foldCase(code: number): number {
  if (code < 0x80) return ASCII_FOLDED[code] ?? code;
  if (code >= 0xff01 && code <= 0xff5e) return foldCase(code - 0xfee0);
  const folded = String.fromCodePoint(code).toLowerCase();
  const first = folded.codePointAt(0) ?? code;
  return folded.length === String.fromCodePoint(first).length ? first : code;
}

/** True for what may be inside a secret without being part of it: line breaks, indentation, invisible characters. */
export function isSkipped(code: number): boolean {
  if (code < 0x7f) return code <= 0x20;
  return isInvisible(code) || /\s/.test(String.fromCodePoint(code));
}
