import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Structure, StructureEdge, StructureNode } from '../../contract/detailViews';
import { type Resource, getJson } from '../../contract/resource';
import { distinct, edge, type GetList, toNode } from '../../common/structures';
import { getGroup } from '../levels/fields';
import { findEntity } from '../levels/resources';
import { connectionSchema } from '../client/schemas';

/** Maximum number of fields that are shown individually; of more, only the groups are shown. */
const MAX_FIELDS = 40;

/** Maximum number of groups that are shown individually: those with the most fields. */
const MAX_GROUPS = 40;

/**
 * How connections extend an entity: entity, join attribute, connection, and for a single connection its fields by
 * group.
 */
export function toStructure(resource: Resource, getList: GetList): Structure {
  const { kind, path } = resource;
  const connections =
    kind === 'entity' ? getList(path).filter((row) => row.kind === 'connection') : [resource];
  const entity = entityNode(resource);
  const joins = connections.map((connection) => toJoin(entity, connection));
  const fields = kind === 'connection' ? toFields(resource, getList(path)) : { nodes: [], edges: [] };
  return {
    nodes: distinct([entity, ...joins.flatMap(({ nodes }) => nodes), ...fields.nodes]),
    edges: [...joins.flatMap(({ edges }) => edges), ...fields.edges],
  };
}

function entityNode(resource: Resource): StructureNode {
  const { path, id } = findEntity(resource) ?? resource;
  return { id: path, path, kind: 'entity', label: id, role: l10n.t('entity') };
}

/** A connection is connected with its entity by the attribute that they share. */
function toJoin(entity: StructureNode, connection: Resource): Structure {
  const decoded = v.safeParse(connectionSchema, getJson(connection));
  const { type, join } = decoded.success ? decoded.output : {};
  const node = toNode(connection, type ?? l10n.t('connection'));
  const attribute = join?.attribute;
  if (attribute === undefined) return { nodes: [node], edges: [edge(entity.id, node.id, join?.type)] };
  const key: StructureNode = {
    id: `key ${attribute}`,
    label: attribute,
    kind: 'key',
    role: l10n.t('join attribute'),
  };
  return { nodes: [key, node], edges: [edge(entity.id, key.id), edge(key.id, node.id, join?.type)] };
}

function toFields(connection: Resource, rows: readonly Resource[]): Structure {
  const fields = rows.filter(({ kind }) => kind === 'field');
  const groups = new Map<string, Resource[]>();
  for (const field of fields) {
    const members = groups.get(getGroup(field));
    if (members) members.push(field);
    else groups.set(getGroup(field), [field]);
  }
  const named = [...groups].map(([name, members]): Group => ({ name, members }));
  return fields.length > MAX_FIELDS ? inGroups(connection, named) : oneByOne(connection, named);
}

interface Group {
  /** Empty for fields without a group. */
  readonly name: string;
  readonly members: readonly Resource[];
}

function oneByOne(connection: Resource, groups: readonly Group[]): Structure {
  const parts = groups.map((group): Structure => {
    const nodes = group.members.map((field) => toNode(field, l10n.t('field')));
    if (group.name === '') return { nodes, edges: edgesTo(connection.path, nodes) };
    const node = groupNode(group);
    return { nodes: [node, ...nodes], edges: [edge(connection.path, node.id), ...edgesTo(node.id, nodes)] };
  });
  return { nodes: parts.flatMap(({ nodes }) => nodes), edges: parts.flatMap(({ edges }) => edges) };
}

function inGroups(connection: Resource, groups: readonly Group[]): Structure {
  const bySize = groups.toSorted((a, b) => b.members.length - a.members.length);
  const rest = bySize.slice(MAX_GROUPS);
  const nodes = [...bySize.slice(0, MAX_GROUPS).map(groupNode), ...(rest.length > 0 ? [restNode(rest)] : [])];
  return { nodes, edges: edgesTo(connection.path, nodes) };
}

function groupNode({ name, members }: Group): StructureNode {
  const role = members.length === 1 ? l10n.t('1 field') : l10n.t('{0} fields', members.length);
  return { id: `group ${name}`, label: name || l10n.t('No group'), kind: 'group', role };
}

function restNode(groups: readonly Group[]): StructureNode {
  const count = groups.reduce((sum, { members }) => sum + members.length, 0);
  return {
    id: 'rest',
    label: l10n.t('{0} more groups', groups.length),
    kind: 'group',
    role: l10n.t('{0} fields', count),
  };
}

function edgesTo(from: string, nodes: readonly StructureNode[]): readonly StructureEdge[] {
  return nodes.map(({ id }) => edge(from, id));
}
