/** The time, and timers; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after so many milliseconds. @returns what takes the call back. */
  after(delay: number, call: () => void): () => void;
}

/** The clock of the system. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delay, call) => {
    const timer = setTimeout(call, delay);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Goes on evenly where somebody sets the clock of the system, from which it may therefore differ. */
export const steadyClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after: (delay, call) => systemClock.after(delay, call),
};
