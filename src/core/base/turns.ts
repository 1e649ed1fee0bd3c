import { setImmediate } from 'node:timers/promises';
import { abortError, abortReason } from './abort';

/** Milliseconds of work per time slice. */
const SLICE_MS = 5;

/**
 * Schedules time slices of long work: all work that shares an instance runs at most one slice per turn of the event
 * loop. In between, the extension host can do other work, for this extension and others.
 */
export class Turns {
  readonly sliceMs: number;
  #last: Promise<void> = Promise.resolve();

  /** @param sliceMs milliseconds of work per turn. */
  constructor(sliceMs = SLICE_MS) {
    this.sliceMs = sliceMs;
  }

  /** Resolves in the next free turn. */
  next(): Promise<void> {
    this.#last = this.#last.then(() => setImmediate());
    return this.#last;
  }
}

/** Makes asynchronous work yield to the event loop after each time slice: awaiting promises does not. */
export class Slices {
  #end: number;

  constructor(private readonly turns = new Turns()) {
    this.#end = performance.now() + turns.sliceMs;
  }

  /** Resolves at once within a time slice, and in the next free turn after it. */
  async next(): Promise<void> {
    if (performance.now() < this.#end) return;
    await this.turns.next();
    this.#end = performance.now() + this.turns.sliceMs;
  }
}

/**
 * Runs a generator in time slices, which share turns with other work.
 * @param turns absent if there is no concurrent work.
 * @throws what the work throws, and the signal's reason between two slices.
 */
export async function inTurns<Result>(
  work: Generator<void, Result>,
  turns = new Turns(),
  signal?: AbortSignal,
): Promise<Result> {
  const done = await sliced(work, turns, () => signal?.aborted ?? false);
  if (done) return done.result;
  throw signal ? abortReason(signal) : abortError();
}

/**
 * Runs a generator in time slices.
 * @param isCancelled checked between slices.
 * @returns the result of the work; undefined if it was canceled.
 * @throws what the work throws.
 */
export async function inSlices<Result>(
  work: Generator<void, Result>,
  isCancelled: () => boolean,
): Promise<Result | undefined> {
  return (await sliced(work, new Turns(), isCancelled))?.result;
}

/** Like `Array.filter`, in time slices. */
export function filterInTurns<Item>(
  items: Iterable<Item>,
  isWanted: (item: Item) => boolean,
  turns = new Turns(),
): Promise<readonly Item[]> {
  return inTurns(filtering(items, isWanted), turns);
}

function* filtering<Item>(
  items: Iterable<Item>,
  isWanted: (item: Item) => boolean,
): Generator<void, readonly Item[]> {
  const wanted: Item[] = [];
  for (const item of items) {
    if (isWanted(item)) wanted.push(item);
    yield;
  }
  return wanted;
}

/** Runs a generator to its end, synchronously. */
export function atOnce<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

async function sliced<Result>(
  work: Generator<void, Result>,
  turns: Turns,
  isCancelled: () => boolean,
): Promise<{ readonly result: Result } | undefined> {
  let end = performance.now() + turns.sliceMs;
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return { result: value };
    if (performance.now() < end) continue;
    await turns.next();
    if (isCancelled()) return undefined;
    end = performance.now() + turns.sliceMs;
  }
}
