import type { Clock } from '../../src/core/base/clock';

/** A clock that moves when the test says so, and tells how many timers wait. */
export class FakeClock implements Clock {
  readonly #timers = new Map<symbol, { readonly due: number; readonly call: () => void }>();
  #now = Date.now();

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

  /** How many timers wait. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Lets time pass, one timer after the other. @param idle settles when what a timer began is over. */
  async advance(duration: number, idle: () => Promise<void>): Promise<void> {
    const end = this.#now + duration;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      const [key, { due, call }] = next;
      this.#timers.delete(key);
      this.#now = Math.max(this.#now, due);
      call();
      await idle();
    }
    this.#now = end;
  }

  /** Lets time pass without any timer noticing, as a machine that sleeps does. */
  sleep(duration: number): void {
    this.#now += duration;
  }

  #next(end: number): [symbol, { readonly due: number; readonly call: () => void }] | undefined {
    const due = [...this.#timers].filter(([, timer]) => timer.due <= end);
    return due.toSorted(([, a], [, b]) => a.due - b.due)[0];
  }
}
