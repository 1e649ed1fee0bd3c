import type { HttpResponse, CallOptions } from '../../../http/types';
import { unpagedEnd } from '../../common/envelope';
import { throwNotFound } from '../../common/answerErrors';
import { decodeItems } from '../../common/items';
import type { Page, PageItem, PageRequest } from '../../contract/page';
import { type Resource, getJson } from '../../contract/resource';
import { toFields } from './fields';
import { connectionsIn, readList } from '../client/listing';
import type { Operations } from '../client/operations';
import { attributesGroup, connectionResource, findEntity, entityResource, type Place } from './resources';
import { connectionSchema } from '../client/schemas';

/** The entities that the account's settings name. Sends no request. */
export function entitiesPage(account: Resource, entities: readonly string[]): Page {
  const items = entities.map((entity): PageItem => ({ resource: entityResource(account, entity) }));
  return { items, nextCursors: [], loading: 'onDemand' };
}

/** The connections of an entity with their fields, in one response, and the group of the entity's attributes. */
export async function connectionsPage(
  operations: Operations,
  entity: Resource,
  call: CallOptions,
): Promise<Page> {
  const response = await operations.connections(entity.id, call);
  const connections = connectionItems(entity, response);
  return {
    items: [
      ...unpagedEnd(entity, response, connections.length),
      ...connections,
      { resource: attributesGroup(entity) },
    ],
    nextCursors: [],
    total: connections.length,
    loading: 'eager',
  };
}

/**
 * The fields of a connection, from the data in the list; if fresh data is requested, the list is reloaded.
 * @throws HttpError kind `notFound` if the connection no longer exists.
 */
export async function fieldsPage(
  operations: Operations,
  connection: Resource,
  { bypassCache }: Pick<PageRequest, 'bypassCache'>,
  call: CallOptions,
): Promise<Page> {
  const listed = bypassCache ? undefined : getJson(connection);
  if (listed) return toFields(connection, listed);
  const parent = await readConnection(operations, connection, call);
  return { ...toFields(parent, getJson(parent) ?? {}), parent };
}

/**
 * Reads a connection from the list of its entity.
 * @throws HttpError kind `notFound` if it no longer exists.
 */
export async function readConnection(
  operations: Operations,
  connection: Resource,
  call: CallOptions,
): Promise<Resource> {
  const entity = findEntity(connection) ?? throwNotFound(connection);
  const items = connectionItems(entity, await operations.connections(entity.id, call));
  return (
    items.find(({ resource }) => resource.path === connection.path)?.resource ?? throwNotFound(connection)
  );
}

function connectionItems(entity: Place, response: HttpResponse): readonly PageItem[] {
  return decodeItems(
    readList(response, connectionsIn),
    entity,
    'connections',
    connectionSchema,
    (connection, json) => {
      const resource = connectionResource(entity, connection, json);
      return { resource, children: toFields(resource, json) };
    },
  );
}
