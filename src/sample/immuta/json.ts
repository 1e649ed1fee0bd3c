import { ImmutaFailure } from './failure';

/** An object of parsed JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** True for a JSON object (not null, not an array). */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The object in a request's body.
 * @throws ImmutaFailure 400 with the documented text.
 */
export function readBody(body: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    // Handled below, like JSON that is not an object.
  }
  if (isJson(value)) return value;
  throw new ImmutaFailure(400, 'Invalid request payload');
}

/** `base` with the members of `patch`; objects are merged, everything else is replaced. */
export function merge(base: Json, patch: Json): Json {
  const merged = Object.entries(patch).map(([key, value]): [string, unknown] => {
    const old = base[key];
    return [key, isJson(old) && isJson(value) ? merge(old, value) : value];
  });
  return { ...base, ...Object.fromEntries(merged) };
}

const sensitive: ReadonlySet<string> = new Set(['content', 'password', 'clientSecret', 'accessToken']);

/** Replaces every sensitive text, as the documentation of GET /api/connections/{connectionKey} describes. */
export function redacted(json: Json): Json {
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => {
      if (isJson(value)) return [key, redacted(value)];
      return [key, sensitive.has(key) && typeof value === 'string' ? '[REDACTED]' : value];
    }),
  );
}
