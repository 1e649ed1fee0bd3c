import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { childPath, parentPath } from '../../contract/path';
import type { Structure, StructureEdge, StructureNode } from '../../contract/detailViews';
import { type Resource, getJson } from '../../contract/resource';
import { distinct, edge, type GetList, loadedParent, toNode } from '../../common/structures';
import { linkedIds } from '../levels/resources';
import { connectionSchema } from '../client/schemas';

/**
 * How a connection is related to its pipelines and linked connections. Edges follow the data: from a source, to a
 * destination. A pipeline shows the structure of its connection.
 */
export function toStructure(resource: Resource, getList: GetList): Structure {
  const owner = resource.kind === 'pipeline' ? loadedParent(resource, getList) : resource;
  if (owner === undefined) return { nodes: [toNode(resource)], edges: [] };
  const flow = toFlow(owner);
  const pipelines = getList(owner.path).filter(({ kind }) => kind === 'pipeline');
  const linked = linkedNodes(owner, getList);
  return {
    nodes: distinct([
      toNode(owner, getRole(owner)),
      ...pipelines.map((pipeline) => toNode(pipeline, l10n.t('pipeline'))),
      ...linked,
    ]),
    edges: [
      ...pipelines.map((pipeline) => flow(pipeline.path, pipeline.searchAttributes?.target)),
      // Links only pass events from a source to a destination, so they lead to the other side.
      ...linked.map(({ id }) => flow(id, l10n.t('link'))),
    ],
  };
}

/** Creates edges from the connection, or to it if it is a destination. */
function toFlow({
  path,
  searchAttributes,
}: Resource): (other: string, label: string | undefined) => StructureEdge {
  const into = searchAttributes?.role === 'Destination';
  return (other, label) => (into ? edge(other, path, label) : edge(path, other, label));
}

/** A linked connection that is not in the list of the account is shown by its ID. */
function linkedNodes(owner: Resource, getList: GetList): readonly StructureNode[] {
  const decoded = v.safeParse(connectionSchema, getJson(owner));
  const account = parentPath(owner.path);
  if (!decoded.success || account === undefined) return [];
  const known = new Map(getList(account).map((connection) => [connection.path, connection]));
  return linkedIds(decoded.output).flatMap((id): readonly StructureNode[] => {
    const path = childPath(account, 'connection', id);
    const connection = known.get(path);
    if (path === owner.path) return [];
    return [connection ? toNode(connection, getRole(connection)) : missing(path, id)];
  });
}

function missing(nodeId: string, id: string): StructureNode {
  return { id: nodeId, label: id, kind: 'connection', role: l10n.t('connection not in the list') };
}

/** `Source` and `Destination` are the service's own words for the role of a connection. */
function getRole({ searchAttributes }: Resource): string {
  switch (searchAttributes?.role) {
    case 'Source':
      return l10n.t('source');
    case 'Destination':
      return l10n.t('destination');
    default:
      return searchAttributes?.role ?? l10n.t('connection');
  }
}
