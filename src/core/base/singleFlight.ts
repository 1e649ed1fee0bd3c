import { abortError, abortReason, whenAborted } from './abort';

interface Entry<Result> {
  readonly begunAt: number;
  readonly controller: AbortController;
  readonly work: Promise<Result>;
  callers: number;
}

/** Runs at most one task per key at a time. Concurrent callers share its result; nothing is cached after it settles. */
export class SingleFlight<Result> {
  /** Tasks that new callers may join. */
  readonly #entries = new Map<string, Entry<Result>>();
  /** All running tasks, including those that newer ones have replaced. */
  readonly #alive = new Map<Entry<Result>, string>();

  /**
   * Starts the task of `key`, or joins the running one.
   * @param signal cancels for this caller only. The task itself is aborted when every caller has canceled.
   * @param start called synchronously if no task is running. Its signal is shared by all callers.
   * @param maxAge milliseconds. A task that started longer ago is not joined; its own callers keep waiting for it.
   * @throws what the task throws, and the signal's reason when this caller cancels.
   */
  async run(
    key: string,
    signal: AbortSignal | undefined,
    start: (signal: AbortSignal) => Promise<Result>,
    maxAge = Infinity,
  ): Promise<Result> {
    if (signal?.aborted) throw abortReason(signal);
    const known = this.#entries.get(key);
    const entry = known && Date.now() - known.begunAt <= maxAge ? known : this.#begin(key, start);
    entry.callers += 1;
    if (!signal) return entry.work;
    return new Promise<Result>((resolve, reject) => {
      const stay = whenAborted(signal, () => {
        reject(abortReason(signal));
        entry.callers -= 1;
        if (entry.callers === 0) this.#drop(key, entry, abortReason(signal));
      });
      entry.work.then(resolve, reject).finally(stay);
    });
  }

  /** Aborts all running tasks. Their callers get the reason. */
  abortAll(reason: Error = abortError()): void {
    for (const [entry, key] of this.#alive) this.#drop(key, entry, reason);
  }

  #begin(key: string, start: (signal: AbortSignal) => Promise<Result>): Entry<Result> {
    const controller = new AbortController();
    const entry = { begunAt: Date.now(), controller, work: begun(start, controller.signal), callers: 0 };
    this.#entries.set(key, entry);
    this.#alive.set(entry, key);
    const forget = (): void => {
      this.#forget(key, entry);
    };
    entry.work.then(forget, forget);
    return entry;
  }

  #drop(key: string, entry: Entry<Result>, reason: Error): void {
    // Removed first: new callers must not join a task that is being aborted.
    this.#forget(key, entry);
    entry.controller.abort(reason);
  }

  #forget(key: string, entry: Entry<Result>): void {
    this.#alive.delete(entry);
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}

/** Calls `start` synchronously, and turns what it throws into a rejection. */
async function begun<Result>(
  start: (signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  return start(signal);
}
