import { isAbort } from '../../core/base/abort';
import type { Priority, CallOptions } from '../../core/http/types';
import type { Disposable } from '../../core/base/emitter';
import { toProblem } from '../../core/services/common/problem';
import type { JsonObject } from '../../core/http/json';
import { problemModel } from './listModel';
import type { JsonModel } from '../../shared/protocol';

/** Reads the text as the server wrote it, and may show before how it begins. */
export type ReadJson = (
  signal: AbortSignal,
  how: Pick<CallOptions, 'priority' | 'onFirstChunk' | 'notBefore'>,
) => Promise<string>;

/** Who shows the text. */
export interface JsonListener {
  /** There is another model. */
  changed(): void;
  /** A long text is on its way for the first time, and begins so. */
  begins(text: string): void;
}

/** The text of the tab `JSON`: read when somebody looks at it, and again when what a list tells of the resource changed. */
export class JsonLoader implements Disposable {
  #model: JsonModel = { kind: 'loading' };
  #text: string | undefined;
  #reading: AbortController | undefined;
  #listed: JsonObject | undefined;
  #wanted: Priority | undefined = 'interactive';
  /** When it was last to be read anew, of `performance.now()`. */
  #notBefore = 0;

  /** What changed by itself is read in the background. */
  constructor(
    private readonly read: ReadJson,
    private readonly listener: JsonListener,
  ) {}

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
  setListed(listed: JsonObject | undefined): void {
    const known = this.#listed;
    this.#listed = listed;
    if (known && listed && known !== listed && JSON.stringify(known) !== JSON.stringify(listed)) {
      this.#wanted ??= this.#text === undefined ? 'interactive' : 'background';
    }
  }

  /** Has the text read anew when somebody next looks. What is shown stays until then. */
  invalidate(): void {
    this.#wanted = 'interactive';
    this.#notBefore = performance.now();
  }

  /** Somebody looks: reads the text where it is wanted. */
  ensureLoaded(): void {
    const priority = this.#wanted;
    if (!priority) return;
    this.#wanted = undefined;
    this.#reading?.abort();
    this.#reading = new AbortController();
    void this.#load(this.#reading.signal, priority);
  }

  async #load(signal: AbortSignal, priority: Priority): Promise<void> {
    try {
      const text = await this.read(signal, {
        priority,
        notBefore: this.#notBefore,
        onFirstChunk: (beginning) => {
          if (!signal.aborted && this.#text === undefined) this.listener.begins(beginning);
        },
      });
      if (signal.aborted) return;
      this.#text = text;
      this.#show({ kind: 'text' });
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      const problem = problemModel(toProblem(error));
      this.#show({ kind: this.#text === undefined ? 'failed' : 'text', problem });
    }
  }

  #show(model: JsonModel): void {
    this.#model = model;
    this.listener.changed();
  }
}
