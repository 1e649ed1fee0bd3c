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
