/** The purpose of a drawn number, so that equal positions yield different values. */
export type Purpose =
  | 'connection'
  | 'dataset'
  | 'backfill'
  | 'dataView'
  | 'schema'
  | 'user'
  | 'date'
  | 'choice'
  | 'dataObject'
  | 'task'
  | 'run';

const salts: Readonly<Record<Purpose, number>> = {
  connection: 0x1b873593,
  dataset: 0xcc9e2d51,
  backfill: 0x38b34ae5,
  dataView: 0xa1e38b93,
  schema: 0x52dce729,
  user: 0x7feb352d,
  date: 0x846ca68b,
  choice: 0x2c1b3c6d,
  dataObject: 0x297a2d39,
  task: 0x68bc21eb,
  run: 0x02e5be93,
};

/** A deterministic whole number below 2^32, which only depends on the arguments. */
export function draw(seed: number, purpose: Purpose, ...position: readonly number[]): number {
  let hash = Math.imul(seed, 0x9e3779b1) ^ salts[purpose];
  for (const part of position) {
    hash = Math.imul(hash ^ part, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** Hexadecimal digits, drawn likewise. `length` is a multiple of 8. */
export function drawHex(
  length: number,
  seed: number,
  purpose: Purpose,
  ...position: readonly number[]
): string {
  let hex = '';
  for (let part = 0; hex.length < length; part++) {
    hex += draw(seed, purpose, ...position, part)
      .toString(16)
      .padStart(8, '0');
  }
  return hex;
}

/** A UUID of version 4, drawn likewise. */
export function drawUuid(seed: number, purpose: Purpose, ...position: readonly number[]): string {
  const hex = drawHex(32, seed, purpose, ...position);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The item at an index of an infinitely repeated list. */
export function cycle<Item>(items: readonly [Item, ...Item[]], place: number): Item {
  return items[place % items.length] ?? items[0];
}
