import * as l10n from '@vscode/l10n';
import type { Column, Table } from '../../core/services/contract/detailViews';
import type { Session } from '../../core/services/contract/service';
import type { Property } from '../../core/services/contract/properties';
import type { Resource } from '../../core/services/contract/resource';
import { findStaleness, type FreshnessContext, withStaleness } from '../../ui/tree/freshness';
import { plainText } from '../../shared/plainText';
import { statusText } from '../../shared/status';
import { listModel, type Lists, resourcesBelow, statusModel } from './listModel';
import type { FactModel, ListModel, OverviewModel, RowModel, TableModel } from '../../shared/models';

const MAX_ROWS = 5000;

/** Longer values are truncated: the JSON has them in full. */
const MAX_VALUE_CHARS = 2000;

/** Creates the Overview tab from what is loaded. @param freshness absent: nothing is said of missing data. */
export function toOverview(
  lists: Lists,
  session: Session,
  resource: Resource,
  freshness?: FreshnessContext,
): OverviewModel {
  return {
    // The header shows the ID of the resource.
    facts: [
      ...stalenessFacts(freshness, resource),
      ...session.properties(resource).filter(({ copy, value }) => copy !== true || value !== resource.id),
    ].map(factModel),
    tables: (session.detailViews?.tables(resource) ?? []).map((table) => tableModel(lists, table, freshness)),
  };
}

/** That new data is missing, before the properties from the service. */
function stalenessFacts(freshness: FreshnessContext | undefined, resource: Resource): readonly Property[] {
  const staleness = freshness && findStaleness(freshness, resource);
  if (!staleness) return [];
  const { text, alarming } = staleness;
  const state = alarming ? 'warning' : 'inactive';
  return [{ label: l10n.t('New data'), value: text, status: { state, label: '' } }];
}

function factModel({ label, value, date, hint, status, copy }: Property): FactModel {
  // The page shows the status beside the value.
  const beside = status ? `${statusText(status)}: ` : '';
  const text = value.startsWith(beside) ? value.slice(beside.length) : value;
  return {
    label: plainText(label),
    value: status?.label === value ? statusText(status) : plainText(text, MAX_VALUE_CHARS),
    ...(date !== undefined && { date }),
    ...(hint !== undefined && { hint: plainText(hint) }),
    ...(status && { status: statusModel(status) }),
    ...(copy !== undefined && { copy }),
  };
}

function tableModel(lists: Lists, table: Table, freshness?: FreshnessContext): TableModel {
  const resources = resourcesBelow(lists, table.source).filter((row) => table.includes(row));
  return toTableModel(listModel(lists, table.source), table, resources, freshness);
}

/** A table of resources. @param state that of the lists that they are from. */
export function toTableModel(
  state: ListModel,
  { id, title, source, columns }: Omit<Table, 'includes'>,
  resources: readonly Resource[],
  freshness?: FreshnessContext,
): TableModel {
  return {
    ...state,
    id,
    title,
    source,
    columns: columns.map(({ id, label, kind }) => ({ id, label, kind })),
    rows: resources
      .slice(0, MAX_ROWS)
      .map((row) => rowModel(freshness ? withStaleness(freshness, row) : row, columns)),
    ...(resources.length > MAX_ROWS && {
      note: l10n.t('Showing the first {0} of {1} rows.', MAX_ROWS, resources.length),
    }),
  };
}

function rowModel(row: Resource, columns: readonly Column[]): RowModel {
  const hints = columns.flatMap((column) => {
    const text = column.hint?.(row);
    return text === undefined ? [] : [[column.id, plainText(text)] as const];
  });
  return {
    path: row.path,
    id: row.id,
    name: plainText(row.label) || l10n.t('(no name)'),
    ...(row.status && { status: statusModel(row.status) }),
    cells: columns.map((column) => plainText(column.value(row) ?? '', MAX_VALUE_CHARS)),
    ...(hints.length > 0 && { hints: Object.fromEntries(hints) }),
  };
}
