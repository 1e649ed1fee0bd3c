import * as l10n from '@vscode/l10n';
import { childPath, type ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { type StatusState, stateWord } from '../../shared/status';
import type { Arrangement, GroupKind } from './groupKinds';

/** The states in the order of their groups: what needs a person first. */
const STATES: readonly StatusState[] = [
  ...(['failed', 'warning', 'running', 'queued'] as const),
  ...(['ok', 'inactive', 'unknown'] as const),
];

/**
 * Puts the connections among rows into groups, in an order that does not depend on theirs. Other rows stay where they
 * are: problems before the groups, Load More after them.
 * @param path of the list of the rows.
 * @returns undefined if no connection has what they are to be grouped by, as those of another service.
 */
export function arrange(
  path: ResourcePath,
  rows: readonly Resource[],
  kind: GroupKind,
): Arrangement | undefined {
  const connections = rows.filter(isConnection);
  if (!connections.some((row) => groupValue(row, kind) !== undefined)) return undefined;
  const byValue = new Map<string, Resource[]>();
  for (const row of connections) {
    const value = groupValue(row, kind) ?? (kind === 'state' ? 'unknown' : '');
    const members = byValue.get(value);
    if (members) members.push(row);
    else byValue.set(value, [row]);
  }
  const values = [...byValue.keys()].toSorted((a, b) => compareValues(kind, a, b));
  const groups = values.map((value) => {
    const members = byValue.get(value) ?? [];
    return { group: groupRow(path, kind, value, members.length), members };
  });
  const first = rows.findIndex(isConnection);
  const others = (part: readonly Resource[]): readonly Resource[] => part.filter((row) => !isConnection(row));
  return {
    rows: [
      ...others(rows.slice(0, first)),
      ...groups.map(({ group }) => group),
      ...others(rows.slice(first)),
    ],
    groups: new Map(groups.map(({ group, members }) => [group.path, members])),
  };
}

/** What a connection is grouped by; undefined if it has no such thing. */
export function groupValue({ searchAttributes, status }: Resource, kind: GroupKind): string | undefined {
  if (kind === 'state') return status?.state;
  const value = searchAttributes?.[kind];
  return value === '' ? undefined : value;
}

function isConnection({ kind }: Resource): boolean {
  return kind === 'connection';
}

/** Connections without a value are last. */
function compareValues(kind: GroupKind, a: string, b: string): number {
  if (kind === 'state') return STATES.indexOf(toState(a)) - STATES.indexOf(toState(b));
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  return a.localeCompare(b) || (a < b ? -1 : 1);
}

function groupRow(path: ResourcePath, kind: GroupKind, value: string, count: number): Resource {
  const id = `${kind}=${value}`;
  return {
    path: childPath(path, 'section', id),
    kind: 'section',
    id,
    label: groupLabel(kind, value),
    description: count === 1 ? l10n.t('1 connection') : l10n.t('{0} connections', count),
    hasChildren: true,
  };
}

function groupLabel(kind: GroupKind, value: string): string {
  if (kind === 'state') return stateWord(toState(value));
  if (value !== '') return value;
  return kind === 'sandbox' ? l10n.t('No sandbox') : l10n.t('No owner');
}

function toState(value: string): StatusState {
  return STATES.find((state) => state === value) ?? 'unknown';
}
