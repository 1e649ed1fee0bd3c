import type { Wait } from './client';

/** Work of which nothing was heard for longer is given up where a person asks again, in milliseconds. */
export const MAX_SILENCE_MS = 3000;

/** When something was last heard of work that is under way. */
export class Pulse {
  #heardAt = Date.now();

  /** A request has gone out, or a part of an answer has come. */
  readonly beat = (): void => {
    this.#heardAt = Math.max(this.#heardAt, Date.now());
  };

  /** The work waits. Who waits for the rate limit is not silent: asking again would only wait longer. */
  wait({ reason, delay }: Wait): void {
    if (reason !== 'retry') this.#heardAt = Math.max(this.#heardAt, Date.now() + delay);
  }

  /** True where nothing was heard for too long. */
  get isSilent(): boolean {
    return Date.now() - this.#heardAt > MAX_SILENCE_MS;
  }
}
