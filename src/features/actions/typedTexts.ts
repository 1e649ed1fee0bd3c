import { findTypedSecrets, type Insertion, type SecretSearch } from './typedSecrets';

/** Stores the text of a document. */
type Keep = (key: string, text: string) => Promise<void>;

/**
 * Stores what is typed into documents on every change: VS Code backs up unsaved text only after a second, so
 * a window that closes sooner may lose it. Texts that contain a secret are skipped; the version without it
 * follows.
 */
export class TypedTexts {
  /** The newest text of each document that is being stored. */
  readonly #newest = new Map<string, string>();
  /**
   * Multi-line secrets that are being removed from a document, because parts of them do not look like
   * secrets.
   */
  readonly #leaving = new Map<string, readonly string[]>();

  /** @param keep never called concurrently for the same document. */
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
