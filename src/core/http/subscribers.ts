import type { Wait, Priority, CallOptions } from './types';
import { Pulse } from './pulse';

/** The callers that wait for one joined request: the most urgent sets its priority, and all hear of its waits. */
export class Subscribers {
  /** Of the request, unique among those under way. */
  readonly id: string;
  /** Absent until the request has gone out. */
  #pulse: Pulse | undefined;
  /** When the attempt went out that is under way, of `performance.now()`; undefined while none is. */
  #outSince: number | undefined;
  readonly #calls = new Set<CallOptions>();
  /** Bytes of memory that answers took so far. */
  #charged = 0;
  #wait: { readonly wait: Wait; readonly until: number } | undefined;

  constructor(id: string) {
    this.id = id;
  }

  get empty(): boolean {
    return this.#calls.size === 0;
  }

  get priority(): Priority {
    return [...this.#calls].some((call) => call.priority === 'interactive') ? 'interactive' : 'background';
  }

  /** True where the request has gone out, and nothing was heard of it for some time. */
  get isSilent(): boolean {
    return this.#pulse?.isSilent ?? false;
  }

  /** True where the answer that is waited for may tell how things stood before a moment, of `performance.now()`. */
  wasSentBefore(moment: number): boolean {
    return this.#outSince !== undefined && this.#outSince < moment;
  }

  /** True where a caller wants to see the beginning of the answer. */
  get wantsFirstChunk(): boolean {
    return [...this.#calls].some((call) => call.onFirstChunk);
  }

  /** True while a caller can afford more of the answer. */
  get isWithinBudget(): boolean {
    return [...this.#calls].some(({ budget }) => !budget?.isExceeded);
  }

  /**
   * Adds a caller, who hears at once of a wait that is going on.
   * @returns takes the caller out again.
   */
  add(call: CallOptions): () => void {
    // A copy: two callers may hand in the same object.
    const own = { ...call };
    this.#calls.add(own);
    own.budget?.take(this.#charged);
    const left = (this.#wait?.until ?? 0) - Date.now();
    if (this.#wait && left > 0) own.onWait?.({ ...this.#wait.wait, delay: left });
    return () => {
      this.#calls.delete(own);
    };
  }

  /** Tells all callers that the request has to wait. */
  notifyWait(wait: Wait): void {
    this.#outSince = undefined;
    this.#wait = { wait, until: Date.now() + wait.delay };
    this.#pulse?.wait(wait);
    for (const call of this.#calls) call.onWait?.(wait);
  }

  /** An attempt goes out. */
  markSent(): void {
    this.#outSince = performance.now();
    this.#progress();
  }

  /** The request has gone out, or a part of its answer has come. */
  #progress(): void {
    this.#pulse ??= new Pulse();
    this.#pulse.beat();
    for (const call of this.#calls) call.onProgress?.();
  }

  /** Takes bytes of memory from the budgets of all callers. @returns whether one of them can afford more. */
  readonly charge = (bytes: number): boolean => {
    this.#charged += bytes;
    this.#progress();
    for (const { budget } of this.#calls) budget?.take(bytes);
    return this.isWithinBudget;
  };

  /** Shows all callers how the answer begins. */
  readonly notifyFirstChunk = (text: string): void => {
    for (const call of this.#calls) call.onFirstChunk?.(text);
  };
}
