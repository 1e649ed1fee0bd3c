import { getHeapStatistics } from 'node:v8';
import * as l10n from '@vscode/l10n';
import { HttpError } from './errors';

/** Bytes of memory that an object of a list takes beside its text: the parsed object, and the row that is made of it. */
const OBJECT_BYTES = 500;

/** Bytes of memory that any other value takes beside its text. */
const VALUE_BYTES = 20;

const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;
const COMMA = 0x2c;

/**
 * About how many bytes of memory a piece of JSON takes when it is parsed and shown. `{},{},…` takes a hundred times its
 * own size, so the size alone says little.
 * @param json UTF-8, cut anywhere.
 */
export function memoryBytes(json: Uint8Array): number {
  let [objects, values] = [0, 0];
  // By index: an iterator takes seven times as long, and each byte of every answer comes by here.
  let at = json.length;
  while (at > 0) {
    const byte = json[(at -= 1)];
    if (byte === OPENING_BRACE) objects += 1;
    else if (byte === COMMA || byte === OPENING_BRACKET) values += 1;
  }
  return json.length + objects * OBJECT_BYTES + values * VALUE_BYTES;
}

/** A part of the memory that this process may use for objects, in bytes. */
export function heapShare(part: number): number {
  return Math.floor(getHeapStatistics().heap_size_limit * part);
}

/** So many bytes of memory, to be shared by requests that may together read no more than that. */
export class Budget {
  #used = 0;

  /**
   * @param limit bytes.
   * @param parent what is taken here is taken there, too.
   */
  constructor(
    private limit: number,
    private readonly parent?: Budget,
  ) {}

  /** Bytes taken and not given back. */
  get used(): number {
    return this.#used;
  }

  /** True where more was taken than is allowed here, whatever is allowed above. */
  get isOwnExceeded(): boolean {
    return this.#used > this.limit;
  }

  /** True where more was taken than is allowed here or above. */
  get isExceeded(): boolean {
    return this.isOwnExceeded || (this.parent?.isExceeded ?? false);
  }

  /** Takes bytes, also more than are allowed. A negative number gives back. */
  take(bytes: number): void {
    this.#used += bytes;
    this.parent?.take(bytes);
  }

  /** Allows so many bytes more, here and above, than were taken. */
  extend(bytes: number): void {
    this.limit = Math.max(this.limit, this.#used + bytes);
    this.parent?.extend(bytes);
  }
}

/** What an answer, or all answers to one question, may take where nobody says otherwise, in bytes of memory. */
export function defaultAnswerMemory(): number {
  return heapShare(1 / 8);
}

/**
 * The options for all requests that one question needs, which together may not take more than one answer may: a service
 * decides how many there are.
 */
export function withBudget<Call extends { readonly budget?: Budget }>(
  call: Call,
): Call & { readonly budget?: Budget } {
  return call.budget ? call : { ...call, budget: new Budget(defaultAnswerMemory()) };
}

/** What to throw where a budget does not allow for an answer. */
export function overBudget(host: string): HttpError {
  return new HttpError('tooLarge', l10n.t('The data from {0} is too large to fit in memory.', host));
}
