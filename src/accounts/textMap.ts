import * as v from 'valibot';

/** An object whose members are all texts. */
export const textMap = v.pipe(
  v.unknown(),
  // To a record, an array is an object like any other.
  v.check((value) => !Array.isArray(value)),
  v.record(v.string(), v.string()),
);
