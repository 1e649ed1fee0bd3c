import { setImmediate } from 'node:timers/promises';
import { abortError, abortReason } from './abort';

/** Milliseconds of work at a time. */
const SLICE_MS = 5;

/**
 * Turns of the event loop, handed out one after the other: of all work that shares them, one slice is done in each. Between
 * two turns the extension host does what else there is to do, for this extension and the others.
 */
export class Turns {
  readonly sliceMs: number;
  #last: Promise<void> = Promise.resolve();

  /** @param sliceMs milliseconds of work in a turn. */
  constructor(sliceMs = SLICE_MS) {
    this.sliceMs = sliceMs;
  }

  /** Settles with the next turn that is free. */
  next(): Promise<void> {
    this.#last = this.#last.then(() => setImmediate());
    return this.#last;
  }
}

/** Has work that is asynchronous anyway give way whenever it has lasted a slice: what awaits nothing but promises does not. */
export class Slices {
  #end: number;

  constructor(private readonly turns = new Turns()) {
    this.#end = performance.now() + turns.sliceMs;
  }

  /** Settles at once while a slice lasts, and with the next turn that is free when it is over. */
  async next(): Promise<void> {
    if (performance.now() < this.#end) return;
    await this.turns.next();
    this.#end = performance.now() + this.turns.sliceMs;
  }
}

/**
 * Does work that yields now and then, in slices that share turns with other work.
 * @param turns absent where there is no other work at the same time.
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
 * Does work that yields now and then, in slices.
 * @param isCancelled asked between slices.
 * @returns what the work returns; undefined where it was cancelled.
 * @throws what the work throws.
 */
export async function inSlices<Result>(
  work: Generator<void, Result>,
  isCancelled: () => boolean,
): Promise<Result | undefined> {
  return (await sliced(work, new Turns(), isCancelled))?.result;
}

/** The ones of very many that are wanted, in their order, looked for in slices. */
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

/** Does work that yields now and then, all at once. */
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
