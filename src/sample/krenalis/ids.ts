import { draw, type Purpose } from '../common/random';
import type { ResolvedOptions } from '../common/options';

/** An ID in JSON: an integer before v0.40, Base58 since. */
export type Id = string | number;

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Base58 characters, drawn from the arguments. */
export function drawBase58(
  length: number,
  seed: number,
  purpose: Purpose,
  ...position: readonly number[]
): string {
  const characters = Array.from({ length }, (_, place) =>
    alphabet.charAt(draw(seed, purpose, ...position, place) % alphabet.length),
  );
  return characters.join('');
}

/** An ID in the format of the version, drawn likewise. */
export function drawId(options: ResolvedOptions, purpose: Purpose, ...position: readonly number[]): Id {
  return isOld(options)
    ? 1 + (draw(options.seed, purpose, ...position) % 2_000_000_000)
    : drawBase58(12, options.seed, purpose, ...position);
}

/** True if a text in a path could be an ID of the version. */
export function isId(options: ResolvedOptions, text: string): boolean {
  return isOld(options) ? /^[1-9]\d{0,9}$/.test(text) : /^[1-9A-HJ-NP-Za-km-z]{12}$/.test(text);
}

/** True for the last version with integer IDs. */
export function isOld({ krenalisVersion }: ResolvedOptions): boolean {
  return krenalisVersion === 'v0.39';
}
