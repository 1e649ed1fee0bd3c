import * as v from 'valibot';

/**
 * Schemas for data of services. They are lenient: a field of the wrong type, or null, counts as absent, and unknown
 * fields are ignored, so that one surprise does not hide the rest of an item.
 */

/** Text, verbatim. A number becomes its digits, and blank text counts as absent. */
export const text = lenient((value) => {
  const read = typeof value === 'number' ? String(value) : value;
  return typeof read === 'string' && read.trim() !== '' ? read : undefined;
});

/** A finite number, also as text (`"12"`). */
export const number = lenient(readNumber);

/** A boolean, also as text (`"true"`, `"True"`). */
export const flag = lenient(readFlag);

/** A boolean or a finite number, either also as text. */
export const flagOrNumber = lenient((value) => readFlag(value) ?? readNumber(value));

/** A list whose items are decoded one by one; null is an empty list. */
export const list = lenient((value): unknown[] | undefined => (Array.isArray(value) ? value : undefined));

/** An ID: non-empty text, or a number. Required: items without one are broken. */
export const id = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.nonEmpty());

/** An object with these fields; anything else counts as absent. */
export function part<const E extends v.ObjectEntries>(
  entries: E,
): v.SchemaWithFallback<v.OptionalSchema<v.ObjectSchema<E, undefined>, undefined>, undefined> {
  return v.fallback(v.optional(v.object(entries)), undefined);
}

/** The IDs of a list. Other items are left out. */
export function ids(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((item) => {
    const decoded = v.safeParse(id, item);
    return decoded.success ? [decoded.output] : [];
  });
}

function readNumber(value: unknown): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
}

function readFlag(value: unknown): boolean | undefined {
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  if (word === 'true' || word === 'false') return word === 'true';
  return typeof value === 'boolean' ? value : undefined;
}

/**
 * A field that counts as absent if it is invalid. There are many such fields, most often null: decoding is several
 * times as fast if Valibot does not create issues for them.
 */
function lenient<T>(
  read: (value: unknown) => T | undefined,
): v.OptionalSchema<
  v.SchemaWithPipe<readonly [v.UnknownSchema, v.TransformAction<unknown, T | undefined>]>,
  undefined
> {
  return v.optional(v.pipe(v.unknown(), v.transform(read)));
}

/** Attributes without those that have no value. */
export function compact(
  words: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(words).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
