/** Remembers values for a while. */
export class ExpiringMap<Key, Value> {
  readonly #lifetimeMs: number;
  readonly #now: () => number;
  readonly #entries = new Map<Key, { readonly value: Value; readonly until: number }>();

  /** @param now milliseconds since 1970. */
  constructor(lifetimeMs: number, now: () => number) {
    this.#lifetimeMs = lifetimeMs;
    this.#now = now;
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || this.#now() < entry.until) return entry?.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: Key, value: Value): void {
    this.#entries.set(key, { value, until: this.#now() + this.#lifetimeMs });
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }
}
