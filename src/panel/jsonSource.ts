import { isAbort } from '../http/abort';
import type { Priority } from '../http/client';
import type { Disposable } from '../services/emitter';
import { problemOf } from '../services/problem';
import type { JsonObject } from '../services/service';
import type { JsonModel } from './protocol';

/** The text of the tab `JSON`: read when somebody looks at it, and again when what a list tells of the resource changed. */
export class JsonSource implements Disposable {
  readonly #read: (signal: AbortSignal, priority: Priority) => Promise<string>;
  readonly #changed: () => void;
  #model: JsonModel = { kind: 'loading' };
  #text: string | undefined;
  #reading: AbortController | undefined;
  #listed: JsonObject | undefined;
  #wanted: Priority | undefined = 'interactive';

  /**
   * @param read gives the text as the server wrote it. What changed by itself is read in the background.
   * @param changed is called when there is another model.
   */
  constructor(read: (signal: AbortSignal, priority: Priority) => Promise<string>, changed: () => void) {
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
      this.#wanted ??= this.#text === undefined ? 'interactive' : 'background';
    }
  }

  /** Has the text read anew when somebody next looks. What is shown stays until then. */
  forget(): void {
    this.#wanted = 'interactive';
  }

  /** Somebody looks: reads the text where it is wanted. */
  look(): void {
    const priority = this.#wanted;
    if (!priority) return;
    this.#wanted = undefined;
    this.#reading?.abort();
    this.#reading = new AbortController();
    void this.#load(this.#reading.signal, priority);
  }

  async #load(signal: AbortSignal, priority: Priority): Promise<void> {
    try {
      const text = await this.#read(signal, priority);
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
