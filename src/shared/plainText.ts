/** Enough for a row, a column or a line of a message. */
const MAX_LENGTH = 200;

/** Marks on one letter. Every script in use needs fewer; more of them only cover neighbouring lines. */
const MAX_MARKS = 8;

/** Characters that are rendered as nothing or a blank although Unicode does not classify them as ignorable. */
const BLANK_SYMBOLS = String.raw`\u2800\uFFFC\u{13441}\u{13442}\u{1D159}`;
const BLANK_MARK = String.raw`\u{16FE4}`;

/**
 * All invisible characters except line breaks and other controls: format characters, bidirectional controls, tags,
 * fillers, variation selectors, joiners, and noncharacters. For use in a pattern with the flag `u`.
 */
export const INVISIBLE = String.raw`(?:[\p{Cf}\p{DI}\p{Noncharacter_Code_Point}${BLANK_SYMBOLS}]|${BLANK_MARK})`;

/** Scripts whose letters change their form, or are bound together, by a joiner between them. */
const JOINING_SCRIPTS = [
  ...['Arab', 'Syrc', 'Mand', 'Mong', 'Nkoo', 'Phag', 'Adlm', 'Rohg'],
  ...['Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh'],
  ...['Tibt', 'Mymr', 'Khmr', 'Bali', 'Java', 'Newa', 'Tirh', 'Gran'],
];
const JOINED_LETTER = `(?=[\\p{L}\\p{M}])[${JOINING_SCRIPTS.map((script) => `\\p{scx=${script}}`).join('')}]`;
const JOINER_IN_WORD = String.raw`(?<=${JOINED_LETTER})[\u200C\u200D](?=${JOINED_LETTER})`;

const EMOJI = String.raw`\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\uFE0E)?`;
const EMOJI_SEQUENCE = String.raw`${EMOJI}(?:\u200D${EMOJI})*`;
const KEYCAP = String.raw`[0-9#*]\uFE0F\u20E3`;

/** England, Scotland, Wales: the flags of tags that are in use. Any others could carry hidden text. */
const FLAG = ['gbeng', 'gbsct', 'gbwls']
  .map((region) => [0x1f3f4, ...Array.from(region, toTagCharacter), 0xe007f])
  .map((points) => points.map((point) => `\\u{${point.toString(16)}}`).join(''))
  .join('|');

const VISIBLE_SEQUENCE = `${FLAG}|${EMOJI_SEQUENCE}|${KEYCAP}|${JOINER_IN_WORD}`;
const BREAKS = String.raw`[\p{Cc}\p{Zl}\p{Zp}]+|(?! )\p{Zs}`;

const UNCLEAN = new RegExp(`(${VISIBLE_SEQUENCE})|(${BREAKS})|${INVISIBLE}+`, 'gu');
const PILED_MARKS = new RegExp(String.raw`(\p{M}{${MAX_MARKS}})\p{M}+`, 'gu');
const INVISIBLE_END = new RegExp(`${INVISIBLE}+$`, 'u');

/** An invisible character, except joiners and variation selectors, which emoji and some scripts need. */
export const HIDDEN_CHARACTER = new RegExp(String.raw`(?!\u200C|\u200D|\uFE0E|\uFE0F)${INVISIBLE}`, 'u');

const SPECIAL_BLANK = /^\p{Zs}$/u;

/** Texts without any of these, which most are: printable ASCII, Latin and Cyrillic letters, dashes and quotes, CJK. */
const PLAIN =
  /^[ -~\u00A1-\u00AC\u00AE-\u024F\u0400-\u0482\u048A-\u052F\u2010-\u2027\u3041-\u3096\u30A1-\u30FA\u4E00-\u9FFF\uAC00-\uD7A3]*$/;

/**
 * Returns the text as one line of visible characters only, so that what a person sees is what is copied and what a
 * language model reads. Does not truncate.
 *
 * Line breaks, controls and special blanks become blanks; invisible characters are removed, except joiners that shape
 * letters and emoji; stacked marks are limited; lone surrogates become U+FFFD.
 */
export function cleanLine(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  return text
    .toWellFormed()
    .replace(
      UNCLEAN,
      (_, visible: string | undefined, breaks: string | undefined) =>
        visible ?? (breaks === undefined ? '' : ' '),
    )
    .replace(PILED_MARKS, '$1')
    .trim();
}

/** True for a single line of visible characters only, such as an ID should be. */
export function isLine(text: string): boolean {
  if (PLAIN.test(text)) return true;
  if (!text.isWellFormed()) return false;
  return [...text.matchAll(UNCLEAN)].every(
    ([, visible, breaks]) => visible !== undefined || (breaks !== undefined && SPECIAL_BLANK.test(breaks)),
  );
}

/**
 * The ID as one line: unchanged, including blanks at its ends, unless it contains invisible or control characters.
 * @returns the line, and whether it is the exact ID.
 */
export function idLine(id: string): { readonly line: string; readonly exact: boolean } {
  return isLine(id) ? { line: id, exact: true } : { line: cleanLine(id), exact: false };
}

/** As `cleanLine`. @param limit the greatest length; longer text ends in an ellipsis. */
export function plainText(text: string, limit = MAX_LENGTH): string {
  const line = cleanLine(text);
  if (line.length <= limit) return line;
  // An emoji that is cut in two would leave its joiner.
  const beginning = line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${beginning.replace(INVISIBLE_END, '')}…`;
}

/** The tag character of an ASCII one. */
function toTagCharacter(character: string): number {
  return 0xe0000 + (character.codePointAt(0) ?? 0);
}

/** True if a person typed the name of an account as it is shown. Blanks are ignored, because some shown blanks are not in the name. */
export function isSameName(typed: string, name: string): boolean {
  const [one, other] = [typed, name].map((text) => cleanLine(text).replaceAll(/\s/g, ''));
  return one !== '' && one === other;
}
