import * as l10n from '@vscode/l10n';
import type { HttpResponse, CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { checkItems, decodeItems } from '../../common/items';
import { problemItem } from '../../common/problem';
import type { Page, PageItem, PageRequest } from '../../contract/page';
import type { Resource } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { toEnd, type Listing, nextCursors, readListing, readPosition, toWindow } from '../client/paging';
import type { Window } from '../client/paths';
import { connectionResource } from './resources';
import { connectionSchema } from '../client/schemas';

/** The connections of a tenant (GET /api/connections). If there are none, a row says so. */
export async function connectionsPage(
  operations: Operations,
  account: Resource,
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const at = readPosition(request);
  const listing = await listConnections(operations, toWindow(at), call);
  const [next] = nextCursors(listing, at);
  if (next !== undefined) request.onNext?.(next);
  const none = at.page === 1 && listing.values.length === 0;
  const items = decodeItems(listing.values, account, at.page, connectionSchema, (connection, json) => ({
    resource: connectionResource(account, connection, json),
  }));
  const end = toEnd(account, 'connections', listing, at);
  return {
    items: [...end, ...(none && end.length === 0 ? [emptyRow(account)] : items)],
    nextCursors: next === undefined ? [] : [next],
    loading: 'eager',
  };
}

/**
 * Verifies that connections can be listed, by requesting one.
 * @throws as `listConnections` does, and HttpError kind `protocol` if the item is not a connection.
 */
export async function checkConnections(operations: Operations, call: CallOptions): Promise<void> {
  const response = await askForConnections(operations, { limit: 1 }, call);
  checkItems(response, readListing(response, 'connections').values, connectionSchema);
}

/**
 * One page of connections.
 * @throws HttpError; explains a 404, because tenants that have not joined the private preview lack this path.
 */
async function listConnections(operations: Operations, window: Window, call: CallOptions): Promise<Listing> {
  return readListing(await askForConnections(operations, window, call), 'connections');
}

function askForConnections(operations: Operations, window: Window, call: CallOptions): Promise<HttpResponse> {
  return operations.connections(window, call).catch(explain);
}

function explain(error: unknown): never {
  if (!(error instanceof HttpError) || error.status !== 404) throw error;
  throw new HttpError('notFound', l10n.t('No Connections API at this address: {0}', error.message), {
    status: 404,
    ...(error.requestId !== undefined && { requestId: error.requestId }),
    advice: l10n.t(
      'Check the tenant address. If it is correct, the private preview of the Connections API may be disabled for this tenant. Ask your Immuta representative to enable it.',
    ),
    cause: error,
  });
}

function emptyRow(account: Resource): PageItem {
  return problemItem(account, 'empty', {
    title: l10n.t('No connections'),
    detail: l10n.t('Immuta did not return any connections for this account.'),
    advice: l10n.t('Create a connection, or ask for permission on existing connections.'),
    retryable: true,
  });
}
