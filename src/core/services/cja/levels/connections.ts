import type { CallOptions, HttpResponse } from '../../../http/types';
import type { JsonPart, JsonParts } from '../../../http/jsonPart';
import type { Turns } from '../../../base/turns';
import { everyPage } from '../../common/everyPage';
import { decodeLongItems } from '../../common/items';
import { problemItem } from '../../common/problem';
import { type BuiltItem, decodeTextItems, readText, type TextList } from '../../common/textList';
import type { Page, PageItem, PageRequest } from '../../contract/page';
import type { Resource } from '../../contract/resource';
import { datasetsInText, toDatasets } from './datasets';
import { explainEmptyList } from './emptyList';
import { backfillRow, connectionRow, datasetRow } from '../client/expansions';
import type { Operations } from '../client/operations';
import {
  cutOffRows,
  type ListingHead,
  nextCursors,
  type Position,
  readListing,
  readPosition,
  readTextListing,
} from '../client/paging';
import { cachedParameter, type ConnectionQuery, toParameters } from '../client/parameters';
import { connectionResource } from './resources';
import { type Connection, connectionSchema } from '../client/schemas';
import type { CjaSettings } from '../signIn/settings';

/** Large pages for searches, because most have few results. */
const SEARCH_LIMIT = 100;

/**
 * The connections of an account (GET /data/connections), with datasets and backfills depending on `depth`. An empty
 * list is explained by a row: Adobe sends one to accounts without administrator rights.
 */
export async function connectionsPage(
  operations: Operations,
  account: Resource,
  settings: CjaSettings,
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const at = readPosition(request);
  const query = listQuery(settings, request, at);
  const response = await operations.connections(query, call);
  const { listing, connections } = await decodePage(account, response, at.page, call.turns);
  const next = nextCursors(listing, at, true);
  const { total } = listing;
  const items =
    at.page === 0 && listing.count === 0 && next.length === 0
      ? await emptyItems(operations, account, settings, request, call)
      : [...connections, ...cutOffRows(account, listing, at)];
  return { items, nextCursors: next, ...(total !== undefined && { total }), loading: 'eager' };
}

/**
 * The connections that use a dataset (GET /data/connections with `dataSetIds`), from all pages.
 * @param levels 1: including their datasets.
 */
export async function connectionsByDataset(
  operations: Operations,
  account: Resource,
  settings: CjaSettings,
  datasetId: string,
  levels: number,
  call: CallOptions,
): Promise<readonly PageItem[]> {
  const request: PageRequest = { size: SEARCH_LIMIT, bypassCache: false, depth: levels };
  const items = await everyConnection(operations, account, request, call, (at) => ({
    ...listQuery(settings, request, at),
    dataSetIds: [datasetId],
  }));
  return items.filter(({ resource }) => resource.kind === 'connection');
}

/** Results that a person looks through. */
const FOUND_LIMIT = 50;

/** True if no setting of the account filters its connections: the search has no such parameters. */
export function canSearch(settings: CjaSettings): boolean {
  return toParameters(listFilters(settings)).length === 0;
}

/** The connections that Adobe finds by name or ID (GET /data/connections/search), from the first page. */
export async function searchConnections(
  operations: Operations,
  account: Resource,
  { locale }: CjaSettings,
  text: string,
  call: CallOptions,
): Promise<readonly Resource[]> {
  const query = { query: text, expansion: connectionRow, locale, limit: FOUND_LIMIT, page: 0 };
  const { values } = readListing(await operations.searchConnections(query, call));
  const items = await connectionItems(account, values, 0, call.turns);
  return items.flatMap(({ resource }) => (resource.kind === 'connection' ? [resource] : []));
}

/**
 * The connections of all pages of a list, without duplicates (GET /data/connections).
 * @throws as `everyPage` does.
 */
export async function everyConnection(
  operations: Operations,
  account: Resource,
  request: PageRequest,
  call: CallOptions,
  getQuery: (at: Position) => ConnectionQuery,
): Promise<readonly PageItem[]> {
  const found = new Map<string, PageItem>();
  const pages = everyPage(call, async (cursor, question) => {
    const at = readPosition({ ...request, ...(cursor && { cursor }) });
    const listing = readListing(await operations.connections(getQuery(at), question));
    const [next] = nextCursors(listing, at, false);
    return { value: await connectionItems(account, listing.values, at.page, call.turns), next };
  });
  for await (const items of pages) {
    for (const item of items) if (!found.has(item.resource.path)) found.set(item.resource.path, item);
  }
  return [...found.values()];
}

/** The row that explains an empty list, and the connections that are known from data views. */
async function emptyItems(
  operations: Operations,
  account: Resource,
  settings: CjaSettings,
  request: PageRequest,
  call: CallOptions,
): Promise<readonly PageItem[]> {
  const { problem, hidden } = await explainEmptyList(operations, account, settings, request, call);
  return [problemItem(account, 'empty', problem), ...hidden];
}

/** The filters in the settings of the account. */
export function listFilters({
  connectionIds,
  sandboxId,
  sandboxName,
  includeType,
}: CjaSettings): ConnectionQuery {
  return { connectionIds, sandboxId, sandboxName, includeType };
}

/** Sorted by ID, which does not change, so that pages do not shift while they are read. */
export function listQuery(
  settings: CjaSettings,
  request: PageRequest,
  { limit, page }: Position,
): ConnectionQuery {
  return {
    ...listFilters(settings),
    locale: settings.locale,
    expansion: treeExpansion(request.depth, settings),
    cached: cachedParameter(request),
    sortProperty: 'id',
    sortDirection: 'ASC',
    limit,
    page,
  };
}

/** Included backfills are unfiltered: an account that filters them requests them by dataset. */
function treeExpansion(levels: number, { backfillStatus }: CjaSettings): readonly string[] {
  const unfiltered = backfillStatus.length === 0;
  return [
    ...connectionRow,
    ...(levels > 0 ? datasetRow : []),
    ...(levels > 1 && unfiltered ? backfillRow : []),
  ];
}

/** A decoded page of the list. */
interface ConnectionsPage {
  readonly listing: ListingHead;
  readonly connections: readonly PageItem[];
}

/** Decodes a page of the list. The rows keep its text, because decoded JSON takes several times as much memory. */
async function decodePage(
  account: Resource,
  response: HttpResponse,
  page: number,
  turns: Turns | undefined,
): Promise<ConnectionsPage> {
  const inText = await readText(response, turns, (parts) => pageInText(account, parts, page));
  if (inText) return inText;
  const listing = readListing(response);
  return { listing, connections: await connectionItems(account, listing.values, page, turns) };
}

function* pageInText(
  account: Resource,
  parts: JsonParts,
  page: number,
): Generator<void, ConnectionsPage | undefined> {
  const listing = yield* readTextListing(parts, ['dataSets', 'backfills']);
  if (!listing) return undefined;
  const build = (connection: Connection, json: JsonPart, dataSets: TextList | undefined): BuiltItem => {
    const resource = connectionResource(account, connection, json);
    return { resource, children: dataSets && datasetsInText(resource, dataSets) };
  };
  return {
    listing,
    connections: yield* decodeTextItems(listing.list, account, page, connectionSchema, build),
  };
}

/** Included datasets are the children of their connection. */
function connectionItems(
  account: Resource,
  values: readonly unknown[],
  page: number,
  turns: Turns | undefined,
): Promise<readonly PageItem[]> {
  return decodeLongItems(turns, values, account, page, connectionSchema, (connection, json) => {
    const resource = connectionResource(account, connection, json);
    return { resource, ...(Array.isArray(json.dataSets) && { children: toDatasets(resource, json) }) };
  });
}
