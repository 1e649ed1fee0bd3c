import type { HttpResponse } from '../../http/types';
import { readJson, type JsonObject } from '../../http/json';
import { isJsonObject } from './decode';

/** The body of a response of any kind, such as an error, if it is a JSON object. */
export function bodyObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = readJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The first of these members that is a text or a number, as text. */
export function word(body: JsonObject | undefined, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = body?.[key];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

/**
 * The message in an error body of undocumented shape, such as that of a gateway: from the body, its `error`, or the
 * first of its `errors`.
 */
export function errorWords(body: JsonObject | undefined): string | undefined {
  const first: unknown = Array.isArray(body?.errors) ? body.errors[0] : undefined;
  const candidates = [body, body?.error, first].flatMap((value) => (isJsonObject(value) ? [value] : []));
  for (const candidate of candidates) {
    const words = word(candidate, ['message', 'detail', 'description']);
    if (words !== undefined) return words;
  }
  return typeof first === 'string' ? first : word(body, ['error', 'title']);
}

/** An error body as plain text: neither HTML nor JSON. The content type of errors is unreliable. */
export function plainText({ text }: HttpResponse): string | undefined {
  const line = text.trim();
  return line === '' || /^[<[{"]|^null$/.test(line) ? undefined : line;
}
