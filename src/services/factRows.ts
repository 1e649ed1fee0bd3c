import * as v from 'valibot';
import { minute } from './dates';
import type { Fact } from './service';

/** A label, and a value that may be missing. */
export type FactRow = readonly [label: string, value: string | undefined];

/** The facts that are known: rows without a value are left out. */
export function knownFacts(rows: readonly FactRow[]): readonly Fact[] {
  return rows.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));
}

/** The rows of a decoded resource; none where it cannot be decoded. */
export function decodedRows<S extends v.GenericSchema>(
  schema: S,
  json: unknown,
  rows: (value: v.InferOutput<S>) => readonly FactRow[],
): readonly FactRow[] {
  const result = v.safeParse(schema, json);
  return result.success ? rows(result.output) : [];
}

/** The minute of a date that may be missing. */
export function dated(text: string | undefined): string | undefined {
  return text === undefined ? undefined : minute(text);
}
