/** A map whose entries expire. */
export class ExpiringMap<Key, Value> {
  readonly #entries = new Map<Key, { readonly value: Value; readonly until: number }>();

  /** @param now milliseconds since 1970. */
  constructor(
    private readonly lifetimeMs: number,
    private readonly now: () => number,
  ) {}

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || this.now() < entry.until) return entry?.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: Key, value: Value): void {
    this.#entries.set(key, { value, until: this.now() + this.lifetimeMs });
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }
}
