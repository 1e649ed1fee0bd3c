import { expectError } from './errors';

/** A parsed JSON value that keeps scalars as they were written, so that numbers beyond 2^53 and floats are exact. */
export type LosslessValue = string | LosslessObject | LosslessArray;

/** An object with its members in the order of the text. A key may occur more than once. */
interface LosslessObject {
  readonly members: readonly LosslessMember[];
}

interface LosslessArray {
  readonly items: readonly LosslessValue[];
}

export interface LosslessMember {
  /** Decoded. */
  readonly key: string;
  readonly value: LosslessValue;
}

/** Nesting limit: each level takes a stack frame. */
const MAX_DEPTH = 1000;

/** Invalid JSON, with the line (counted from 1) of the error; undefined if it is nested too deeply. */
export class JsonSyntaxError extends Error {
  readonly line: number | undefined;

  constructor(line: number | undefined) {
    super(line === undefined ? `More than ${MAX_DEPTH} levels` : `No JSON at line ${line}`);
    this.line = line;
  }
}

/**
 * Parses JSON without decoding its numbers. Strings are normalized, so that `"\u00e9"` equals `"é"`.
 * @throws JsonSyntaxError if the text is not JSON or is nested too deeply.
 */
export async function parseLossless(text: string): Promise<LosslessValue> {
  await checkJson(text);
  return new Reader(text).value(0);
}

/** @throws JsonSyntaxError if the text is not JSON. */
export async function checkJson(text: string): Promise<void> {
  try {
    JSON.parse(text);
  } catch {
    throw new JsonSyntaxError(await flawedLine(text));
  }
}

/**
 * The line of the first syntax error; undefined if the nesting is too deep to find it. The message of
 * `JSON.parse` contains the place too, but its wording differs between versions.
 */
async function flawedLine(text: string): Promise<number | undefined> {
  const { visit } = await import('jsonc-parser');
  let first = text.length;
  const onError = (_code: unknown, offset: number): void => void (first = Math.min(first, offset));
  try {
    visit(text, { onError }, { disallowComments: true });
  } catch (error) {
    // The parser takes a stack frame for each level.
    expectError(error, RangeError);
    return undefined;
  }
  return text.slice(0, first).split('\n').length;
}

/** Parses text that is known to be valid JSON, so it does not check for errors. */
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

  /** The items between the bracket at the current position and its closing one. */
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

  /** True for a quotation mark that is preceded by an odd number of backslashes. */
  #isEscaped(): boolean {
    let backslashes = 0;
    while (this.text[this.#at - 1 - backslashes] === '\\') backslashes++;
    return backslashes % 2 === 1;
  }

  /** Skips whitespace. @returns the next character. */
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

/** The value of a JSON string. */
function decoded(written: string): string {
  return written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
}
