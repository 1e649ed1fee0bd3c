import type { Wait } from './types';

/** Work of which nothing was heard for longer is given up where a person asks again, in milliseconds. */
export const MAX_SILENCE_MS = 3000;

/** When something was last heard of work that is under way. */
export class Pulse {
  #heardAt = Date.now();
  #isHeld = false;

  /** A request has gone out, or a part of an answer has come. */
  readonly beat = (): void => {
    this.#isHeld = false;
    this.#heardAt = Math.max(this.#heardAt, Date.now());
  };

  /** The work waits. Who waits for the rate limit is not silent: asking again would only wait longer. */
  wait({ reason, delay }: Wait): void {
    this.#isHeld = reason === 'rateLimited';
    if (reason !== 'retry') this.#heardAt = Math.max(this.#heardAt, Date.now() + delay);
  }

  /** True while the service wants no request. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** True where nothing was heard for too long. */
  get isSilent(): boolean {
    return Date.now() - this.#heardAt > MAX_SILENCE_MS;
  }
}
