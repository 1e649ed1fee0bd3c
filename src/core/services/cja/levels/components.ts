import type { CallOptions } from '../../../http/types';
import { decodeLongItems } from '../../common/items';
import type { Page, PageRequest } from '../../contract/page';
import { idInPath } from '../../contract/path';
import type { Resource } from '../../contract/resource';
import { componentRow } from '../client/expansions';
import type { ComponentKind, Operations } from '../client/operations';
import { cutOffRows, nextCursors, readListing, readPosition } from '../client/paging';
import { componentSchema } from '../client/schemas';
import { componentGroups, componentResource } from './resources';

/** What is below a data view: its groups. Sends no request. */
export function componentGroupsPage(dataView: Resource): Page {
  const items = componentGroups(dataView).map((resource) => ({ resource }));
  return { items, nextCursors: [], loading: 'onDemand' };
}

/**
 * The dimensions or metrics of the data view that `group` is below (GET /data/dataviews/{id}/dimensions and …/metrics),
 * including hidden ones, because code may use them. No page size is documented: the service chooses it, and the first
 * request has no page number.
 */
export async function componentsPage(
  operations: Operations,
  group: Resource,
  kind: ComponentKind,
  locale: string | undefined,
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const at = readPosition(request);
  const dataViewId = idInPath(group.path, 'dataView') ?? '';
  const page = at.page === 0 ? undefined : at.page;
  const query = { includeType: ['hidden'], locale, expansion: componentRow, page } as const;
  const listing = readListing(await operations.components(kind, dataViewId, query, call));
  const { total } = listing;
  const items = await decodeLongItems(
    call.turns,
    listing.values,
    group,
    at.page,
    componentSchema,
    (component, json) => ({ resource: componentResource(group, kind, component, json) }),
  );
  return {
    items: [...items, ...cutOffRows(group, listing, at)],
    nextCursors: nextCursors(listing, at, true),
    ...(total !== undefined && { total }),
    loading: 'eager',
  };
}
