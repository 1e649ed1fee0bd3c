import { setImmediate } from 'node:timers/promises';
import { formattedParts } from '../../core/services/common/jsonText';
import type { JsonChunk } from '../../shared/protocol';

/** Characters of the first chunk: several screens. */
const MIN_CHUNK_CHARS = 50_000;

/** One that the webview works on, and one to bridge the time until the next arrives. */
const MAX_UNACKNOWLEDGED_CHUNKS = 2;

/** Characters of a later chunk: formatting and sending one must not block the extension host for long. */
const MAX_CHUNK_CHARS = 1_000_000;

/**
 * Formats the JSON text and sends it to the webview in chunks: the first one is rendered while the others are made, and
 * the extension host stays responsive in between.
 */
export class JsonChunkSender {
  #text: string | undefined;
  /** The beginning that was sent of a text still being received. */
  #sentBeginning: string | undefined;
  #sending = new AbortController();
  #unacknowledged = 0;
  #onRoom = (): void => undefined;

  constructor(private readonly send: (chunk: JsonChunk) => void) {}

  /** Sends the first chunk of a text still being received. It equals the first chunk of the whole text. */
  begin(beginning: string): void {
    this.stop();
    const chunks = splitChunks(beginning);
    const { value: chunk } = chunks.next();
    // The last chunk of it may end within a token.
    if (chunk === undefined || chunks.next().done === true) return;
    this.#sentBeginning = beginning;
    this.#sendChunk({ bytes: new TextEncoder().encode(chunk), first: true, last: false });
  }

  /** Sends a text, unless it is the last one sent or being sent. */
  show(text: string): void {
    if (text === this.#text) return;
    const begun = this.#sentBeginning !== undefined && text.startsWith(this.#sentBeginning);
    this.stop();
    this.#text = text;
    this.#sending = new AbortController();
    void this.#run(text, begun, this.#sending.signal);
  }

  /** The webview has processed a chunk. */
  acknowledge(): void {
    this.#unacknowledged -= 1;
    this.#onRoom();
  }

  /** Stops sending. The next text is sent even if it is the same. */
  stop(): void {
    this.#text = undefined;
    this.#sentBeginning = undefined;
    this.#unacknowledged = 0;
    this.#sending.abort();
    this.#onRoom();
  }

  /** @param begun true if the first chunk was already sent. */
  async #run(text: string, begun: boolean, signal: AbortSignal): Promise<void> {
    const encoder = new TextEncoder();
    const chunks = splitChunks(text);
    if (begun) chunks.next();
    let first = !begun;
    for (let chunk = chunks.next(); !chunk.done && !signal.aborted; first = false) {
      const bytes = encoder.encode(chunk.value);
      // Only the next one shows whether this is the last.
      chunk = chunks.next();
      this.#sendChunk({ bytes, first, last: chunk.done === true });
      await this.#waitForRoom();
    }
  }

  #sendChunk(chunk: Omit<JsonChunk, 'type'>): void {
    this.#unacknowledged += 1;
    this.send({ type: 'jsonChunk', ...chunk });
  }

  /** Waits until few chunks are unacknowledged: queued ones would delay all messages after them. */
  async #waitForRoom(): Promise<void> {
    if (this.#unacknowledged >= MAX_UNACKNOWLEDGED_CHUNKS)
      await new Promise<void>((resolve) => (this.#onRoom = resolve));
    else await setImmediate();
  }
}

function splitChunks(text: string): Generator<string, void> {
  return formattedParts(text, (index) => Math.min(MAX_CHUNK_CHARS, MIN_CHUNK_CHARS * 2 ** index));
}
