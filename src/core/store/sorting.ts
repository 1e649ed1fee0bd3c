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
