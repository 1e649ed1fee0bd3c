import { setImmediate } from 'node:timers/promises';
import { formattedParts } from '../services/jsonText';
import type { JsonPart } from './protocol';

const indentation = { insertSpaces: true, tabSize: 2 };
/** Characters of the first part: several screens. */
const shortest = 50_000;
/** Characters of a later part: formatting and sending it holds up nothing else for long. */
const longest = 1_000_000;

/**
 * Sends the text of the tab `JSON` to the page, formatted part by part: the first one is drawn while the others are
 * made, and between two of them the extension does what else there is to do.
 */
export class JsonFeed {
  readonly #send: (part: JsonPart) => void;
  #text: string | undefined;
  #sending = new AbortController();

  constructor(send: (part: JsonPart) => void) {
    this.#send = send;
  }

  /** Sends a text, unless it is the one that was sent last or is on its way. */
  show(text: string): void {
    if (text === this.#text) return;
    this.stop();
    this.#text = text;
    this.#sending = new AbortController();
    void this.#run(text, this.#sending.signal);
  }

  /** Sends no further part. The next text is sent, whichever it is. */
  stop(): void {
    this.#text = undefined;
    this.#sending.abort();
  }

  async #run(text: string, signal: AbortSignal): Promise<void> {
    const encoder = new TextEncoder();
    const parts = formattedParts(text, indentation, (part) => Math.min(longest, shortest * 2 ** part));
    let first = true;
    for (let part = parts.next(); !part.done && !signal.aborted; first = false) {
      const bytes = encoder.encode(part.value);
      // Whether a part is the last one is known when there is no other.
      part = parts.next();
      this.#send({ type: 'part', bytes, first, last: part.done === true });
      await setImmediate();
    }
  }
}
