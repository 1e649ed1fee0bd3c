import PQueue from 'p-queue';
import { steadyClock, type Clock } from '../base/clock';
import type { RateLimit, Priority } from './types';

/** How many requests of one account are under way at once. */
const MAX_CONCURRENT_REQUESTS = 6;

/**
 * Part of the interval that is waited on top of it. Servers count arrivals, and requests that open a connection
 * arrive later than those that find one open: two bursts may stand closer at the server than they were sent.
 */
const INTERVAL_SAFETY_MARGIN = 0.04;

/** What the limiter needs to know of a task. */
export interface LimiterTask {
  /** Unique among the tasks that wait at one time; those whose signal is aborted wait no longer. */
  readonly id: string;
  readonly priority: Priority;
  readonly signal: AbortSignal;
  /**
   * Called when the rate limit makes the task wait, with the estimated delay in milliseconds. Waiting for one of
   * the places alone is not told: it ends with the next answer.
   */
  readonly onWait: (delay: number) => void;
}

interface Waiting {
  readonly signal: AbortSignal;
  priority: Priority;
}

/**
 * Lets tasks begin at the pace that a service allows one account, interactive ones first, and at most 6 run at once.
 * Within any interval of the rate limit no more tasks begin than it names, however late timers are.
 */
export class RateLimiter {
  readonly #queue = new PQueue({ concurrency: MAX_CONCURRENT_REQUESTS });
  readonly #pace: SlidingWindow | undefined;
  readonly #waiting = new Map<string, Waiting>();
  /** When the holds in force are expected to end, in milliseconds since 1970. */
  readonly #holds = new Map<symbol, number>();
  /** Takes back the timer that lets those begin that wait for the rate limit. */
  #cancelTimer: (() => void) | undefined;

  /** @param rateLimit absent where only the number of places counts. */
  constructor(
    rateLimit?: RateLimit,
    private readonly clock: Clock = steadyClock,
  ) {
    const interval = Math.ceil((rateLimit?.interval ?? 0) * (1 + INTERVAL_SAFETY_MARGIN));
    this.#pace = rateLimit && new SlidingWindow({ requests: rateLimit.requests, interval });
  }

  /**
   * Runs the task when its turn comes. Its place is free again when it settles or the signal is aborted.
   * @throws what the task throws, and the signal's reason when it is aborted, while waiting too.
   */
  async run<Result>(place: LimiterTask, task: () => Promise<Result>): Promise<Result> {
    const { id, priority, signal } = place;
    const waiting: Waiting = { signal, priority };
    // Another task may wait under this id by the time this one is known to have gone.
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

  /** Makes a waiting task interactive. Does nothing where it is not waiting. */
  promote(id: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting?.priority !== 'background' || waiting.signal.aborted) return;
    waiting.priority = 'interactive';
    this.#queue.setPriority(id, 1);
  }

  /**
   * Lets nothing begin: a service that refused one request for its rate limit refuses the others too.
   * @param duration how long that is expected to last, in milliseconds.
   * @returns ends the hold; tasks begin again when no other is in force.
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

  /** Begins a task, and nothing else meanwhile: it is counted when it has begun, lest a pause of the machine is missed. */
  #begin<Result>(task: () => Promise<Result>): Promise<Result> {
    const begun = this.pause(0);
    try {
      return task();
    } finally {
      this.#pace?.count(this.clock.now());
      begun();
    }
  }

  /** Lets tasks begin if they may, and else sees to it that they do later. */
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
    // A timer may be early by a part of a millisecond: it is looked again then.
    this.#cancelTimer = this.clock.after(Math.ceil(delay), () => {
      this.#keepPace();
    });
  }

  #delay(priority: Priority, now: number): number {
    const holds = [...this.#holds.values()].map((until) => until - now);
    return Math.ceil(Math.max(0, ...holds, this.#pace?.delay(this.#ahead(priority), now) ?? 0));
  }

  /** How many tasks go before the one that was added last. */
  #ahead(priority: Priority): number {
    const all = [...this.#waiting.values()].map((waiting) => waiting.priority);
    return (
      (priority === 'background' ? all.length : all.filter((other) => other === 'interactive').length) - 1
    );
  }
}

/** Knows when tasks began, to tell when the next may. */
class SlidingWindow {
  #begun: readonly number[] = [];

  constructor(private readonly limit: RateLimit) {}

  count(now: number): void {
    this.#begun = [...this.#recent(now), now];
  }

  /** Milliseconds until a task may begin that has so many others before it. */
  delay(ahead: number, now: number): number {
    const { requests, interval } = this.limit;
    const recent = this.#recent(now);
    const free = requests - recent.length;
    if (ahead < free) return 0;
    // Each slot is used again one interval after its last use: the oldest first, then those that are free at this moment.
    const slots = [...recent, ...Array.from({ length: free }, () => now)];
    const place = ahead - free;
    const rounds = 1 + Math.floor(place / requests);
    return (slots[place % requests] ?? now) + rounds * interval - now;
  }

  #recent(now: number): readonly number[] {
    return this.#begun.filter((time) => now - time < this.limit.interval);
  }
}
