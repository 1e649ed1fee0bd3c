import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../http/client';
import { decodeItems } from '../items';
import { childPath, type ResourcePath } from '../path';
import { problemItem } from '../problem';
import { readOne } from '../readOne';
import type { Item, JsonObject, Page, Resource } from '../service';
import { readList } from './listing';
import type { Operations } from './operations';
import { connectionResource, identitiesGroup, pipelineResource } from './resources';
import { type Connection, connectionSchema, identities, pipelineSchema } from './schemas';
import { connectionStatus } from './status';

/**
 * The connections of the workspace with their pipelines, in one answer (GET /v1/connections). The service sorts by
 * name, but equal names come in any order, another one every time: they are sorted here.
 */
export async function connectionsPage(
  operations: Operations,
  account: Resource,
  call: CallOptions,
): Promise<Page> {
  const values = readList(await operations.connections(call), 'connections');
  const items = decodeItems(values, account, 0, connectionSchema, (connection, json) =>
    connectionItem(childPath(account.path, 'connection', connection.id), connection, json),
  );
  return { items, next: [], total: items.length, order: 'label', follow: true };
}

/**
 * The pipelines of a connection and the row of its identities (GET /v1/connections/{id}), which tells of the connection
 * itself too.
 * @throws HttpError kind `notFound` where the connection is gone.
 */
export async function pipelinesPage(
  operations: Operations,
  connection: Resource,
  call: CallOptions,
): Promise<Page> {
  const response = await operations.connection(connection.id, call);
  const { decoded, json } = readOne(response, identities.connection, connection.id);
  const { resource, children } = connectionItem(connection.path, decoded, json);
  return { ...children, parent: resource };
}

function connectionItem(
  path: ResourcePath,
  connection: Connection,
  json: JsonObject,
): Item & { readonly children: Page } {
  // Problems and pipelines need no more of their parent than its path.
  const place = connectionResource(path, connection, connectionStatus([]), json);
  const children = pipelinesOf(place, json.pipelines);
  const statuses = children.items.flatMap(({ resource }) => resource.status ?? []);
  return { resource: { ...place, status: connectionStatus(statuses) }, children };
}

/** The page of pipelines that a connection's JSON holds. */
export function pipelinesOf(connection: Resource, pipelines: unknown): Page {
  const items = [...pipelineItems(connection, pipelines), { resource: identitiesGroup(connection) }];
  return { items, next: [], order: 'label', follow: true };
}

function pipelineItems(connection: Resource, pipelines: unknown): readonly Item[] {
  if (pipelines === undefined || pipelines === null) return [];
  if (!Array.isArray(pipelines)) return [noPipelines(connection)];
  return decodeItems(pipelines, connection, 'pipelines', pipelineSchema, (pipeline, json) => ({
    resource: pipelineResource(connection, pipeline, json),
  }));
}

function noPipelines(connection: Resource): Item {
  return problemItem(connection, 'pipelines', {
    what: l10n.t('The pipelines cannot be shown'),
    why: l10n.t('The service sent something other than a list of pipelines.'),
    advice: l10n.t('Open the JSON of the connection to see what was sent.'),
    retry: true,
  });
}
