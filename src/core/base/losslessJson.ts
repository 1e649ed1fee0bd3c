/** A value of a JSON text, each word of it as it was written: numbers beyond 2^53 and floats are unharmed. */
export type LosslessValue = string | LosslessObject | LosslessArray;

/** An object, its members in the order of the text. A key may come more than once. */
export interface LosslessObject {
  readonly members: readonly LosslessMember[];
}

/** A list. */
export interface LosslessArray {
  readonly items: readonly LosslessValue[];
}

/** A member of an object. */
export interface LosslessMember {
  /** Decoded. */
  readonly key: string;
  readonly value: LosslessValue;
}

/** Deeper than this nobody reads, and each level takes a place on the stack. */
const MAX_DEPTH = 1000;

/** A JSON text that cannot be read, and the line (counted from 1) that shows it; undefined where it is too deep. */
export class JsonSyntaxError extends Error {
  readonly line: number | undefined;

  constructor(line: number | undefined) {
    super(line === undefined ? `More than ${MAX_DEPTH} levels` : `No JSON at line ${line}`);
    this.line = line;
  }
}

/**
 * Reads a JSON text without decoding its numbers. Strings are spelled in one way, so that `"\u00e9"` equals `"é"`.
 * @throws JsonFlaw where the text is no JSON or nests too deep.
 */
export async function parseLossless(text: string): Promise<LosslessValue> {
  await checkJson(text);
  return new Reader(text).value(0);
}

/** @throws JsonFlaw where the text is no JSON. */
export async function checkJson(text: string): Promise<void> {
  try {
    JSON.parse(text);
  } catch {
    throw new JsonSyntaxError(await flawedLine(text));
  }
}

/**
 * Where the text stops to be JSON; undefined where it nests too deep to tell. The message of `JSON.parse` tells it too,
 * but in words that differ between versions.
 */
async function flawedLine(text: string): Promise<number | undefined> {
  const { visit } = await import('jsonc-parser');
  let first = text.length;
  const onError = (_code: unknown, offset: number): void => void (first = Math.min(first, offset));
  try {
    visit(text, { onError }, { disallowComments: true });
  } catch (error) {
    // The parser takes a place on the stack for each level.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return text.slice(0, first).split('\n').length;
}

/** Reads text that is known to be JSON, so that it need not look for mistakes. */
class Reader {
  readonly #blank = /[ \t\r\n]*/y;
  readonly #word = /[^ \t\r\n,\]}]+/y;
  #at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): LosslessValue {
    if (depth > MAX_DEPTH) throw new JsonSyntaxError(undefined);
    switch (this.#next()) {
      case '{':
        return { members: this.#list('}', () => this.#member(depth)) };
      case '[':
        return { items: this.#list(']', () => this.value(depth + 1)) };
      case '"':
        return this.#string();
      default:
        return this.#take(this.#word);
    }
  }

  #member(depth: number): LosslessMember {
    this.#next();
    const key = decoded(this.#string());
    this.#next();
    this.#at++;
    return { key, value: this.value(depth + 1) };
  }

  /** What stands between a bracket, which the text is at, and its partner. */
  #list<T>(end: string, read: () => T): readonly T[] {
    const found: T[] = [];
    this.#at++;
    while (this.#next() !== end) {
      if (this.text[this.#at] === ',') this.#at++;
      found.push(read());
    }
    this.#at++;
    return found;
  }

  #string(): string {
    const start = this.#at;
    do this.#at = this.text.indexOf('"', this.#at + 1);
    while (this.#isEscaped());
    this.#at++;
    const written = this.text.slice(start, this.#at);
    return written.includes('\\') ? JSON.stringify(JSON.parse(written)) : written;
  }

  /** True for a quotation mark behind an odd number of backslashes. */
  #isEscaped(): boolean {
    let backslashes = 0;
    while (this.text[this.#at - 1 - backslashes] === '\\') backslashes++;
    return backslashes % 2 === 1;
  }

  /** Goes on to what is not blank. @returns its first character. */
  #next(): string | undefined {
    this.#take(this.#blank);
    return this.text[this.#at];
  }

  #take(pattern: RegExp): string {
    const start = this.#at;
    pattern.lastIndex = start;
    pattern.test(this.text);
    this.#at = pattern.lastIndex;
    return this.text.slice(start, this.#at);
  }
}

/** The text that a string of JSON stands for. */
function decoded(written: string): string {
  return written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
}
