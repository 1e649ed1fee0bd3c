import * as v from 'valibot';
import { dateOf, minute } from './dates';
import type { Fact } from './service';

/** What a fact tells beside its value. */
type Mark = Pick<Fact, 'date' | 'status' | 'copy'>;

/** A label, a value that may be missing, and what it tells beside that. */
export type FactRow = readonly [label: string, value: string | undefined, mark?: Mark];

/** The facts that are known: rows without a value are left out. */
export function knownFacts(rows: readonly FactRow[]): readonly Fact[] {
  return rows.flatMap(([label, value, mark]) =>
    value === undefined || value === '' ? [] : [{ label, value, ...mark }],
  );
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

/** The row of a date that may be missing, shown to the minute. */
export function dateRow(label: string, text: string | undefined): FactRow {
  const date = dateOf(text);
  return [label, text === undefined ? undefined : minute(text), date === undefined ? {} : { date }];
}

/** The row of an id or a key, which people copy. */
export function idRow(label: string, id: string | undefined): FactRow {
  return [label, id, { copy: true }];
}
