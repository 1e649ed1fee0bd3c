import * as v from 'valibot';
import type { Fact } from './service';

/** A fact that may be missing. */
export type Row = readonly [label: string, value: string | undefined];

/** The facts that have a value. */
export function factsOfRows(rows: readonly Row[]): readonly Fact[] {
  return rows.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));
}

/** The rows of a resource's JSON; none where it is not as the schema says. */
export function decodedRows<S extends v.GenericSchema>(
  schema: S,
  json: unknown,
  rows: (value: v.InferOutput<S>) => readonly Row[],
): readonly Row[] {
  const result = v.safeParse(schema, json);
  return result.success ? rows(result.output) : [];
}
