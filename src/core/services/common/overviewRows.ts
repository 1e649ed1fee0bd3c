import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { toDate, minute } from './dates';
import { decodedJson, type Json } from '../../http/jsonPart';
import type { Property } from '../contract/properties';
import type { Resource } from '../contract/resource';
import type { ResourceKind } from '../../../shared/kinds';
import type { ResourcePath } from '../contract/path';
import type { Column, ColumnKind, Table } from '../contract/detailViews';
import { type User, userHint, userText } from './users';

/** The optional members of a property. */
type Mark = Pick<Property, 'date' | 'hint' | 'status' | 'copy'>;

/** A label, a value that may be missing, and optional members. */
export type FactRow = readonly [label: string, value: string | undefined, mark?: Mark];

/** Rows as properties. Rows without a value are left out. */
export function knownFacts(rows: readonly FactRow[]): readonly Property[] {
  return rows.flatMap(([label, value, mark]) =>
    value === undefined || value === '' ? [] : [{ label, value, ...mark }],
  );
}

/** The rows of a decoded resource; none if it cannot be decoded. */
export function decodedRows<S extends v.GenericSchema>(
  schema: S,
  json: Json | undefined,
  rows: (value: v.InferOutput<S>) => readonly FactRow[],
): readonly FactRow[] {
  const result = v.safeParse(schema, decodedJson(json));
  return result.success ? rows(result.output) : [];
}

/** The row of a date that may be missing, with minute precision. */
export function dateRow(label: string, text: string | undefined): FactRow {
  const date = toDate(text);
  return [label, text === undefined ? undefined : minute(text), date === undefined ? {} : { date }];
}

/** The row of a user, with the ID as tooltip if the name is unknown. */
export function userRow(label: string, user: User): FactRow {
  const hint = userHint(user);
  return [label, userText(user), hint === undefined ? {} : { hint }];
}

/** The row of an ID or a key, which users copy. */
export function idRow(label: string, id: string | undefined): FactRow {
  return [label, id, { copy: true }];
}

/** The value of a flag in words. */
export function yesNo(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? l10n.t('Yes') : l10n.t('No');
}

/** A column of a decoded table: ID, title, kind, and how to get the cell of a row. */
type ColumnPlan<Row> = readonly [id: string, label: string, kind: ColumnKind, cell: (row: Row) => Cell];

/** What a cell shows; undefined if unknown. */
type Cell = string | number | User | undefined;

/** A table of the resources of one kind in a list. Its columns decode rows with `schema`. */
export function toTable<S extends v.GenericSchema>(
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
    columns: toColumns(schema, plans),
    includes: (resource) => resource.kind === kind,
  };
}

/** Columns of decoded rows. Each row is decoded once; one that cannot be decoded has empty cells. */
function toColumns<S extends v.GenericSchema>(
  schema: S,
  plans: readonly ColumnPlan<v.InferOutput<S>>[],
): readonly Column[] {
  const known = new WeakMap<Resource, v.SafeParseResult<S>>();
  const decoded = (row: Resource): v.SafeParseResult<S> => {
    const result = known.get(row) ?? v.safeParse(schema, decodedJson(row.json));
    known.set(row, result);
    return result;
  };
  const toCell = (row: Resource, cell: (row: v.InferOutput<S>) => Cell): Cell => {
    const result = decoded(row);
    return result.success ? cell(result.output) : undefined;
  };
  return plans.map(([id, label, kind, cell]) => ({
    id,
    label,
    kind,
    value: (row) => cellText(toCell(row, cell)),
    hint: (row) => {
      const shown = toCell(row, cell);
      return typeof shown === 'object' ? userHint(shown) : undefined;
    },
  }));
}

function cellText(cell: Cell): string | undefined {
  if (typeof cell === 'object') return userText(cell);
  return cell === undefined ? undefined : String(cell);
}
