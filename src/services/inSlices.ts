import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work at a time. */
const slice = 5;

/**
 * Does work that yields now and then, in slices: between two of them the extension host does what else there is to do,
 * for this extension and the others.
 * @param isCancelled asked between slices.
 * @returns what the work returns; undefined where it was cancelled.
 * @throws what the work throws.
 */
export async function inSlices<Result>(
  work: Generator<void, Result>,
  isCancelled: () => boolean,
): Promise<Result | undefined> {
  let end = performance.now() + slice;
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    if (performance.now() < end) continue;
    await setImmediate();
    if (isCancelled()) return undefined;
    end = performance.now() + slice;
  }
}
