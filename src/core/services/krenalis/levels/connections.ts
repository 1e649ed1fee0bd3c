import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { unpagedEnd } from '../../common/envelope';
import { decodeItems } from '../../common/items';
import { childPath, type ResourcePath } from '../../contract/path';
import { problemItem } from '../../common/problem';
import { readOne } from '../../common/readOne';
import type { JsonObject } from '../../../http/json';
import type { Page, PageItem } from '../../contract/page';
import { type Resource, type Problem, type Status, getJson } from '../../contract/resource';
import { readList, readObject } from '../client/listing';
import type { Operations } from '../client/operations';
import { connectionResource, identitiesGroup, pipelineResource } from './resources';
import { type Connection, connectionSchema, identities, pipelineSchema } from '../client/schemas';
import { connectionStatus, type GetLastRun } from './status';
import { besideLastRuns } from './workspaceRuns';

/**
 * The connections of the workspace with their pipelines, in one response (GET /v1/connections), and the outcomes of the
 * last runs of all pipelines, in another. The service sorts by name, but the order of equal names varies: so they are
 * sorted here.
 */
export async function connectionsPage(
  operations: Operations,
  account: Resource,
  call: CallOptions,
): Promise<Page> {
  const [response, { getLastRun, problem }] = await besideLastRuns(operations, call, (how) =>
    operations.connections(how),
  );
  const body = readObject(response);
  const items = connectionItems(account, readList(response, 'connections', body), getLastRun);
  const end = unpagedEnd(account, response, items.length, body);
  return {
    items: [...flagged(account, problem), ...end, ...items],
    nextCursors: [],
    total: items.length,
    loading: 'eager',
  };
}

/** The connections of the workspace, if the last runs are known already. */
export async function readConnections(
  operations: Operations,
  account: Resource,
  getLastRun: GetLastRun,
  call: CallOptions,
): Promise<readonly Resource[]> {
  const values = readList(await operations.connections(call), 'connections');
  const items = connectionItems(account, values, getLastRun);
  return items.map(({ resource }) => resource);
}

/**
 * The pipelines of a connection with the outcomes of their last runs, and its group of identities (GET
 * /v1/connections/{id}). The response also describes the connection itself.
 * @throws HttpError kind `notFound` if the connection no longer exists.
 */
export async function pipelinesPage(
  operations: Operations,
  connection: Resource,
  call: CallOptions,
): Promise<Page> {
  const [response, { getLastRun, problem }] = await besideLastRuns(operations, call, (how) =>
    operations.connection(connection.id, how),
  );
  const { decoded, json } = readOne(response, identities.connection, connection.id);
  const { resource, children } = connectionItem(connection.path, decoded, json, getLastRun);
  return { ...children, items: [...flagged(connection, problem), ...children.items], parent: resource };
}

/** Updates listed connections and their pipelines with the newest runs. */
export function withLastRuns(connections: readonly Resource[], getLastRun: GetLastRun): readonly Resource[] {
  return connections.flatMap((connection) => {
    const rows = rowsIn(connection, getLastRun);
    return [{ ...connection, status: togetherStatus(rows) }, ...rows.filter(isPipeline)];
  });
}

/** The pipelines of a listed connection. */
export function pipelinesIn(connection: Resource, getLastRun: GetLastRun): readonly Resource[] {
  return rowsIn(connection, getLastRun).filter(isPipeline);
}

/** The pipelines of a listed connection, and the rows of those that cannot be decoded. */
function rowsIn(connection: Resource, getLastRun: GetLastRun): readonly Resource[] {
  return pipelineItems(connection, getJson(connection)?.pipelines, getLastRun).map(
    ({ resource }) => resource,
  );
}

function isPipeline({ kind }: Resource): boolean {
  return kind === 'pipeline';
}

function connectionItems(
  account: Resource,
  values: readonly unknown[],
  getLastRun: GetLastRun,
): readonly PageItem[] {
  return decodeItems(values, account, 0, connectionSchema, (connection, json) =>
    connectionItem(childPath(account.path, 'connection', connection.id), connection, json, getLastRun),
  );
}

function connectionItem(
  path: ResourcePath,
  connection: Connection,
  json: JsonObject,
  getLastRun: GetLastRun,
): PageItem & { readonly children: Page } {
  // Problems and pipelines only need the path of their parent.
  const place = connectionResource(path, connection, connectionStatus([]), json);
  const pipelines = pipelineItems(place, json.pipelines, getLastRun);
  const items = [...pipelines, { resource: identitiesGroup(place) }];
  const isPartial = json.pipelines !== null && !Array.isArray(json.pipelines);
  return {
    resource: { ...place, status: togetherStatus(pipelines.map(({ resource }) => resource)) },
    children: { items, nextCursors: [], loading: 'eager', isPartial },
  };
}

function togetherStatus(pipelines: readonly Resource[]): Status {
  const unknown = { state: 'unknown', label: l10n.t('unknown') } as const;
  return connectionStatus(pipelines.map(({ status }) => status ?? unknown));
}

function pipelineItems(
  connection: Resource,
  pipelines: unknown,
  getLastRun: GetLastRun,
): readonly PageItem[] {
  if (pipelines === null) return [];
  if (!Array.isArray(pipelines)) return [noPipelines(connection)];
  return decodeItems(pipelines, connection, 'pipelines', pipelineSchema, (pipeline, json) => ({
    resource: pipelineResource(connection, pipeline, json, getLastRun(pipeline.id)),
  }));
}

/** The row that says that the states below a resource are incomplete. */
function flagged(parent: Resource, problem: Problem | undefined): readonly PageItem[] {
  return problem ? [problemItem(parent, 'runs', problem)] : [];
}

function noPipelines(connection: Resource): PageItem {
  return problemItem(connection, 'pipelines', {
    title: l10n.t('The pipelines cannot be shown'),
    detail: l10n.t('The service did not return a list of pipelines.'),
    advice: l10n.t('Open the JSON of the connection to see the response.'),
    retryable: true,
  });
}
