import { CjaFailure } from './failures';

/** A comma-separated list; undefined if the parameter is absent or empty. */
export function readList(query: URLSearchParams, name: string): readonly string[] | undefined {
  const items = (query.get(name) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  return items.length > 0 ? items : undefined;
}

/** One or more of the allowed words, in one value. @throws CjaFailure `invalid_parameters` for others. */
export function readWords(
  query: URLSearchParams,
  name: string,
  allowed: readonly string[],
): ReadonlySet<string> {
  const words = readList(query, name) ?? [];
  const unknown = words.find((word) => !allowed.includes(word));
  if (unknown !== undefined) throw invalid(name, unknown);
  return new Set(words);
}

/** One of the allowed words; default: the first. @throws CjaFailure likewise. */
export function readWord<Word extends string>(
  query: URLSearchParams,
  name: string,
  allowed: readonly [Word, ...Word[]],
): Word {
  const text = query.get(name) ?? allowed[0];
  const word = allowed.find((one) => one === text);
  if (word === undefined) throw invalid(name, text);
  return word;
}

const yes = ['true', 'on', 'yes', '1'];
const no = ['false', 'off', 'no', '0'];

/**
 * A boolean in any spelling that Spring accepts, case-insensitive: Python writes `True`.
 * @throws CjaFailure likewise.
 */
export function readFlag(query: URLSearchParams, name: string, otherwise: boolean): boolean {
  const text = query.get(name)?.trim().toLowerCase() ?? '';
  if (text === '') return otherwise;
  if (!yes.includes(text) && !no.includes(text)) throw invalid(name, text);
  return yes.includes(text);
}

/** An integer. @throws CjaFailure likewise, also if it is less than `least`. */
export function readNumber(query: URLSearchParams, name: string, otherwise: number, least: number): number {
  const text = query.get(name) ?? String(otherwise);
  if (!/^\d{1,9}$/.test(text) || Number(text) < least) throw invalid(name, text);
  return Number(text);
}

/** An ISO date, in milliseconds; undefined if the parameter is absent. @throws CjaFailure likewise. */
export function readDate(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const date = Date.parse(text);
  if (Number.isNaN(date)) throw invalid(name, text);
  return date;
}

function invalid(name: string, value: string): CjaFailure {
  return new CjaFailure('invalid_parameters', `Invalid value '${value}' for parameter '${name}'`);
}
