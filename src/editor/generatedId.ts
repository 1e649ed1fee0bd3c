/** A UUID, or so many hexadecimal digits that nobody wrote them. */
const RANDOM = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{20,40}`;

const GENERATED = new RegExp(`^(?:[a-z]{1,4}_)?(?:${RANDOM})$`, 'i');

/** Base58: both cases mixed, mostly with digits, as no word is spelled. */
const BASE58 = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d|.*[a-z][A-Z].*[a-z][A-Z])[1-9A-HJ-NP-Za-km-z]{12}$/;

/**
 * True for an id that a program made, which means nothing else wherever it is. Others are chosen by people, as
 * `PUBLIC` and `us-east-1`, or counted, as `1461`.
 */
export function isGenerated(id: string): boolean {
  return GENERATED.test(id) || BASE58.test(id);
}
