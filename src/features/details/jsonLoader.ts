import { isAbort } from '../../core/base/abort';
import type { Priority, CallOptions } from '../../core/http/types';
import type { Disposable } from '../../core/base/emitter';
import { toProblem } from '../../core/services/common/problem';
import { isSameJson, type Json } from '../../core/http/jsonPart';
import { problemModel } from './listModel';
import type { JsonModel } from '../../shared/protocol';

/** Loads the text as the server sent it; may report parts of it early. */
export type ReadJson = (
  signal: AbortSignal,
  how: Pick<CallOptions, 'priority' | 'onPart' | 'notBefore'>,
) => Promise<string>;

export interface JsonListener {
  changed(): void;
  /** A part of a long text arrived, which is being loaded for the first time; `isFirst` if it is its beginning. */
  received(part: string, isFirst: boolean): void;
}

/** Loads the text of the JSON tab on display, and again when the resource changed in its list. */
export class JsonLoader implements Disposable {
  #model: JsonModel = { kind: 'loading' };
  #text: string | undefined;
  #reading: AbortController | undefined;
  #listed: Json | undefined;
  #wanted: Priority | undefined = 'interactive';
  /** When it was last invalidated, by `performance.now()`. */
  #notBefore = 0;

  constructor(
    private readonly read: ReadJson,
    private readonly listener: JsonListener,
  ) {}

  get model(): JsonModel {
    return this.#model;
  }

  /** The text as the server sent it, if the model says that there is one. */
  get text(): string | undefined {
    return this.#text;
  }

  dispose(): void {
    this.#reading?.abort();
  }

  /** Sets the resource's JSON from its list; if it changed, the text is reloaded. */
  setListed(listed: Json | undefined): void {
    const known = this.#listed;
    this.#listed = listed;
    if (known && listed && !isSameJson(known, listed)) {
      this.#wanted ??= this.#text === undefined ? 'interactive' : 'background';
    }
  }

  /** Invalidates the text; it is reloaded on next display. What is shown stays until then. */
  invalidate(): void {
    this.#wanted = 'interactive';
    this.#notBefore = performance.now();
  }

  /** Loads the text if it is missing or invalidated. */
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
        onPart: (part, isFirst) => {
          if (!signal.aborted && this.#text === undefined) this.listener.received(part, isFirst);
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
