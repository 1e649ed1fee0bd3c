import { JsonFormatter } from '../../core/services/common/jsonFormatter';
import type { JsonChunk } from '../../shared/protocol';

/** Bytes of the first chunk: several screens. */
const MIN_CHUNK_BYTES = 50_000;

/** Bytes of a later chunk: formatting and sending one must not block the extension host for long. */
const MAX_CHUNK_BYTES = 1_000_000;

/** One that the webview works on, and one to bridge the time until the next arrives. More do not help. */
const MAX_UNACKNOWLEDGED_CHUNKS = 2;

/**
 * Formats the JSON text and sends it to the webview in chunks, while it is being received: the first one is rendered
 * while the others are made, and the extension host stays responsive in between.
 */
export class JsonChunkSender {
  #transfer: Transfer | undefined;

  constructor(private readonly send: (chunk: JsonChunk) => void) {}

  /**
   * Sends a part of a text still being received.
   * @param isFirst true if the text begins: what was sent of another one is abandoned.
   */
  receive(part: string, isFirst: boolean): void {
    if (isFirst) this.#begin().add(part);
    else if (this.#transfer?.isComplete === false) this.#transfer.add(part);
  }

  /** Sends a text, or what is missing of it, unless it is the last one sent or being sent. */
  show(text: string): void {
    const { text: sent = '', isComplete = true } = this.#transfer ?? {};
    if (this.#transfer && isComplete && text === sent) return;
    const isBegun = !isComplete && text.startsWith(sent);
    const transfer = isBegun && this.#transfer ? this.#transfer : this.#begin();
    transfer.end(text);
  }

  /** The webview has processed a chunk. */
  acknowledge(): void {
    this.#transfer?.acknowledge();
  }

  /** Stops sending. The next text is sent even if it is the same. */
  stop(): void {
    this.#transfer?.stop();
    this.#transfer = undefined;
  }

  #begin(): Transfer {
    this.stop();
    return (this.#transfer = new Transfer(this.send));
  }
}

/** A text on its way to the webview. */
class Transfer {
  readonly #formatter = new JsonFormatter();
  #text = '';
  #isComplete = false;
  #sent = 0;
  #unacknowledged = 0;
  #next: NodeJS.Immediate | undefined;
  #isDone = false;

  constructor(private readonly send: (chunk: JsonChunk) => void) {}

  get text(): string {
    return this.#text;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  add(part: string): void {
    this.#text += part;
    this.#formatter.add(part);
    if (this.#sent === 0) this.#sendChunk();
    else this.#continue();
  }

  /** Adds what is missing. @param text begins with what was added. Kept instead of its parts, as others keep it too. */
  end(text: string): void {
    this.#isComplete = true;
    this.add(text.slice(this.#text.length));
    this.#text = text;
  }

  acknowledge(): void {
    this.#unacknowledged -= 1;
    this.#continue();
  }

  stop(): void {
    this.#isDone = true;
    clearImmediate(this.#next);
  }

  #continue(): void {
    this.#next ??= setImmediate(() => {
      this.#next = undefined;
      this.#sendChunk();
    });
  }

  #sendChunk(): void {
    if (this.#isDone || this.#unacknowledged >= MAX_UNACKNOWLEDGED_CHUNKS) return;
    const wanted = Math.min(MAX_CHUNK_BYTES, MIN_CHUNK_BYTES * 2 ** this.#sent);
    if (!this.#isComplete && this.#formatter.pendingBytes < wanted) return;
    const bytes = this.#formatter.take(wanted);
    this.#isDone = this.#isComplete && this.#formatter.pendingBytes === 0;
    this.#sent += 1;
    this.#unacknowledged += 1;
    this.send({ type: 'jsonChunk', bytes, first: this.#sent === 1, last: this.#isDone });
    this.#continue();
  }
}
