import assert from 'node:assert/strict';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { DetailViews, Structure } from '../../../../src/core/services/contract/detailViews';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { readAll } from '../../../support/rows';

/** The detail views of a session. */
function getDetailViews(session: Session): DetailViews {
  return session.detailViews ?? assert.fail('a portrait');
}

/** Loads the lists below some resources, for `Portrait.structure`. */
export async function listsBelow(
  session: Session,
  parents: readonly Resource[],
): Promise<(path: ResourcePath) => readonly Resource[]> {
  const lists = new Map<string, readonly Resource[]>();
  for (const parent of parents) {
    const items = await readAll(session, parent);
    lists.set(
      parent.path,
      items.map(({ resource }) => resource),
    );
  }
  return (path) => lists.get(path) ?? [];
}

/** The cells of a row by the labels of their columns; empty ones are left out. */
export function cells(session: Session, parent: Resource, table: number, row: Resource): object {
  const { columns } = getDetailViews(session).tables(parent)[table] ?? assert.fail(`table ${table}`);
  return Object.fromEntries(
    columns.flatMap((column) => {
      const value = column.value(row);
      return value === undefined ? [] : [[column.label, value]];
    }),
  );
}

/** Titles and sources of the tables. */
export function sources(session: Session, resource: Resource): readonly (readonly [string, string])[] {
  return getDetailViews(session)
    .tables(resource)
    .map(({ title, source }) => [title, source]);
}

/** The edges of a structure by the labels of their ends: `ECID -[_id]-> Web`. Fails if an end is not a node. */
export function edgeTexts({ nodes, edges }: Structure): readonly string[] {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  assert.equal(labels.size, nodes.length, 'each node once');
  const getLabel = (id: string): string => labels.get(id) ?? assert.fail(`a node ${id}`);
  return edges.map(({ from, to, label }) => `${getLabel(from)} -[${label ?? ''}]-> ${getLabel(to)}`);
}

/** The nodes by label and role. */
export function roles({ nodes }: Structure): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(nodes.map(({ label, role }) => [label, role]));
}
