import * as v from 'valibot';
import { minute } from './dates';
import type { Fact } from './service';

/** A fact whose value may be missing. */
export type Row = readonly [label: string, value: string | undefined];

/** The facts of the rows that have a value. */
export function factsFrom(rows: readonly Row[]): readonly Fact[] {
  return rows.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));
}

/** The rows of a resource's JSON; none where it does not fit the schema. */
export function decoded<S extends v.GenericSchema>(
  schema: S,
  json: unknown,
  rows: (value: v.InferOutput<S>) => readonly Row[],
): readonly Row[] {
  const result = v.safeParse(schema, json);
  return result.success ? rows(result.output) : [];
}

/** The minute of a date that may be missing. */
export function dated(text: string | undefined): string | undefined {
  return text === undefined ? undefined : minute(text);
}
