/**
 * Parts for decoding what services send. They are lenient: a field of the wrong type counts as absent,
 * null too, and unknown fields pass by, so that one surprise does not hide the rest of an item.
 */
import * as v from 'valibot';
import type { JsonObject } from './service';

/** Text, verbatim; a number counts as its digits, blank text as absent. */
export const text = v.fallback(
  v.optional(
    v.pipe(
      v.union([v.string(), v.number()]),
      v.transform(String),
      v.check((value) => value.trim() !== ''),
    ),
  ),
  undefined,
);

/** A finite number, also where it came as text (`"12"`). */
export const number = v.fallback(
  v.optional(
    v.pipe(
      v.union([v.number(), v.pipe(v.string(), v.trim(), v.nonEmpty())]),
      v.transform(Number),
      v.finite(),
    ),
  ),
  undefined,
);

/** A boolean, also where it came as text (`"true"`). */
export const flag = v.fallback(
  v.optional(
    v.union([
      v.boolean(),
      v.pipe(
        v.picklist(['true', 'false']),
        v.transform((word) => word === 'true'),
      ),
    ]),
  ),
  undefined,
);

/** A list whose items are decoded one by one; null is an empty list. */
export const list = v.fallback(v.optional(v.array(v.unknown())), undefined);

/** An id: text that is not empty, or a number. Items without one are broken. */
export const id = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.nonEmpty());

/** An object with these fields, absent where it is anything else. */
export function part<const E extends v.ObjectEntries>(
  entries: E,
): v.SchemaWithFallback<v.OptionalSchema<v.ObjectSchema<E, undefined>, undefined>, undefined> {
  return v.fallback(v.optional(v.object(entries)), undefined);
}

/** True for a JSON object (not null, not an array). The value must come from JSON.parse. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts of a list, other items left out. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
