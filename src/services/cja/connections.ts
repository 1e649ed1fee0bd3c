import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../http/client';
import { decodeItems } from '../items';
import { problemItem } from '../problem';
import type { Item, Page, PageRequest, Problem, Resource } from '../service';
import { datasetsOf } from './datasets';
import { connectionsOfDataViews } from './dataViews';
import { adminAdvice } from './errors';
import { connectionRow, connectionTree } from './expansions';
import type { Operations } from './operations';
import { nextCursors, type Position, readListing, readPosition } from './paging';
import type { ConnectionQuery } from './parameters';
import { connectionResource } from './resources';
import { connectionSchema } from './schemas';
import type { CjaSettings } from './settings';

/** Large pages for searches: most have few results. */
const SEARCH_LIMIT = 100;

/**
 * The connections of an account (GET /data/connections), with datasets and backfills where `deep` asks for them.
 * An empty list is explained by a row: Adobe sends one to accounts without administrator rights.
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
  const listing = readListing(await operations.connections(query, call));
  const next = nextCursors(listing, at, true);
  const { total } = listing;
  const items =
    at.page === 0 && listing.values.length === 0 && next.length === 0
      ? await explainEmpty(operations, account, settings, call)
      : connectionItems(account, listing.values, at.page);
  return { items, next, ...(total !== undefined && { total }), order: 'label', follow: true };
}

/** The connections that use a dataset (GET /data/connections with `dataSetIds`), all pages. */
export async function connectionsByDataset(
  operations: Operations,
  account: Resource,
  settings: CjaSettings,
  datasetId: string,
  call: CallOptions,
): Promise<readonly Resource[]> {
  const found = new Map<string, Resource>();
  const request: PageRequest = { size: SEARCH_LIMIT, fresh: false, deep: false };
  let at: Position | undefined = readPosition(request);
  while (at) {
    const query: ConnectionQuery = { ...listQuery(settings, request, at), dataSetIds: [datasetId] };
    const listing = readListing(await operations.connections(query, call));
    for (const { resource } of connectionItems(account, listing.values, at.page)) {
      if (resource.kind === 'connection' && !found.has(resource.path)) found.set(resource.path, resource);
    }
    const [cursor] = nextCursors(listing, at, false);
    at = cursor && readPosition({ ...request, cursor });
  }
  return [...found.values()];
}

/**
 * What an account is told whose list of connections is empty (cja.md 3.1): Adobe answers 200 and an empty list, not
 * 403, where the technical account is no product administrator.
 * @param hidden the number of connections that data views show to exist.
 */
export function emptyProblem(settings: CjaSettings, hidden: number): Problem {
  const filter = [settings.sandboxName, settings.sandboxId, ...settings.connectionIds]
    .filter(Boolean)
    .join(', ');
  if (filter !== '') {
    return {
      what: l10n.t('No connection matches the settings of the account'),
      why: l10n.t('The account shows connections of {0} only, and Adobe finds none.', filter),
      advice: l10n.t('Edit the account to change what it shows.'),
      retry: true,
    };
  }
  return {
    what: l10n.t('Adobe sent an empty list of connections'),
    why:
      hidden > 0
        ? l10n.t(
            'Data views show that {0} connections exist, but the account is not a product administrator of Customer Journey Analytics. Adobe then sends an empty list instead of an error.',
            hidden,
          )
        : l10n.t(
            'Either the organization has no connections, or the account is not a product administrator of Customer Journey Analytics: Adobe then sends an empty list instead of an error.',
          ),
    advice: adminAdvice(),
    retry: true,
  };
}

/** The row that explains an empty list, and below it the connections that data views give away. */
async function explainEmpty(
  operations: Operations,
  account: Resource,
  settings: CjaSettings,
  call: CallOptions,
): Promise<readonly Item[]> {
  const hidden = isFiltered(settings) ? [] : await connectionsOfDataViews(operations, account, call);
  return [problemItem(account, 'empty', emptyProblem(settings, hidden.length)), ...hidden];
}

/** True where settings narrow the list, so that an empty one is no sign of missing rights. */
export function isFiltered({ sandboxName, sandboxId, connectionIds }: CjaSettings): boolean {
  return sandboxName !== undefined || sandboxId !== undefined || connectionIds.length > 0;
}

/** Sorted by id, which does not change, so that pages do not shift under the reader. */
function listQuery(
  settings: CjaSettings,
  { fresh, deep }: PageRequest,
  { limit, page }: Position,
): ConnectionQuery {
  const { connectionIds, sandboxId, sandboxName, includeType, locale } = settings;
  return {
    connectionIds,
    sandboxId,
    sandboxName,
    includeType,
    locale,
    expansion: deep ? connectionTree : connectionRow,
    cached: fresh ? false : undefined,
    sortProperty: 'id',
    sortDirection: 'ASC',
    limit,
    page,
  };
}

/** Datasets that came along are the children of their connection. */
function connectionItems(account: Resource, values: readonly unknown[], page: number): readonly Item[] {
  return decodeItems(values, account, page, connectionSchema, (connection, json) => {
    const resource = connectionResource(account, connection, json);
    return { resource, ...(Array.isArray(json.dataSets) && { children: datasetsOf(resource, json) }) };
  });
}
