import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { isJsonObject } from '../../../http/json';
import { decodeItems } from '../../common/items';
import { idInPath, pathSegments } from '../../contract/path';
import { problemItem, toProblem } from '../../common/problem';
import { readOne } from '../../common/readOne';
import type { Page, PageItem, PageRequest } from '../../contract/page';
import type { Resource } from '../../contract/resource';
import type { Operations } from '../client/operations';
import {
  toEnd,
  type Listing,
  nextCursors,
  type Position,
  readListing,
  readPosition,
  toWindow,
} from '../client/paging';
import { connectionAt, dataObjectResource, tasksGroup } from './resources';
import { dataObjectSchema, identities } from '../client/schemas';

/** The levels of the hierarchy from the top (Immuta's "connections overview"). Their spelling is inferred. */
const levels: readonly string[] = ['HOST', 'DATABASE', 'SCHEMA', 'TABLE'];

/** The possible types of a connection's top-level objects, most likely first; undefined: all objects are top-level. */
const rootTypes: readonly (string | undefined)[] = ['HOST', 'DATABASE', undefined];

/**
 * The children of a connection: its top-level data objects, and the group of its tasks. The first page also loads the
 * state of the connection itself (GET /api/connections/{connectionKey}).
 * @throws HttpError kind `notFound` if the connection no longer exists.
 */
export async function rootsPage(
  operations: Operations,
  connection: Resource,
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const at = readPosition(request);
  if (at.page > 1) return searchPage(operations, connection, at, call);
  const [parent, page] = await Promise.all([
    readConnection(operations, connection, call),
    firstRoots(operations, connection, at, call),
  ]);
  const items = [...page.items, { resource: tasksGroup(connection) }];
  return { ...page, items, parent };
}

/**
 * The children of a data object (GET …/children). One that is its own ancestor becomes a problem row, because expanding
 * it would never end.
 */
export async function childrenPage(
  operations: Operations,
  parent: Resource,
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const at = readPosition(request);
  const key = idInPath(parent.path, 'connection') ?? '';
  const listing = readListing(await operations.children(key, parent.id, toWindow(at), call), 'dataObjects');
  return toPage(parent, listing, at);
}

async function readConnection(
  operations: Operations,
  connection: Resource,
  call: CallOptions,
): Promise<Resource> {
  const response = await operations.connection(connection.id, call);
  const { decoded, json } = readOne(response, identities.connection, connection.id);
  return connectionAt(connection.path, decoded, json);
}

/** If the search is rejected, the tasks stay visible: its request is not documented. */
async function firstRoots(
  operations: Operations,
  connection: Resource,
  at: Position,
  call: CallOptions,
): Promise<Page> {
  try {
    return await searchPage(operations, connection, at, call);
  } catch (error) {
    if (!(error instanceof HttpError) || !['rejected', 'permission'].includes(error.kind)) throw error;
    const problem = {
      ...toProblem(error),
      title: l10n.t('The data objects could not be listed'),
      retryable: true,
    };
    const items = [problemItem(connection, 'search', problem)];
    return { items, nextCursors: [], loading: 'eager', isPartial: true };
  }
}

/**
 * The top-level data objects (POST /api/connections/dataObjects/_search). No operation lists them, so they are searched
 * by type (inference): hosts, else databases, else all objects.
 */
async function searchPage(
  operations: Operations,
  connection: Resource,
  at: Position,
  call: CallOptions,
): Promise<Page> {
  const place = Number(at.list ?? 0);
  const normalizedType = rootTypes[place];
  const query = { connectionKey: connection.id, normalizedType };
  const listing = readListing(await operations.searchDataObjects(query, toWindow(at), call), 'dataObjects');
  const values = listing.values.filter((value) => !liesBelow(value, normalizedType));
  // Lower levels are found below the others; but if there are no others, they are at the top.
  const none = values.length === 0 && at.page === 1;
  if (none && place + 1 < rootTypes.length) {
    return searchPage(operations, connection, { ...at, list: String(place + 1) }, call);
  }
  return toPage(connection, listing, at, values);
}

/** True for an object of a lower level than requested: a service may ignore the filter (inference). */
function liesBelow(value: unknown, normalizedType: string | undefined): boolean {
  const type = isJsonObject(value) ? value.normalizedType : undefined;
  if (normalizedType === undefined || typeof type !== 'string') return false;
  return levels.indexOf(type.toUpperCase()) > levels.indexOf(normalizedType);
}

/** @param shown the values of the page that become rows. */
function toPage(parent: Resource, listing: Listing, at: Position, shown = listing.values): Page {
  const ancestors = new Set(
    pathSegments(parent.path).flatMap(({ kind, id }) => (kind === 'dataObject' ? [id] : [])),
  );
  const items = decodeItems(shown, parent, at.page, dataObjectSchema, (object, json) =>
    ancestors.has(object.id)
      ? circle(parent, object.id, object.name ?? object.id)
      : { resource: dataObjectResource(parent, object, json) },
  );
  const end = toEnd(parent, 'dataObjects', listing, at);
  return { items: [...end, ...items], nextCursors: nextCursors(listing, at), loading: 'eager' };
}

function circle(parent: Resource, id: string, name: string): PageItem {
  return problemItem(parent, `circle ${id}`, {
    title: l10n.t('"{0}" is listed below itself', name),
    detail: l10n.t('Immuta lists it as a child of "{0}", which is below it.', parent.label),
    advice: l10n.t('It is shown further up. Sync the data objects of the connection to fix the list.'),
    retryable: false,
  });
}
