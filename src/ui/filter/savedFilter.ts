import { Emitter, type Disposable } from '../../core/base/emitter';
import type { SharedEntries } from '../storage/sharedEntries';
import type { WindowStorage } from '../storage/windowStorage';
import { parseFilter, type FilterTerm } from './terms';

interface SavedFilterOptions {
  /** Of the keys under which the texts are stored. */
  readonly prefix: string;
  /** The key under which version 0.1.0 kept the text in workspaceState. */
  readonly oldKey?: string;
}

/**
 * The text of a filter, kept per workspace: a new window starts with the filter that was set last, and open windows keep
 * their own.
 */
export class SavedFilter implements Disposable {
  readonly #entries: SharedEntries<string>;
  readonly #workspace: string;
  readonly #changes = new Emitter<undefined>();
  #text: string;
  #terms: readonly FilterTerm[];

  readonly onDidChange = this.#changes.event;

  constructor(storage: Pick<WindowStorage, 'entries' | 'workspace'>, { prefix, oldKey }: SavedFilterOptions) {
    const { workspace } = storage;
    const decode = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
    const read = (value: unknown): ReadonlyMap<string, string> => {
      const text = decode(value);
      return new Map(text ? [[workspace, text]] : []);
    };
    this.#workspace = workspace;
    this.#entries = storage.entries({
      ...{ prefix, decode },
      ...(oldKey !== undefined && { old: { state: 'workspaceState', key: oldKey, read } as const }),
    });
    this.#text = this.#entries.list().get(workspace) ?? '';
    this.#terms = parseFilter(this.#text);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  /** The filter as it was typed; empty if there is none. */
  get text(): string {
    return this.#text;
  }

  /** True if rows may be hidden. */
  get active(): boolean {
    return this.#terms.length > 0;
  }

  protected get terms(): readonly FilterTerm[] {
    return this.#terms;
  }

  /** Sets the filter and saves it. Sends no requests. */
  set(text: string): void {
    this.preview(text);
    if (this.#text) this.#entries.set(new Map([[this.#workspace, this.#text]]));
    else this.#entries.remove([this.#workspace]);
  }

  /** Like `set`, for a text that is still being typed: it is not saved. */
  preview(text: string): void {
    this.#text = text.trim();
    this.#terms = parseFilter(text);
    this.fireChange();
  }

  /** Other rows may match now. */
  protected fireChange(): void {
    this.#changes.fire(undefined);
  }
}
