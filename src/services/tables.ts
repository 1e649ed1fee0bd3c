import * as v from 'valibot';
import type { ResourcePath } from './path';
import type { Column, ColumnKind, Table } from './portrait';
import type { Resource, ResourceKind } from './service';

/** A column of a table whose rows are decoded: its id, its title, its kind, and the cell of a row. */
type ColumnPlan<Row> = readonly [
  id: string,
  label: string,
  kind: ColumnKind,
  cell: (row: Row) => string | number | undefined,
];

/** A table of the resources of one kind in a list. Its columns decode a row with `schema`. */
export function tableOf<S extends v.GenericSchema>(
  title: string,
  source: ResourcePath,
  kind: ResourceKind,
  schema: S,
  plans: readonly ColumnPlan<v.InferOutput<S>>[],
): Table {
  return {
    id: kind,
    title,
    source,
    columns: columnsOf(schema, plans),
    includes: (resource) => resource.kind === kind,
  };
}

/** Columns of rows that are decoded with `schema`, each row once. A row that cannot be decoded has empty cells. */
function columnsOf<S extends v.GenericSchema>(
  schema: S,
  plans: readonly ColumnPlan<v.InferOutput<S>>[],
): readonly Column[] {
  const known = new WeakMap<Resource, v.SafeParseResult<S>>();
  const decoded = (row: Resource): v.SafeParseResult<S> => {
    const result = known.get(row) ?? v.safeParse(schema, row.json);
    known.set(row, result);
    return result;
  };
  return plans.map(([id, label, kind, cell]) => ({
    id,
    label,
    kind,
    value: (row) => {
      const result = decoded(row);
      const value = result.success ? cell(result.output) : undefined;
      return value === undefined ? undefined : String(value);
    },
  }));
}
