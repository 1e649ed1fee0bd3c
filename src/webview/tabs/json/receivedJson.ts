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

/** Assembles the text from chunks. The first one is shown as it arrives, a later one when complete: it replaces what is being read. */
export class JsonReceiver {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #model: JsonModel = { kind: 'loading' };
  #coming: string[] = [];
  #parts: readonly string[] | undefined;
  #whole = false;

  setModel(model: JsonModel): ReceivedJson {
    this.#model = model;
    // The text received so far may end anywhere.
    if (model.kind === 'failed') this.#parts = undefined;
    return this.#received();
  }

  addChunk({ bytes, first, last }: JsonChunk): ReceivedJson {
    if (first) this.#coming = [];
    this.#coming.push(this.#decoder.decode(bytes));
    if (last || !this.#whole) this.#parts = this.#coming;
    this.#whole ||= last;
    return this.#received();
  }

  #received(): ReceivedJson {
    return { model: this.#model, parts: this.#parts, whole: this.#whole };
  }
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
