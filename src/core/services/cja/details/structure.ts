import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { writeJson } from '../../common/exactJson';
import type { Structure, StructureEdge, StructureNode } from '../../contract/detailViews';
import { type Resource, getJson } from '../../contract/resource';
import { distinct, edge, type GetList, loadedParent, toNode } from '../../common/structures';
import { type Dataset, datasetSchema } from '../client/schemas';

/** A decoded dataset of the connection. */
interface Part {
  readonly resource: Resource;
  readonly dataset: Dataset;
}

/** How a dataset is joined: the keys between it and the connection, and the edges that lead to it. */
interface Join {
  readonly keys: readonly StructureNode[];
  readonly edges: readonly StructureEdge[];
}

/**
 * How the datasets of a connection are related: event and profile datasets by the person IDs that they share, lookup
 * datasets by the fields that they are matched with. A dataset shows the structure of its connection.
 */
export function toStructure(resource: Resource, getList: GetList): Structure {
  const connection = resource.kind === 'dataset' ? loadedParent(resource, getList) : resource;
  if (connection === undefined) return { nodes: [toNode(resource)], edges: [] };
  const parts = getList(connection.path).flatMap(toPart);
  const joins = parts.map((part) => toJoin(connection, part, parts));
  const keys = joins.flatMap((join) => join.keys);
  return {
    nodes: distinct([
      toNode(connection),
      ...keys,
      ...parts.map((part) => toNode(part.resource, getRole(part.dataset))),
    ]),
    edges: [...distinctEdges(joins.flatMap((join) => join.edges))],
  };
}

function toPart(resource: Resource): readonly Part[] {
  const decoded = v.safeParse(datasetSchema, getJson(resource));
  return resource.kind === 'dataset' && decoded.success ? [{ resource, dataset: decoded.output }] : [];
}

/** Types are in lower case; unknown words stay as they are. */
function getRole({ type, stitchingEnabled }: Dataset): string {
  const role = typeText(type);
  return stitchingEnabled === true ? l10n.t('{0}, stitched', role) : role;
}

function typeText(type: string | undefined): string {
  if (type === undefined) return l10n.t('dataset');
  switch (type.toLowerCase()) {
    case 'event':
      return l10n.t('event dataset');
    case 'profile':
      return l10n.t('profile dataset');
    case 'lookup':
      return l10n.t('lookup dataset');
    default:
      return l10n.t('dataset of type {0}', type);
  }
}

function toJoin(connection: Resource, part: Part, parts: readonly Part[]): Join {
  const { lookupKeyField, visitorId, identityNamespace } = part.dataset;
  if (lookupKeyField !== undefined) return lookupJoin(connection, part, parts);
  const to = part.resource.path;
  const person = identityNamespace ?? visitorId;
  if (person === undefined) return { keys: [], edges: [edge(connection.path, to)] };
  const key = keyNode(`person ${person}`, person, l10n.t('person ID'));
  return { keys: [key], edges: [edge(connection.path, key.id), edge(key.id, to, visitorId)] };
}

/**
 * A lookup is matched with fields of one dataset, if that is named, else with those of all datasets of a type, by
 * default events (inference).
 */
function lookupJoin(connection: Resource, { dataset, resource }: Part, parts: readonly Part[]): Join {
  const {
    lookupKeyField,
    lookupParentDataSetId: parentId,
    lookupParentDataSetType: type = 'event',
  } = dataset;
  const fields = dataset.lookupParentFields ?? [];
  const others = parts.filter((part) => part.resource.path !== resource.path);
  const parents = others.filter((part) =>
    parentId === undefined ? part.dataset.type === type : part.resource.id === parentId,
  );
  // With many datasets, edges from one field would be confusing: then the field is connected with the connection.
  const [only] = parents.length === 1 ? parents : [];
  const from = only?.resource.path ?? connection.path;
  const to = resource.path;
  if (fields.length === 0) return { keys: [], edges: [edge(from, to, lookupKeyField)] };
  const role = only ? l10n.t('field of {0}', only.resource.label) : l10n.t('field of {0} datasets', type);
  const keys = fields.map((field) => keyNode(`field ${from} ${type} ${field}`, field, role));
  return {
    keys,
    edges: keys.flatMap(({ id }) => [edge(from, id), edge(id, to, lookupKeyField)]),
  };
}

function keyNode(id: string, label: string, role: string): StructureNode {
  return { id, label, kind: 'key', role };
}

/** Keys that several datasets share are connected with the connection once. */
function distinctEdges(edges: readonly StructureEdge[]): Iterable<StructureEdge> {
  return new Map(edges.map((one) => [writeJson([one.from, one.to, one.label]), one])).values();
}
