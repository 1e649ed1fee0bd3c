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
