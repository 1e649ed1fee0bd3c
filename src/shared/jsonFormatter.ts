/** Of all JSON that people see, whatever their editor is set to: what is compared and copied is then the same. */
export const INDENTATION = { insertSpaces: true, tabSize: 2 } as const;

/** Deeper nesting stays on one line: its indentation would outgrow the text. */
const MAX_DEPTH = 200;

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

const NEWLINE_BYTE = 0x0a;
const SPACE_BYTE = 0x20;
const QUOTE_BYTE = 0x22;
const BACKSLASH_BYTE = 0x5c;

/**
 * Formats JSON with line breaks and indentation, in one pass, while it arrives. Tokens stay as they are written: key
 * order, numbers beyond 2^53 and floats are unharmed. Invalid JSON is formatted as far as possible. Works on UTF-8,
 * which takes a quarter of the time of strings.
 */
export class JsonFormatter {
  #depth = 0;
  /** The type of the token before; of a space if that ended a word; undefined at the beginning. */
  #last: ByteType | undefined;
  /** Where the text so far ends: after the backslash of a string, elsewhere in one, or outside. */
  #inside: 'escape' | 'string' | undefined;

  /**
   * Formats bytes that continue those before. They may begin and end anywhere, within a character too.
   * @returns UTF-8 that continues what was returned before.
   */
  format(input: Uint8Array): Uint8Array<ArrayBuffer> {
    const output = new Output(2 * input.length);
    let at = this.#inside ? this.#stringEnd(input, 0) : 0;
    output.append(input, 0, at);
    while (at < input.length) {
      const type = typeAt(input, at);
      if (type === SPACE) {
        if (this.#last === WORD) this.#last = SPACE;
        at += 1;
        continue;
      }
      // A word may go on in these bytes.
      if (type !== WORD || this.#last !== WORD) this.#formatGap(type, output);
      this.#last = type;
      const end = this.#tokenEnd(input, at, type);
      output.append(input, at, end);
      at = end;
    }
    return output.toBytes();
  }

  /** Formats the whitespace before a token. */
  #formatGap(type: ByteType, output: Output): void {
    const isFirst = this.#last === OPENING;
    if (type === CLOSING) {
      this.#depth = Math.max(0, this.#depth - 1);
      if (!isFirst) output.breakLine(this.#depth);
    } else if (isFirst) output.breakLine(this.#depth);
    else if (this.#last === COMMA) {
      if (!output.breakLine(this.#depth)) output.space();
    } else if (this.#last !== undefined && type !== COMMA && type !== COLON) output.space();
    if (type === OPENING) this.#depth += 1;
  }

  /** The end of a token, or of the input if the token goes on. */
  #tokenEnd(input: Uint8Array, at: number, type: ByteType): number {
    if (type === QUOTE) return this.#stringEnd(input, at + 1);
    return type === WORD ? wordEnd(input, at + 1) : at + 1;
  }

  #stringEnd(input: Uint8Array, from: number): number {
    let at = this.#inside === 'escape' ? from + 1 : from;
    for (; at < input.length; at++) {
      const byte = input[at];
      if (byte === BACKSLASH_BYTE) at += 1;
      else if (byte === QUOTE_BYTE) {
        this.#inside = undefined;
        return at + 1;
      }
    }
    this.#inside = at > input.length ? 'escape' : 'string';
    return input.length;
  }
}

/** Bytes that grow. */
class Output {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(expected: number) {
    this.#bytes = new Uint8Array(expected);
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Byte by byte: most tokens are short, for which a view of them takes longer. */
  append(bytes: Uint8Array, from: number, to: number): void {
    const own = this.#reserve(to - from);
    let end = this.#length;
    for (let at = from; at < to; at++) own[end++] = bytes[at] ?? 0;
    this.#length = end;
  }

  space(): void {
    this.#reserve(1)[this.#length++] = SPACE_BYTE;
  }

  /** @returns false if that is too deep: nothing is written. */
  breakLine(depth: number): boolean {
    if (depth > MAX_DEPTH) return false;
    const length = 1 + INDENTATION.tabSize * depth;
    const own = this.#reserve(length);
    let end = this.#length;
    own[end++] = NEWLINE_BYTE;
    while (end < this.#length + length) own[end++] = SPACE_BYTE;
    this.#length = end;
    return true;
  }

  /** @returns bytes with at least so many more behind the last one. */
  #reserve(more: number): Uint8Array {
    const length = this.#length + more;
    if (length > this.#bytes.length) {
      const grown = new Uint8Array(2 * length);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    return this.#bytes;
  }
}

function wordEnd(input: Uint8Array, from: number): number {
  let at = from;
  while (at < input.length && typeAt(input, at) === WORD) at += 1;
  return at;
}

function typeAt(input: Uint8Array, at: number): ByteType {
  return TYPE_OF_BYTE[input[at] ?? 0] ?? WORD;
}
