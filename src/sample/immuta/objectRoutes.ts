import type { SampleRequest } from '../common/exchange';
import type { DataObject } from './catalog';
import { ImmutaFailure } from './failure';
import { isJson, readBody, type Json } from './json';
import { page, wantedByBody, wantedByQuery } from './paging';
import type { Tenant } from './tenant';

const id = (object: DataObject): string => object.id;

/**
 * POST /api/connections/dataObjects/_search. Its body is not documented: `connectionKey`, `normalizedType` and `page` are
 * inferred; the other form is the one published for Immuta's Marketplace API.
 */
export function searchDataObjects(tenant: Tenant, { body, path }: SampleRequest): unknown {
  const { connectionKey, type, page: wanted } = readSearch(tenant, readBody(body));
  if (typeof connectionKey !== 'string') throw new ImmutaFailure(400, 'Invalid request payload');
  const catalog = tenant.catalog(connectionKey);
  const found = catalog.search(typeof type === 'string' ? type : undefined);
  const list = { name: 'dataObjects', id, path, filter: [connectionKey, type] };
  return page(found, wantedByBody(wanted), list, tenant.options, (object) => catalog.render(object));
}

interface Search {
  readonly connectionKey: unknown;
  readonly type: unknown;
  readonly page: unknown;
}

function readSearch({ options }: Tenant, body: Json): Search {
  if (options.search === 'inferred') {
    const { connectionKey, normalizedType: type, page: wanted } = body;
    return { connectionKey, type, page: wanted };
  }
  const { connection, dataObject, limit, nextToken: cursor } = body;
  return {
    connectionKey: isJson(connection) ? connection.connectionKey : undefined,
    type: isJson(dataObject) ? dataObject.objectType : undefined,
    page: { ...(limit !== undefined && { limit }), ...(cursor !== undefined && { cursor }) },
  };
}

/** GET …/dataObjects/{id} */
export function getDataObject(tenant: Tenant, key: string, objectId: string): unknown {
  return tenant.catalog(key).render(tenant.dataObject(key, objectId));
}

/** GET …/dataObjects/{id}/children */
export function listChildren(
  tenant: Tenant,
  { query, path }: SampleRequest,
  key: string,
  objectId: string,
): unknown {
  const catalog = tenant.catalog(key);
  const children = catalog.children(tenant.dataObject(key, objectId).id);
  const list = { name: 'dataObjects', id, path };
  return page(children, wantedByQuery(query), list, tenant.options, (object) => catalog.render(object));
}

/** PATCH …/dataObjects/{id}. Its body is not documented: that only the name may be changed is inferred. */
export function updateDataObject(
  tenant: Tenant,
  { body }: SampleRequest,
  key: string,
  objectId: string,
): unknown {
  const object = tenant.dataObject(key, objectId);
  const { name, ...others } = readBody(body);
  if (typeof name !== 'string' || name === '' || Object.keys(others).length > 0) {
    throw new ImmutaFailure(400, 'Invalid request payload');
  }
  const catalog = tenant.catalog(key);
  return catalog.render(catalog.rename(object, name));
}

/** DELETE …/dataObjects/{id}: starts a task that deletes the object and all its descendants. */
export function deleteDataObject(tenant: Tenant, key: string, objectId: string): unknown {
  const catalog = tenant.catalog(key);
  const object = tenant.dataObject(key, objectId);
  const task = tenant.addRemoval(key, 'DATA_OBJECT_DELETE', () => {
    catalog.remove(object.id);
  });
  return { taskId: task.id, message: 'Deletion task created and accepted for processing' };
}
