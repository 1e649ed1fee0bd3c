import { getHeapStatistics } from 'node:v8';
import * as l10n from '@vscode/l10n';
import { HttpError } from './errors';

/** Bytes of memory of a list item besides its text: the parsed object, and the row created from it. */
const OBJECT_BYTES = 500;

/** Bytes of memory of any other value besides its text. */
const VALUE_BYTES = 20;

const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;
const COMMA = 0x2c;

/**
 * Estimates the bytes of memory that a chunk of JSON takes when it is parsed and shown. `{},{},…` takes a hundred times
 * its own size, so the size alone says little.
 * @param json UTF-8, cut anywhere.
 */
export function memoryBytes(json: Uint8Array): number {
  let [objects, values] = [0, 0];
  // A loop over indexes: an iterator takes seven times as long, and this runs for each byte of every response.
  let at = json.length;
  while (at > 0) {
    const byte = json[(at -= 1)];
    if (byte === OPENING_BRACE) objects += 1;
    else if (byte === COMMA || byte === OPENING_BRACKET) values += 1;
  }
  return json.length + objects * OBJECT_BYTES + values * VALUE_BYTES;
}

/** A share of the heap limit of this process, in bytes. */
export function heapShare(part: number): number {
  return Math.floor(getHeapStatistics().heap_size_limit * part);
}

/** A memory budget, in bytes, shared by requests. */
export class Budget {
  #used = 0;

  /**
   * @param limit bytes.
   * @param parent is charged with the same bytes.
   */
  constructor(
    private limit: number,
    private readonly parent?: Budget,
  ) {}

  /** Bytes that are in use. */
  get used(): number {
    return this.#used;
  }

  /** True if this budget is exceeded, whatever its parent allows. */
  get isOwnExceeded(): boolean {
    return this.#used > this.limit;
  }

  /** True if this budget or its parent is exceeded. */
  get isExceeded(): boolean {
    return this.isOwnExceeded || (this.parent?.isExceeded ?? false);
  }

  /** Charges bytes, even if that exceeds the budget. A negative number releases them. */
  take(bytes: number): void {
    this.#used += bytes;
    this.parent?.take(bytes);
  }

  /** Raises the limit to that many bytes above what is in use, here and in the parent. */
  extend(bytes: number): void {
    this.limit = Math.max(this.limit, this.#used + bytes);
    this.parent?.extend(bytes);
  }
}

/** Default budget for a response, or for all responses that one operation needs, in bytes of memory. */
export function defaultAnswerMemory(): number {
  return heapShare(1 / 8);
}

/**
 * Call options for all requests of one operation, which share one budget, because the service decides how many requests
 * are needed.
 */
export function withBudget<Call extends { readonly budget?: Budget }>(
  call: Call,
): Call & { readonly budget?: Budget } {
  return call.budget ? call : { ...call, budget: new Budget(defaultAnswerMemory()) };
}

/** The error for a response that exceeds a budget. */
export function overBudget(host: string): HttpError {
  return new HttpError('tooLarge', l10n.t('The data from {0} is too large to fit in memory.', host));
}
