import type { Disposable } from './emitter';

/** The current time and timers. Tests inject their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after `delay` milliseconds. @returns cancels the timer. */
  after(delay: number, call: () => void): () => void;
}

/** The system clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delay, call) => {
    const timer = setTimeout(call, delay);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Monotonic: unaffected by changes of the system clock. */
export const steadyClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after: (delay, call) => systemClock.after(delay, call),
};

/** Runs a task once for many calls: some time after the first of them. Later calls do not postpone it. */
export class Debouncer implements Disposable {
  #cancel: (() => void) | undefined;

  constructor(
    private readonly delayMs: number,
    private readonly work: () => void,
    private readonly clock: Pick<Clock, 'after'> = systemClock,
  ) {}

  /** Schedules the task, unless it is scheduled already. */
  schedule(): void {
    this.#cancel ??= this.clock.after(this.delayMs, () => {
      this.#cancel = undefined;
      this.work();
    });
  }

  /** Cancels the scheduled task. */
  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  dispose(): void {
    this.cancel();
  }
}
