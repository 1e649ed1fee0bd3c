import { JsonFormatter } from '../../../shared/jsonFormatter';
import type { JsonModel, JsonChunk } from '../../../shared/protocol';

export interface ReceivedJson {
  readonly model: JsonModel;
  /**
   * What has been received, in parts; undefined before the first chunk. The same list grows while a text comes: joining
   * it for each chunk would copy a long text as often as it has chunks.
   */
  readonly parts: readonly string[] | undefined;
  /** False while chunks are missing. */
  readonly whole: boolean;
}

/**
 * Assembles the text from chunks, formatted. The first text is shown as it arrives, a later one when complete: it
 * replaces what is being read.
 */
export class JsonReceiver {
  #model: JsonModel = { kind: 'loading' };
  #coming = new ComingText();
  #parts: readonly string[] | undefined;
  #whole = false;

  setModel(model: JsonModel): ReceivedJson {
    this.#model = model;
    if (model.kind === 'failed') {
      // The text received so far may end anywhere.
      this.#parts = undefined;
      this.#coming = new ComingText();
    }
    return this.#received();
  }

  /** @returns undefined if another text started meanwhile. */
  async addChunk({ first, last, ...content }: JsonChunk): Promise<ReceivedJson | undefined> {
    if (first) this.#coming = new ComingText();
    const coming = this.#coming;
    await coming.add(content, last);
    if (coming !== this.#coming) return undefined;
    if (last || !this.#whole) this.#parts = coming.parts;
    this.#whole ||= last;
    return this.#received();
  }

  #received(): ReceivedJson {
    return { model: this.#model, parts: this.#parts, whole: this.#whole };
  }
}

/** A text that arrives in chunks, formatted. */
class ComingText {
  readonly parts: string[] = [];
  readonly #formatter = new JsonFormatter();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** Chunks are decompressed side by side, and added in their order. */
  #adding = Promise.resolve();

  add({ bytes, compressed }: Pick<JsonChunk, 'bytes' | 'compressed'>, last: boolean): Promise<void> {
    const decompressing = compressed ? decompress(bytes) : bytes;
    this.#adding = this.#adding.then(async () => {
      const formatted = this.#formatter.format(await decompressing);
      this.parts.push(this.#decoder.decode(formatted, { stream: !last }));
    });
    return this.#adding;
  }
}

async function decompress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A text edit: replaces `from` to `to` by `insert`. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The smallest single edit that turns one text into the other; undefined if they are equal. */
export function changeBetween(before: string, after: string): Change | undefined {
  if (before === after) return undefined;
  if (after.startsWith(before)) {
    return { from: before.length, to: before.length, insert: after.slice(before.length) };
  }
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
