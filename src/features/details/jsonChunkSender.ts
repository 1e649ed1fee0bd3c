import { setImmediate } from 'node:timers/promises';
import { formattedParts } from '../../core/services/common/jsonText';
import type { JsonChunk } from '../../shared/protocol';

const INDENTATION = { insertSpaces: true, tabSize: 2 };

/** Characters of the first chunk: several screens. */
const MIN_CHUNK_CHARS = 50_000;

/** Parts that the page may have before it: one to work on, and one for the time that the next takes to come. */
const MAX_UNACKNOWLEDGED_CHUNKS = 2;

/** Characters of a later chunk: formatting and sending it holds up nothing else for long. */
const MAX_CHUNK_CHARS = 1_000_000;

/**
 * Sends the text of the tab `JSON` to the page, formatted chunk by chunk: the first one is drawn while the others are
 * made, and between two of them the extension does what else there is to do.
 */
export class JsonChunkSender {
  #text: string | undefined;
  /** What was sent of a text that is not whole yet. */
  #sentBeginning: string | undefined;
  #sending = new AbortController();
  /** Parts that the page has not taken in yet. */
  #unacknowledged = 0;
  #onRoom = (): void => undefined;

  constructor(private readonly send: (chunk: JsonChunk) => void) {}

  /** Sends the first part of a text of which no more has come yet. It ends as that of the whole text will. */
  begin(beginning: string): void {
    this.stop();
    const chunks = splitChunks(beginning);
    const { value: chunk } = chunks.next();
    // The last part that can be made of it may end within a word.
    if (chunk === undefined || chunks.next().done === true) return;
    this.#sentBeginning = beginning;
    this.#sendChunk({ bytes: new TextEncoder().encode(chunk), first: true, last: false });
  }

  /** Sends a text, unless it is the one that was sent last or is on its way. */
  show(text: string): void {
    if (text === this.#text) return;
    const begun = this.#sentBeginning !== undefined && text.startsWith(this.#sentBeginning);
    this.stop();
    this.#text = text;
    this.#sending = new AbortController();
    void this.#run(text, begun, this.#sending.signal);
  }

  /** The page has taken in a part. */
  acknowledge(): void {
    this.#unacknowledged -= 1;
    this.#onRoom();
  }

  /** Sends no further part. The next text is sent, whichever it is. */
  stop(): void {
    this.#text = undefined;
    this.#sentBeginning = undefined;
    this.#unacknowledged = 0;
    this.#sending.abort();
    this.#onRoom();
  }

  /** @param begun true where the first part was sent already. */
  async #run(text: string, begun: boolean, signal: AbortSignal): Promise<void> {
    const encoder = new TextEncoder();
    const chunks = splitChunks(text);
    if (begun) chunks.next();
    let first = !begun;
    for (let chunk = chunks.next(); !chunk.done && !signal.aborted; first = false) {
      const bytes = encoder.encode(chunk.value);
      // Whether a part is the last one is known when there is no other.
      chunk = chunks.next();
      this.#sendChunk({ bytes, first, last: chunk.done === true });
      await this.#waitForRoom();
    }
  }

  #sendChunk(chunk: Omit<JsonChunk, 'type'>): void {
    this.#unacknowledged += 1;
    this.send({ type: 'jsonChunk', ...chunk });
  }

  /** Waits until few parts are under way: those in the queue would hold up whatever is sent after them. */
  async #waitForRoom(): Promise<void> {
    if (this.#unacknowledged >= MAX_UNACKNOWLEDGED_CHUNKS)
      await new Promise<void>((resolve) => (this.#onRoom = resolve));
    else await setImmediate();
  }
}

function splitChunks(text: string): Generator<string, void> {
  return formattedParts(text, INDENTATION, (index) =>
    Math.min(MAX_CHUNK_CHARS, MIN_CHUNK_CHARS * 2 ** index),
  );
}
