import { compressed } from '../../core/base/compression';
import type { JsonChunk } from '../../shared/protocol';

/** Bytes of the first chunk: several screens. */
const MIN_CHUNK_BYTES = 50_000;

/** How much longer each chunk is than the one before: few of them, as the editor of the webview works for each. */
const CHUNK_GROWTH = 8;

/** The webview formats and shows a chunk at once: it must not be busy for long. */
const MAX_CHUNK_BYTES = 2_000_000;

/** One that the webview works on, and others on their way, which is longer. More do not help. */
const MAX_UNACKNOWLEDGED_CHUNKS = 4;

/** Of zlib. Higher ones take longer for hardly less. */
const COMPRESSION_LEVEL = 1;

/**
 * Sends the JSON text to the webview in chunks, while it is being received: the first one is shown while the others
 * arrive. VS Code takes 60 ms for each megabyte on its way, so it is not formatted yet, and all but the first chunk are
 * compressed, in other threads.
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
  readonly #encoder = new TextEncoder();
  #text = '';
  #isComplete = false;
  /** What is not sent yet. */
  readonly #pending: Uint8Array[] = [];
  #sent = 0;
  #unacknowledged = 0;
  /** Chunks are sent in their order, whichever is compressed first. */
  #sending = Promise.resolve();
  #next: NodeJS.Immediate | undefined;
  #isDone = false;
  #isStopped = false;

  constructor(private readonly send: (chunk: JsonChunk) => void) {}

  get text(): string {
    return this.#text;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  get #pendingBytes(): number {
    return this.#pending.reduce((sum, { length }) => sum + length, 0);
  }

  add(part: string): void {
    this.#text += part;
    if (part !== '') this.#pending.push(this.#encoder.encode(part));
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
    this.#isStopped = true;
    clearImmediate(this.#next);
  }

  #continue(): void {
    this.#next ??= setImmediate(() => {
      this.#next = undefined;
      this.#sendChunk();
    });
  }

  #sendChunk(): void {
    if (this.#isDone || this.#isStopped || this.#unacknowledged >= MAX_UNACKNOWLEDGED_CHUNKS) return;
    const wanted = Math.min(MAX_CHUNK_BYTES, MIN_CHUNK_BYTES * CHUNK_GROWTH ** this.#sent);
    if (!this.#isComplete && this.#pendingBytes < wanted) return;
    const bytes = this.#take(wanted);
    this.#isDone = this.#isComplete && this.#pending.length === 0;
    const chunk = { type: 'jsonChunk', first: this.#sent === 0, last: this.#isDone } as const;
    this.#sent += 1;
    this.#unacknowledged += 1;
    if (chunk.first) this.send({ ...chunk, bytes, compressed: false });
    else this.#sendLater(chunk, compressedContent(bytes));
    this.#continue();
  }

  #sendLater(chunk: Omit<JsonChunk, keyof Content>, compressing: Promise<Content>): void {
    this.#sending = this.#sending.then(async () => {
      const content = await compressing;
      if (!this.#isStopped) this.send({ ...chunk, ...content });
    });
  }

  /** The next bytes, fewer if there are no more. A copy: VS Code sends all of the memory behind a view. */
  #take(maxBytes: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(Math.min(maxBytes, this.#pendingBytes));
    let at = 0;
    for (let [part] = this.#pending; part && at < bytes.length; [part] = this.#pending) {
      const taken = part.subarray(0, bytes.length - at);
      bytes.set(taken, at);
      at += taken.length;
      if (taken.length < part.length) this.#pending[0] = part.subarray(taken.length);
      else this.#pending.shift();
    }
    return bytes;
  }
}

/** What a chunk contains. */
type Content = Pick<JsonChunk, 'bytes' | 'compressed'>;

async function compressedContent(bytes: Uint8Array<ArrayBuffer>): Promise<Content> {
  const shorter = await compressed(bytes, COMPRESSION_LEVEL);
  return { bytes: shorter ?? bytes, compressed: shorter !== undefined };
}
