import type { Backfill } from './backfill';
import type { Connection } from './connection';
import { CjaFailure } from './failures';
import type { Organization } from './organization';
import { pageByQuery, sortByQuery } from './paging';
import { readDate, readFlag, readList, readWords } from './parameters';
import {
  connectionExpansions,
  connectionListExpansions,
  renderBackfill,
  renderConnection,
  type View,
} from './renderConnection';

/** GET /data/connections. Empty, but successful, without the permission of a product admin. */
export function listConnections(organization: Organization, query: URLSearchParams): unknown {
  const view = readView(organization, query, connectionListExpansions);
  readFlag(query, 'cached', true);
  const matching = visible(organization).filter(connectionFilter(organization, query));
  const sorted = sortByQuery(matching, query, ['id', 'modifiedDate'], {
    id: ({ id }) => id,
    modifiedDate: ({ modifiedDate }) => modifiedDate,
  });
  return pageByQuery(sorted, query, organization.options, (connection) => renderConnection(connection, view));
}

/** GET /data/connections/search: by a part of the name, or by the ID. */
export function searchConnections(organization: Organization, query: URLSearchParams): unknown {
  const view = readView(organization, query, connectionExpansions);
  const wanted = query.get('query')?.toLowerCase();
  if (!wanted) throw new CjaFailure('invalid_parameters', "Parameter 'query' is required");
  const found = visible(organization).filter(
    ({ id, name, shown }) =>
      shown === 'listed' && (name.toLowerCase().includes(wanted) || id.includes(wanted)),
  );
  return pageByQuery(found, query, organization.options, (connection) => renderConnection(connection, view));
}

/** GET /data/connections/{id}, the ID with or without its prefix. */
export function readConnection(organization: Organization, query: URLSearchParams, id: string): unknown {
  const view = readView(organization, query, connectionExpansions);
  return renderConnection(findConnection(organization, id), view);
}

/** GET /data/connections/{id}/datasets/{dataSetId}/backfills. Statuses are camel case only in the query. */
export function listBackfills(
  organization: Organization,
  query: URLSearchParams,
  id: string,
  dataSetId: string,
): unknown {
  const connection = findConnection(organization, id);
  const dataSet = organization.dataSets(connection, true).find((one) => one.id === dataSetId);
  if (!dataSet)
    throw new CjaFailure('resource_not_found', `Dataset ${dataSetId} is not part of connection ${id}`);
  const wanted = readWords(query, 'includeStatus', ['inProgress', 'completed', 'failed']);
  const matching = organization
    .backfills(connection, dataSet)
    .filter(({ status }) => wanted.size === 0 || wanted.has(camelCase(status)));
  const sorted = sortByQuery(
    matching,
    query,
    ['createdDate', 'startDate', 'endDate', 'status', 'id'],
    backfillKeys,
  );
  return pageByQuery(sorted, query, organization.options, (backfill) =>
    renderBackfill(backfill, organization),
  );
}

const backfillKeys = {
  createdDate: ({ createdDate }: Backfill) => createdDate,
  startDate: ({ startDate }: Backfill) => startDate ?? 0,
  endDate: ({ endDate }: Backfill) => endDate ?? 0,
  status: ({ status }: Backfill) => status,
  id: ({ id }: Backfill) => id,
};

function readView(organization: Organization, query: URLSearchParams, allowed: readonly string[]): View {
  return {
    organization,
    expansion: readWords(query, 'expansion', allowed),
    hidden: readFlag(query, 'includeHiddenDataSets', false),
  };
}

function visible(organization: Organization): readonly Connection[] {
  return organization.options.admin ? organization.connections() : [];
}

/** @throws CjaFailure `resource_not_found`; always without the permission of a product admin (inference). */
function findConnection(organization: Organization, id: string): Connection {
  const connection = organization.options.admin ? organization.connection(id) : undefined;
  if (!connection) throw new CjaFailure('resource_not_found', `Connection ${id} was not found`);
  return connection;
}

function connectionFilter(
  organization: Organization,
  query: URLSearchParams,
): (connection: Connection) => boolean {
  const ids = readList(query, 'connectionIds')?.map((id) => organization.connection(id)?.id);
  const dataSetIds = readList(query, 'dataSetIds');
  const types = readWords(query, 'includeType', ['systemUserOwned', 'disabled']);
  const sandboxId = query.get('sandboxId');
  const sandboxName = query.get('sandboxName');
  const after = readDate(query, 'filterByModifiedAfter') ?? -Infinity;
  // No connection of the sample has an internal label.
  const labelled = query.has('internalLabel') || query.has('internalLabelNamespace');
  return (connection) =>
    !labelled &&
    (connection.shown === 'listed' || types.has(connection.shown)) &&
    (!ids || ids.includes(connection.id)) &&
    (sandboxId === null || connection.sandbox.id === sandboxId) &&
    (sandboxName === null || connection.sandbox.name === sandboxName) &&
    connection.modifiedDate > after &&
    (!dataSetIds || organization.usesDataSet(connection, new Set(dataSetIds)));
}

function camelCase(status: string): string {
  return status.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
