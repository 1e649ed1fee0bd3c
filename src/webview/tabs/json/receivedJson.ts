import type { JsonModel, JsonChunk } from '../../../shared/protocol';

/** What the tab `JSON` shows. */
export interface ReceivedJson {
  readonly model: JsonModel;
  /** As far as it has come; undefined before its first part. */
  readonly text: string | undefined;
  /** False while parts of the text are under way. */
  readonly whole: boolean;
}

/** Puts the text together. The first one is shown as it grows, a later one when it is whole: it changes what is read. */
export class JsonReceiver {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #model: JsonModel = { kind: 'loading' };
  #coming = '';
  #text: string | undefined;
  #whole = false;

  /** How the tab stands. */
  setModel(model: JsonModel): ReceivedJson {
    this.#model = model;
    // What had come of a text that cannot be read to its end may be cut off anywhere.
    if (model.kind === 'failed') this.#text = undefined;
    return this.#received();
  }

  addChunk({ bytes, first, last }: JsonChunk): ReceivedJson {
    this.#coming = (first ? '' : this.#coming) + this.#decoder.decode(bytes);
    if (last || !this.#whole) this.#text = this.#coming;
    this.#whole ||= last;
    return this.#received();
  }

  #received(): ReceivedJson {
    return { model: this.#model, text: this.#text, whole: this.#whole };
  }
}

/** A change of a text: what stands from `from` to `to` becomes `insert`. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The smallest single change that makes one text of another; undefined where they are equal. */
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
