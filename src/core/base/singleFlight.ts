import { abortError, abortReason, whenAborted } from './abort';

interface Entry<Result> {
  readonly begunAt: number;
  readonly controller: AbortController;
  readonly work: Promise<Result>;
  callers: number;
}

/**
 * Joins equal work: while work for a key is under way, whoever asks for the same key gets its outcome instead of
 * starting it again. Nothing is kept once it has settled. For requests and token renewals.
 */
export class SingleFlight<Result> {
  /** What may be joined. */
  readonly #entries = new Map<string, Entry<Result>>();
  /** What is under way, also that in whose place newer work came. */
  readonly #alive = new Map<Entry<Result>, string>();

  /**
   * Starts the work for `key`, or joins what is under way for it.
   * @param signal cancels for this caller alone. The work itself is aborted when every caller has gone.
   * @param start does the work, called at once where none is under way. The signal it gets belongs to all callers.
   * @param maxAge work that began longer ago, in milliseconds, is not joined; whoever waits for it goes on waiting.
   * @throws what the work throws, and the signal's reason when this caller cancels.
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

  /** Aborts all work under way. Its callers get the reason. */
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
    // Forgotten first: whoever asks from here on must not join work that is being aborted.
    this.#forget(key, entry);
    entry.controller.abort(reason);
  }

  #forget(key: string, entry: Entry<Result>): void {
    this.#alive.delete(entry);
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}

/** Calls `start` at once, and turns what it throws into a rejection. */
async function begun<Result>(
  start: (signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  return start(signal);
}
