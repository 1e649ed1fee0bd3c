import { findTypedSecrets, type Insertion, type SecretSearch } from './typedSecrets';

/** Writes down what is in a document. */
type Keep = (key: string, text: string) => Promise<void>;

/**
 * Writes down what is typed into documents, with each change: VS Code backs unsaved text up a second after it was typed,
 * and a window that ends sooner may have lost it. A text that holds a secret is left out; the one without it follows.
 */
export class TypedTexts {
  /** The newest text of each document that is being written down. */
  readonly #newest = new Map<string, string>();
  /** Secrets of several lines on their way out of a document: the parts of its text do not look like one. */
  readonly #leaving = new Map<string, readonly string[]>();

  /** @param keep is called for one text of a document at a time. */
  constructor(
    private readonly search: SecretSearch,
    private readonly keep: Keep,
  ) {}

  /** @param key of the document. @param text all of it, after the change. @throws what `keep` throws */
  async onEdit(key: string, text: string, inserted?: Insertion): Promise<void> {
    if (this.#holdsSecret(key, text, inserted)) return;
    const isWriting = this.#newest.has(key);
    this.#newest.set(key, text);
    if (isWriting) return;
    try {
      for (let kept: string | undefined; ;) {
        const next = this.#newest.get(key);
        if (next === undefined || next === kept) return;
        kept = next;
        await this.keep(key, next);
      }
    } finally {
      this.#newest.delete(key);
    }
  }

  #holdsSecret(key: string, text: string, inserted: Insertion | undefined): boolean {
    const values = findTypedSecrets(text, this.search, inserted).map(({ value }) => value);
    const before = (this.#leaving.get(key) ?? []).filter((value) => text.includes(value));
    const leaving = [...before, ...values.filter((value) => value.includes('\n'))];
    if (leaving.length > 0) this.#leaving.set(key, leaving);
    else this.#leaving.delete(key);
    return values.length > 0 || leaving.length > 0;
  }
}
