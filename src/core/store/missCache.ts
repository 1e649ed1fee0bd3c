/** Ids kept in a generation; a dump of documents may hold some thousand. */
const MAX_GENERATION_SIZE = 20_000;

/**
 * Remembers texts that were not found, in two generations: when the current one is old or full, it becomes
 * the previous one, and the former previous one is dropped. So a text is remembered for one to two lifetimes,
 * without timers or sorting.
 */
export class MissCache {
  #current = new Set<string>();
  #former = new Set<string>();
  #begun: number;

  /** @param now milliseconds since 1970. */
  constructor(
    private readonly lifetimeMs: number,
    private readonly now: () => number,
  ) {
    this.#begun = now();
  }

  add(text: string): void {
    this.#age();
    if (this.#current.size >= MAX_GENERATION_SIZE) this.#turn();
    this.#current.add(text);
  }

  has(text: string): boolean {
    this.#age();
    return this.#current.has(text) || this.#former.has(text);
  }

  clear(): void {
    this.#current.clear();
    this.#former.clear();
  }

  #age(): void {
    const lifetimes = Math.floor((this.now() - this.#begun) / this.lifetimeMs);
    if (lifetimes <= 0) return;
    this.#turn();
    if (lifetimes > 1) this.#former.clear();
  }

  #turn(): void {
    this.#former = this.#current;
    this.#current = new Set();
    this.#begun = this.now();
  }
}
