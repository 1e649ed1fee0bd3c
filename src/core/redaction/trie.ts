/**
 * The kind of a match. `word`: extends to the end of the surrounding word, as in base64 with more text before the
 * secret.
 */
export type Kind = 'text' | 'word';

/** A trie of texts. Node 0 is the root; most nodes have one child. */
export class Trie {
  /** The character of the first child of each node, and that child. */
  readonly #firstCodes: number[] = [-1];
  readonly #firstChildren: number[] = [0];
  /** Further children, by node and character. */
  readonly #otherChildren = new Map<number, Map<number, number>>();
  readonly #depths: number[] = [0];
  readonly #ends = new Map<number, Kind>();

  get isEmpty(): boolean {
    return this.#depths.length === 1;
  }

  /** The child of a node for a character. */
  child(node: number, code: number): number | undefined {
    if (this.#firstCodes[node] === code) return this.#firstChildren[node];
    return this.#otherChildren.get(node)?.get(code);
  }

  /** The kind of the text that ends at a node. */
  getEnd(node: number): Kind | undefined {
    return this.#ends.get(node);
  }

  /** Number of characters from the root to a node. */
  depth(node: number): number {
    return this.#depths[node] ?? 0;
  }

  /** @param partChars prefixes of at least this length count as an end, too. */
  insert(codes: readonly number[], kind: Kind, partChars: number): void {
    let node = 0;
    for (const [index, code] of codes.entries()) {
      node = this.child(node, code) ?? this.#addChild(node, code);
      const isEnd = index + 1 >= partChars || index + 1 === codes.length;
      if (isEnd && !this.#ends.has(node)) this.#ends.set(node, kind);
    }
  }

  #addChild(node: number, code: number): number {
    const child = this.#depths.push(this.depth(node) + 1) - 1;
    this.#firstCodes.push(-1);
    this.#firstChildren.push(0);
    if (this.#firstCodes[node] === -1) {
      this.#firstCodes[node] = code;
      this.#firstChildren[node] = child;
    } else {
      const others = this.#otherChildren.get(node) ?? new Map<number, number>();
      this.#otherChildren.set(node, others.set(code, child));
    }
    return child;
  }
}
