import { isAbort } from '../http/abort';
import type { Disposable } from '../services/emitter';
import { problemOf } from '../services/problem';
import type { JsonObject } from '../services/service';
import type { JsonModel } from './protocol';

/** The text of the tab `JSON`: read when somebody looks at it, and again when what a list tells of the resource changed. */
export class JsonSource implements Disposable {
  readonly #read: (signal: AbortSignal) => Promise<string>;
  readonly #changed: () => void;
  #model: JsonModel = { kind: 'loading' };
  #text: string | undefined;
  #reading: AbortController | undefined;
  #listed: JsonObject | undefined;
  #wanted = true;

  /**
   * @param read gives the text as the server wrote it.
   * @param changed is called when there is another model.
   */
  constructor(read: (signal: AbortSignal) => Promise<string>, changed: () => void) {
    this.#read = read;
    this.#changed = changed;
  }

  get model(): JsonModel {
    return this.#model;
  }

  /** The text as the server wrote it, where the model says that there is one. */
  get text(): string | undefined {
    return this.#text;
  }

  dispose(): void {
    this.#reading?.abort();
  }

  /** What a list tells of the resource; where that changed, the text is wanted anew. */
  follow(listed: JsonObject | undefined): void {
    const known = this.#listed;
    this.#listed = listed;
    if (known && listed && known !== listed && JSON.stringify(known) !== JSON.stringify(listed)) {
      this.forget();
    }
  }

  /** Has the text read anew when somebody next looks. What is shown stays until then. */
  forget(): void {
    this.#wanted = true;
  }

  /** Somebody looks: reads the text where it is wanted. */
  look(): void {
    if (!this.#wanted) return;
    this.#wanted = false;
    this.#reading?.abort();
    this.#reading = new AbortController();
    void this.#load(this.#reading.signal);
  }

  async #load(signal: AbortSignal): Promise<void> {
    try {
      const text = await this.#read(signal);
      if (signal.aborted) return;
      this.#text = text;
      this.#show({ kind: 'text' });
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      const problem = problemOf(error);
      this.#show({ kind: this.#text === undefined ? 'failed' : 'text', problem });
    }
  }

  #show(model: JsonModel): void {
    this.#model = model;
    this.#changed();
  }
}
