import PQueue from 'p-queue';
import { steadyClock, type Clock } from '../base/clock';
import type { RateLimit, Priority } from './types';

/** Maximum number of concurrent requests of one account. */
const MAX_CONCURRENT_REQUESTS = 6;

/**
 * Fraction of the interval that is waited in addition. Servers count arrivals, and requests that open a connection
 * arrive later than those that reuse one: two bursts may be closer at the server than they were sent.
 */
const INTERVAL_SAFETY_MARGIN = 0.04;

/** The properties of a task that the limiter needs. */
export interface LimiterTask {
  /** Unique among the waiting tasks. Tasks whose signal is aborted stop waiting. */
  readonly id: string;
  readonly priority: Priority;
  readonly signal: AbortSignal;
  /**
   * Called when the rate limit delays the task, with the estimated delay in milliseconds. Not called if all slots are
   * in use, because that ends with the next response.
   */
  readonly onWait: (delay: number) => void;
}

interface Waiting {
  readonly signal: AbortSignal;
  priority: Priority;
}

/**
 * Starts tasks within the rate limit of one account, interactive ones first, and at most 6 at once. No more tasks than
 * the limit start within any interval, however late timers are.
 */
export class RateLimiter {
  readonly #queue = new PQueue({ concurrency: MAX_CONCURRENT_REQUESTS });
  readonly #pace: SlidingWindow | undefined;
  readonly #waiting = new Map<string, Waiting>();
  /** When the active pauses are expected to end, in milliseconds since 1970. */
  readonly #holds = new Map<symbol, number>();
  /** Cancels the timer that starts the tasks that wait for the rate limit. */
  #cancelTimer: (() => void) | undefined;

  /** @param rateLimit absent if only concurrency is limited. */
  constructor(
    rateLimit?: RateLimit,
    private readonly clock: Clock = steadyClock,
  ) {
    const interval = Math.ceil((rateLimit?.interval ?? 0) * (1 + INTERVAL_SAFETY_MARGIN));
    this.#pace = rateLimit && new SlidingWindow({ requests: rateLimit.requests, interval });
  }

  /**
   * Runs the task when it is its turn. Its slot is free again when it settles or the signal is aborted.
   * @throws what the task throws, and the signal's reason when it is aborted, also while waiting.
   */
  async run<Result>(place: LimiterTask, task: () => Promise<Result>): Promise<Result> {
    const { id, priority, signal } = place;
    const waiting: Waiting = { signal, priority };
    // By now, another task may wait under the same ID.
    const forget = (): void => {
      if (this.#waiting.get(id) === waiting) this.#waiting.delete(id);
    };
    this.#waiting.set(id, waiting);
    this.#keepPace();
    try {
      const result = this.#queue.add(
        () => {
          forget();
          return this.#begin(task);
        },
        { id, signal, priority: priority === 'interactive' ? 1 : 0 },
      );
      const delay = this.#waiting.has(id) ? this.#delay(priority, this.clock.now()) : 0;
      if (delay > 0) place.onWait(delay);
      return await result;
    } finally {
      forget();
      this.#keepPace();
    }
  }

  /** Makes a waiting task interactive. No effect if it is not waiting. */
  promote(id: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting?.priority !== 'background' || waiting.signal.aborted) return;
    waiting.priority = 'interactive';
    this.#queue.setPriority(id, 1);
  }

  /**
   * Starts no tasks until the pause ends: a service that rejected one request for its rate limit rejects the others
   * too.
   * @param duration expected milliseconds.
   * @returns ends the pause; tasks start again when no other pause is active.
   */
  pause(duration: number): () => void {
    const hold = Symbol('hold');
    this.#holds.set(hold, this.clock.now() + duration);
    this.#queue.pause();
    return () => {
      this.#holds.delete(hold);
      this.#keepPace();
    };
  }

  /** Starts one task at a time: each is counted when it has started, so that a suspended machine is noticed. */
  #begin<Result>(task: () => Promise<Result>): Promise<Result> {
    const begun = this.pause(0);
    try {
      return task();
    } finally {
      this.#pace?.count(this.clock.now());
      begun();
    }
  }

  /** Starts tasks if the rate limit allows, or else schedules them. */
  #keepPace(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const delay = this.#pace?.delay(0, this.clock.now()) ?? 0;
    if (delay > 0) {
      this.#queue.pause();
      if (this.#waiting.size > 0) this.#wake(delay);
    } else if (this.#holds.size === 0) {
      this.#queue.start();
    }
  }

  #wake(delay: number): void {
    // A timer may be early by a fraction of a millisecond; then this checks again.
    this.#cancelTimer = this.clock.after(Math.ceil(delay), () => {
      this.#keepPace();
    });
  }

  #delay(priority: Priority, now: number): number {
    const holds = [...this.#holds.values()].map((until) => until - now);
    return Math.ceil(Math.max(0, ...holds, this.#pace?.delay(this.#ahead(priority), now) ?? 0));
  }

  /** Number of tasks before the one that was added last. */
  #ahead(priority: Priority): number {
    const all = [...this.#waiting.values()].map((waiting) => waiting.priority);
    return (
      (priority === 'background' ? all.length : all.filter((other) => other === 'interactive').length) - 1
    );
  }
}

/** Records when tasks started, to calculate when the next may start. */
class SlidingWindow {
  #begun: readonly number[] = [];

  constructor(private readonly limit: RateLimit) {}

  count(now: number): void {
    this.#begun = [...this.#recent(now), now];
  }

  /** Milliseconds until a task may start that is behind `ahead` others. */
  delay(ahead: number, now: number): number {
    const { requests, interval } = this.limit;
    const recent = this.#recent(now);
    const free = requests - recent.length;
    if (ahead < free) return 0;
    // Each slot is reusable one interval after its last use: the oldest first, then those that are free now.
    const slots = [...recent, ...Array.from({ length: free }, () => now)];
    const place = ahead - free;
    const rounds = 1 + Math.floor(place / requests);
    return (slots[place % requests] ?? now) + rounds * interval - now;
  }

  #recent(now: number): readonly number[] {
    return this.#begun.filter((time) => now - time < this.limit.interval);
  }
}
