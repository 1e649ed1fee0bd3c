import * as v from 'valibot';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { everyPage } from '../../common/everyPage';
import { isJsonObject } from '../../../http/json';
import { id, text } from '../../common/decode';
import { decodeItems } from '../../common/items';
import { idInPath } from '../../contract/path';
import type { Page, PageItem, PageRequest } from '../../contract/page';
import type { Resource } from '../../contract/resource';
import { dataViewRow } from '../client/expansions';
import type { Operations } from '../client/operations';
import { cachedParameter } from '../client/parameters';
import { cutOffRows, nextCursors, readListing, readPosition } from '../client/paging';
import { dataViewResource, hiddenConnection } from './resources';
import { dataViewSchema } from '../client/schemas';

/** Large pages, because the complete list is needed; the documented limit of an organization is 2,000 data views. */
const WHOLE_LIST_LIMIT = 1000;

/** The data views of the connection that `parent` is or is below (GET /data/dataviews). */
export async function dataViewsPage(
  operations: Operations,
  parent: Resource,
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const at = readPosition(request);
  const parentDataGroupId = idInPath(parent.path, 'connection') ?? '';
  const cached = cachedParameter(request);
  const query = { parentDataGroupId, expansion: dataViewRow, cached, limit: at.limit, page: at.page };
  const listing = readListing(await operations.dataViews(query, call));
  const items = dataViewItems(parent, listing.values, at.page, parentDataGroupId);
  // A service that ignores the filter also counts those of other connections.
  const total = items.length === listing.values.length ? listing.total : undefined;
  return {
    items: [...items, ...cutOffRows(parent, listing, at)],
    nextCursors: nextCursors(listing, at, true),
    ...(total !== undefined && { total }),
    loading: 'eager',
  };
}

/**
 * The connections that an account may not list, found by their data views, which are their children. A data view
 * without the ID of its connection becomes a problem row.
 * @returns empty if the account may not see data views either.
 */
export async function connectionsOfDataViews(
  operations: Operations,
  account: Resource,
  request: Pick<PageRequest, 'bypassCache'>,
  call: CallOptions,
): Promise<readonly PageItem[]> {
  const views = await allDataViews(operations, request, call);
  const connections = [...byConnection(views)].map(([id, values]): PageItem => {
    const resource = hiddenConnection(account, id, values.length);
    const items = dataViewItems(resource, values, 0, id);
    return {
      resource,
      children: { items, nextCursors: [], total: items.length, loading: 'eager' },
    };
  });
  const stray = views.filter((value) => connectionIdIn(value) === undefined);
  return [...connections, ...decodeItems(stray, account, 'dataViews', strayDataView, () => undefined)];
}

/** Only `parentDataGroupId` names the connection of a data view. */
const strayDataView = v.object({ ...dataViewSchema.entries, parentDataGroupId: id });

function connectionIdIn(value: unknown): string | undefined {
  return isJsonObject(value) ? v.parse(text, value.parentDataGroupId) : undefined;
}

function byConnection(values: readonly unknown[]): ReadonlyMap<string, readonly unknown[]> {
  const groups = new Map<string, unknown[]>();
  for (const value of values) {
    const id = connectionIdIn(value);
    if (id !== undefined) groups.set(id, [...(groups.get(id) ?? []), value]);
  }
  return groups;
}

/**
 * All data views of all pages; empty if the account may not see any.
 * @throws as `everyPage` does.
 */
async function allDataViews(
  operations: Operations,
  { bypassCache }: Pick<PageRequest, 'bypassCache'>,
  call: CallOptions,
): Promise<readonly unknown[]> {
  const values: unknown[] = [];
  const pages = everyPage(call, async (cursor, question) => {
    const at = readPosition({ size: WHOLE_LIST_LIMIT, cursor });
    const cached = cachedParameter({ bypassCache });
    const query = { expansion: dataViewRow, cached, limit: at.limit, page: at.page };
    const listing = readListing(await operations.dataViews(query, question));
    const [next] = nextCursors(listing, at, false);
    return { value: listing.values, next };
  });
  try {
    for await (const page of pages) values.push(...page);
  } catch (error) {
    const none = error instanceof HttpError && ['permission', 'notFound'].includes(error.kind);
    if (!none || values.length > 0) throw error;
  }
  return values;
}

/** Items of other connections are left out, because an older service may ignore the filter (inference). */
function dataViewItems(
  parent: Resource,
  values: readonly unknown[],
  page: number,
  connectionId: string,
): readonly PageItem[] {
  return decodeItems(values, parent, page, dataViewSchema, (dataView, json) =>
    (dataView.parentDataGroupId ?? connectionId) === connectionId
      ? { resource: dataViewResource(parent, dataView, json) }
      : undefined,
  );
}
