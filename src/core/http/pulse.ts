import type { Wait } from './types';

/** Milliseconds of silence after which a request is abandoned when the user asks again. */
export const MAX_SILENCE_MS = 3000;

/** Tracks the last sign of life of a running operation. */
export class Pulse {
  #heardAt = Date.now();
  #isHeld = false;

  /** A request was sent, or a part of a response was received. */
  readonly beat = (): void => {
    this.#isHeld = false;
    this.#heardAt = Math.max(this.#heardAt, Date.now());
  };

  /** The operation is delayed. Waiting for the rate limit is not silence: asking again would only take longer. */
  wait({ reason, delay }: Wait): void {
    this.#isHeld = reason === 'rateLimited';
    if (reason !== 'retry') this.#heardAt = Math.max(this.#heardAt, Date.now() + delay);
  }

  /** True while the service wants no requests. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** True if nothing was received for too long. */
  get isSilent(): boolean {
    return Date.now() - this.#heardAt > MAX_SILENCE_MS;
  }
}
