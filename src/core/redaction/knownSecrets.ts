import { SecretFinder } from './secretFinder';

/** Returns the secrets that its owner holds at the moment. */
export type SecretSource = () => readonly string[];

/** Number of values that are remembered after their source was removed: their requests may still be logged. */
const MAX_RETIRED = 20;

/**
 * All secrets in use in this window: keys and tokens of every open account, including previous tokens. Code that sends
 * secrets adds them; code that shows, logs or writes something masks them.
 */
export class KnownSecrets {
  readonly #sources = new Set<SecretSource>();
  #retired: readonly string[] = [];
  #values: readonly string[] = [];
  #finder = new SecretFinder([]);

  /**
   * Adds secrets for as long as they are in use.
   * @param source called at each use, because tokens change.
   * @returns removes the source. Its last values are remembered for a while.
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
    const values: string[] = [];
    // A loop, because this runs for each row: spreading and mapping take several times as long.
    for (const source of this.#sources) for (const value of readValues(source)) values.push(value);
    for (const value of this.#retired) values.push(value);
    if (!isSame(values, this.#values)) {
      this.#values = values;
      this.#finder = new SecretFinder(values);
    }
    return this.#finder;
  }
}

/** A source that throws, such as one that is not initialized yet, has nothing to hide. */
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
