import { readJson } from '../http/json';
import { isJsonObject } from './decode';
import type { JsonObject } from './service';

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
