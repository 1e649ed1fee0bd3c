import { SecretFinder } from './secretFinder';

/** Gives the secrets that somebody holds at the moment. */
export type SecretSource = () => readonly string[];

/** So many values of those that gave theirs up are remembered: their requests may still be told of. */
const MAX_RETIRED = 20;

/**
 * All secrets that are alive in this window: keys and tokens of every open account, with the tokens before. Whoever
 * sends them, adds them; whatever shows, logs or writes something, masks them.
 */
export class KnownSecrets {
  readonly #sources = new Set<SecretSource>();
  #retired: readonly string[] = [];
  #values: readonly string[] = [];
  #finder = new SecretFinder([]);

  /**
   * Adds secrets for as long as they are in use.
   * @param source asked at each use, for tokens change.
   * @returns ends it. What was known last stays known for a while.
   */
  add(source: SecretSource): () => void {
    this.#sources.add(source);
    return () => {
      if (!this.#sources.delete(source)) return;
      this.#retired = [...new Set([...readValues(source), ...this.#retired])].slice(0, MAX_RETIRED);
    };
  }

  /** Finds all of them. */
  get finder(): SecretFinder {
    const values = [...[...this.#sources].flatMap(readValues), ...this.#retired];
    if (!isSame(values, this.#values)) {
      this.#values = values;
      this.#finder = new SecretFinder(values);
    }
    return this.#finder;
  }
}

/** A source that fails, as one that is not yet complete, has nothing to hide. */
function readValues(source: SecretSource): readonly string[] {
  try {
    return source();
  } catch {
    return [];
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
