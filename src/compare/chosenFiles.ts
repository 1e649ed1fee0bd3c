/** Where the choices are kept between two starts of the window. Same shape as `vscode.Memento`. */
export interface ChoiceMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const memoryKey = 'compare.files';

/** Older choices are forgotten. */
const most = 100;

/**
 * The files that the user chose to compare with, by their URIs. The address of a comparison may name these alone, for
 * an address can be written by anybody: a link in a document, another extension. Kept per workspace.
 */
export class ChosenFiles {
  readonly #memory: ChoiceMemory;

  constructor(memory: ChoiceMemory) {
    this.#memory = memory;
  }

  async add(file: string): Promise<void> {
    const others = this.#files().filter((other) => other !== file);
    await this.#memory.update(memoryKey, [file, ...others].slice(0, most));
  }

  has(file: string): boolean {
    return this.#files().includes(file);
  }

  #files(): readonly unknown[] {
    const kept = this.#memory.get(memoryKey);
    return Array.isArray(kept) ? kept : [];
  }
}
