import type { CallOptions, Priority, Wait } from './client';

/** The callers that wait for one joined request: the most urgent sets its priority, and all hear of its waits. */
export class Audience {
  readonly #calls = new Set<CallOptions>();
  #wait: { readonly wait: Wait; readonly until: number } | undefined;

  get empty(): boolean {
    return this.#calls.size === 0;
  }

  get priority(): Priority {
    return [...this.#calls].some((call) => call.priority === 'interactive') ? 'interactive' : 'background';
  }

  /** True where a caller wants to see the beginning of the answer. */
  get listens(): boolean {
    return [...this.#calls].some((call) => call.onBeginning);
  }

  /**
   * Adds a caller, who hears at once of a wait that is going on.
   * @returns takes the caller out again.
   */
  join(call: CallOptions): () => void {
    // A copy: two callers may hand in the same object.
    const own = { ...call };
    this.#calls.add(own);
    const left = (this.#wait?.until ?? 0) - Date.now();
    if (this.#wait && left > 0) own.onWait?.({ ...this.#wait.wait, delay: left });
    return () => {
      this.#calls.delete(own);
    };
  }

  /** Tells all callers that the request has to wait. */
  tell(wait: Wait): void {
    this.#wait = { wait, until: Date.now() + wait.delay };
    for (const call of this.#calls) call.onWait?.(wait);
  }

  /** Shows all callers how the answer begins. */
  readonly begin = (text: string): void => {
    for (const call of this.#calls) call.onBeginning?.(text);
  };
}
