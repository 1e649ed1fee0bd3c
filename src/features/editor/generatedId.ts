import type { Word } from './word';

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
