import type { Wait, Priority, CallOptions } from './types';
import { Pulse } from './pulse';

/** Subscribers to one deduplicated request. The highest priority wins; every subscriber is notified of delays. */
export class Subscribers {
  /** The ID of the request, unique among those in flight. */
  readonly id: string;
  /** Absent until the request was sent. */
  #pulse: Pulse | undefined;
  /** When the current attempt was sent (`performance.now()`); undefined between attempts. */
  #outSince: number | undefined;
  readonly #calls = new Set<CallOptions>();
  /** Bytes of memory taken by responses so far. */
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

  /** True if the request was sent, and nothing was received for some time. */
  get isSilent(): boolean {
    return this.#pulse?.isSilent ?? false;
  }

  /** True if the expected response may describe the state before a time of `performance.now()`. */
  wasSentBefore(moment: number): boolean {
    return this.#outSince !== undefined && this.#outSince < moment;
  }

  /** True if a subscriber wants to preview the response. */
  get wantsParts(): boolean {
    return [...this.#calls].some((call) => call.onPart);
  }

  /** True while a subscriber can afford more of the response. */
  get isWithinBudget(): boolean {
    return [...this.#calls].some(({ budget }) => !budget?.isExceeded);
  }

  /**
   * Adds a subscriber, which is notified immediately of a current delay.
   * @returns removes the subscriber.
   */
  add(call: CallOptions): () => void {
    // A copy, because two callers may pass the same object.
    const own = { ...call };
    this.#calls.add(own);
    own.budget?.take(this.#charged);
    const left = (this.#wait?.until ?? 0) - Date.now();
    if (this.#wait && left > 0) own.onWait?.({ ...this.#wait.wait, delay: left });
    return () => {
      this.#calls.delete(own);
    };
  }

  /** Notifies all subscribers that the request is delayed. */
  notifyWait(wait: Wait): void {
    this.#outSince = undefined;
    this.#wait = { wait, until: Date.now() + wait.delay };
    this.#pulse?.wait(wait);
    for (const call of this.#calls) call.onWait?.(wait);
  }

  /** An attempt is being sent. */
  markSent(): void {
    this.#outSince = performance.now();
    this.#progress();
  }

  /** The request was sent, or a part of its response was received. */
  #progress(): void {
    this.#pulse ??= new Pulse();
    this.#pulse.beat();
    for (const call of this.#calls) call.onProgress?.();
  }

  /** Charges the budgets of all subscribers with bytes of memory. @returns whether one of them can afford more. */
  readonly charge = (bytes: number): boolean => {
    this.#charged += bytes;
    this.#progress();
    for (const { budget } of this.#calls) budget?.take(bytes);
    return this.isWithinBudget;
  };

  /** Shows a part of the response to all subscribers. */
  readonly notifyPart = (part: string, isFirst: boolean): void => {
    for (const call of this.#calls) call.onPart?.(part, isFirst);
  };
}
