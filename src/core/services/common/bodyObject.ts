import type { HttpResponse } from '../../http/types';
import { readJson, type JsonObject } from '../../http/json';
import { isJsonObject } from './decode';

/** The body of an answer that may be anything, such as that of a failure, where it is a JSON object. */
export function bodyObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = readJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The first of these fields that is a text or a number, as text. */
export function word(body: JsonObject | undefined, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = body?.[key];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

/**
 * The words for people in the body of a failure whose shape is not documented, such as that of a gateway: those of the
 * body, of its `error`, or of the first of its `errors`.
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

/** The body of a failure as text for people: no page of HTML, and no JSON. The content type of a failure says little. */
export function plainText({ text }: HttpResponse): string | undefined {
  const line = text.trim();
  return line === '' || /^[<[{"]|^null$/.test(line) ? undefined : line;
}
