/** Of all JSON that people see, whatever their editor is set to: what is compared and copied is then the same. */
export const INDENTATION = { insertSpaces: true, tabSize: 2 } as const;

/** Deeper nesting stays on one line: its indentation would outgrow the text. */
const MAX_DEPTH = 200;

/** Copying fewer bytes one by one is faster than making a view of them. */
const MIN_VIEW_BYTES = 64;

/** What a byte is outside of strings. A word is a number, `true`, `false` or `null`. */
const [WORD, SPACE, QUOTE, OPENING, CLOSING, COMMA, COLON] = [0, 1, 2, 3, 4, 5, 6] as const;
type ByteType =
  typeof WORD | typeof SPACE | typeof QUOTE | typeof OPENING | typeof CLOSING | typeof COMMA | typeof COLON;

const TYPES: ReadonlyMap<string, ByteType> = new Map([
  ...Array.from(' \n\r\t', (character) => [character, SPACE] as const),
  ...Array.from('{[', (character) => [character, OPENING] as const),
  ...Array.from('}]', (character) => [character, CLOSING] as const),
  ['"', QUOTE],
  [',', COMMA],
  [':', COLON],
]);

/** By byte: looking types up takes half the time of comparing. */
const TYPE_OF_BYTE = Array.from({ length: 256 }, (_, byte) => TYPES.get(String.fromCharCode(byte)) ?? WORD);

const QUOTE_BYTE = 0x22;
const BACKSLASH_BYTE = 0x5c;

/** A line break and the deepest indentation, of which others are the beginning, and a space is a part. */
const DEEPEST_BREAK = new TextEncoder().encode(`\n${' '.repeat(INDENTATION.tabSize * MAX_DEPTH)}`);

/**
 * Formats JSON with line breaks and indentation, in one pass, while it arrives. Tokens stay as they are written: key
 * order, numbers beyond 2^53 and floats are unharmed. Invalid JSON is formatted as far as possible. Works on UTF-8,
 * which takes a quarter of the time of strings; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
 */
export class JsonFormatter {
  readonly #encoder = new TextEncoder();
  /** What is not formatted yet. */
  readonly #inputs: Uint8Array[] = [];
  #depth = 0;
  /** The type of the token before; of a space if that ended a word; undefined at the beginning. */
  #last: ByteType | undefined;
  /** Where the formatted text ends: after the backslash of a string, elsewhere in one, or outside. */
  #inside: 'escape' | 'string' | undefined;

  /** Bytes that are not formatted yet. */
  get pendingBytes(): number {
    return this.#inputs.reduce((sum, { length }) => sum + length, 0);
  }

  /** Adds text that continues the text before. It may begin and end within a token, but not within a character. */
  add(text: string): void {
    if (text !== '') this.#inputs.push(this.#encoder.encode(text));
  }

  /**
   * Formats the next part of the text added so far.
   * @param minBytes the minimum length of the part, which only the last one may be shorter than. It ends between tokens.
   * @returns UTF-8 that does not end within a character; empty if all is formatted.
   */
  take(minBytes: number): Uint8Array<ArrayBuffer> {
    const output = new Output(Math.min(minBytes, 2 * (this.#inputs[0]?.length ?? 0)));
    for (let [input] = this.#inputs; input && output.length < minBytes; [input] = this.#inputs) {
      const end = this.#format(input, output, minBytes);
      if (end < input.length) this.#inputs[0] = input.subarray(end);
      else this.#inputs.shift();
    }
    return output.toBytes();
  }

  /** @returns where it stopped. */
  #format(input: Uint8Array, output: Output, minBytes: number): number {
    let at = 0;
    while (at < input.length && output.length < minBytes) {
      const type = this.#inside ? QUOTE : typeAt(input, at);
      if (type === SPACE) {
        if (this.#last === WORD) this.#last = SPACE;
        at += 1;
        continue;
      }
      const end = this.#inside ? this.#stringEnd(input, at) : this.#tokenEnd(input, at, type, output);
      output.append(input, at, end);
      at = end;
    }
    return at;
  }

  /** Formats the whitespace before a token, unless it continues a word. @returns the end of the token. */
  #tokenEnd(input: Uint8Array, at: number, type: ByteType, output: Output): number {
    if (type !== WORD || this.#last !== WORD) this.#formatGap(type, output);
    this.#last = type;
    if (type === QUOTE) return this.#stringEnd(input, at + 1);
    if (type === OPENING) this.#depth += 1;
    let end = at + 1;
    if (type === WORD) while (end < input.length && typeAt(input, end) === WORD) end += 1;
    return end;
  }

  #formatGap(type: ByteType, output: Output): void {
    const isFirst = this.#last === OPENING;
    if (type === CLOSING) {
      this.#depth = Math.max(0, this.#depth - 1);
      if (!isFirst) output.breakLine(this.#depth);
    } else if (isFirst) output.breakLine(this.#depth);
    else if (this.#last === COMMA) {
      if (!output.breakLine(this.#depth)) output.append(DEEPEST_BREAK, 1, 2);
    } else if (this.#last !== undefined && type !== COMMA && type !== COLON)
      output.append(DEEPEST_BREAK, 1, 2);
  }

  /** The end of a string, or of the input if the string goes on. */
  #stringEnd(input: Uint8Array, from: number): number {
    let isEscaped = this.#inside === 'escape';
    for (let at = from; at < input.length; at++) {
      const byte = input[at];
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH_BYTE) isEscaped = true;
      else if (byte === QUOTE_BYTE) {
        this.#inside = undefined;
        return at + 1;
      }
    }
    this.#inside = isEscaped ? 'escape' : 'string';
    return input.length;
  }
}

/** Bytes that grow. */
class Output {
  #bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(expected: number) {
    this.#bytes = new Uint8Array(expected + MIN_VIEW_BYTES);
  }

  /** A copy: VS Code sends all of the memory behind a view. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.length);
  }

  append(bytes: Uint8Array, from: number, to: number): void {
    const start = this.length;
    const end = start + to - from;
    if (end > this.#bytes.length) this.#grow(end);
    const own = this.#bytes;
    if (to - from >= MIN_VIEW_BYTES) own.set(bytes.subarray(from, to), start);
    else for (let at = from; at < to; at++) own[start + at - from] = bytes[at] ?? 0;
    this.length = end;
  }

  /** @returns false if that is too deep: nothing is written. */
  breakLine(depth: number): boolean {
    if (depth > MAX_DEPTH) return false;
    this.append(DEEPEST_BREAK, 0, 1 + INDENTATION.tabSize * depth);
    return true;
  }

  #grow(length: number): void {
    const grown = new Uint8Array(2 * length);
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
  }
}

function typeAt(input: Uint8Array, at: number): ByteType {
  return TYPE_OF_BYTE[input[at] ?? 0] ?? WORD;
}
