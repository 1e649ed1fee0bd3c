/** Number of items that are sorted or merged between two yields. */
const STEP_ITEMS = 500;

/** Like `toSorted`, and also stable. A generator for `inTurns`. */
export function* sortedInSteps<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<void, readonly T[]> {
  let runs: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += STEP_ITEMS) {
    runs.push(items.slice(at, at + STEP_ITEMS).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(yield* mergedInSteps(runs[at] ?? [], runs[at + 1] ?? [], compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

/** Merges two sorted lists. Of equal items, those of the first list come first. A generator for `inTurns`. */
export function* mergedInSteps<T>(
  first: readonly T[],
  second: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<void, readonly T[]> {
  const merged: T[] = [];
  let at = 0;
  for (const item of first) {
    for (let next = second[at]; next !== undefined && compare(next, item) < 0; next = second[at]) {
      merged.push(next);
      at += 1;
      if (merged.length % STEP_ITEMS === 0) yield;
    }
    merged.push(item);
    if (merged.length % STEP_ITEMS === 0) yield;
  }
  return merged.concat(second.slice(at));
}

/**
 * Like `mergedInSteps`, for a few items that are inserted into many: compares each of them only. A generator for
 * `inTurns`.
 */
export function* insertedInSteps<T>(
  many: readonly T[],
  few: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<void, readonly T[]> {
  const merged: T[] = [];
  let at = 0;
  for (const item of few) {
    const next = behind(many, item, at, compare);
    for (const one of many.slice(at, next)) merged.push(one);
    merged.push(item);
    at = next;
    yield;
  }
  return merged.concat(many.slice(at));
}

/** The index behind all items of a sorted list that do not come after one, at `from` or later. */
function behind<T>(sorted: readonly T[], item: T, from: number, compare: (a: T, b: T) => number): number {
  let [start, end] = [from, sorted.length];
  while (start < end) {
    const middle = Math.floor((start + end) / 2);
    const other = sorted[middle];
    if (other !== undefined && compare(other, item) > 0) end = middle;
    else start = middle + 1;
  }
  return start;
}
