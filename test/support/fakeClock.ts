import type { Clock } from '../../src/core/base/clock';

/** A clock that the test moves, and which counts pending timers. */
export class FakeClock implements Clock {
  readonly #timers = new Map<symbol, { readonly due: number; readonly call: () => void }>();
  #now: number;

  /** @param start in milliseconds since 1970; default: the real time, which is another for each clock. */
  constructor(start = Date.now()) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(delay: number, call: () => void): () => void {
    const key = Symbol('timer');
    this.#timers.set(key, { due: this.#now + delay, call });
    return () => {
      this.#timers.delete(key);
    };
  }

  /** The number of pending timers. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Advances time, one timer at a time. @param idle settles when the work that a timer started has ended. */
  async advance(duration: number, idle: () => Promise<void>): Promise<void> {
    const end = this.#now + duration;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      const [key, { due, call }] = next;
      this.#timers.delete(key);
      this.#now = Math.max(this.#now, due);
      call();
      await idle();
    }
    // What a timer started may have slept until later.
    this.#now = Math.max(this.#now, end);
  }

  /** Advances time without firing timers, like a machine that sleeps. */
  sleep(duration: number): void {
    this.#now += duration;
  }

  #next(end: number): [symbol, { readonly due: number; readonly call: () => void }] | undefined {
    const due = [...this.#timers].filter(([, timer]) => timer.due <= end);
    return due.toSorted(([, a], [, b]) => a.due - b.due)[0];
  }
}
