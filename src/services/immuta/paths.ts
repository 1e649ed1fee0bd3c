import { encodeId } from '../encodeId';
import type { TaskFilter } from './settings';

/** Which part of a list is asked for. */
export interface Window {
  /** 1 to 100. */
  readonly limit: number;
  /** As the service gave it; absent for the first page. */
  readonly cursor?: string | undefined;
}

const root = '/api/connections';

/** The paths of the operations, for requests and for `Copy as cURL`. Ids are encoded. */
export const paths = {
  connections: (window?: Window): string => root + queryString(windowQuery(window)),
  connection: (key: string): string => `${root}/${encodeId(key)}`,
  dryRun: (key: string): string => `${root}/${encodeId(key)}?dryRun=true`,
  command: (key: string, verb: ConnectionCommand): string => `${root}/${encodeId(key)}/_${verb}`,
  search: `${root}/dataObjects/_search`,
  dataObject: (key: string, id: string): string => `${root}/${encodeId(key)}/dataObjects/${encodeId(id)}`,
  children: (key: string, id: string, window?: Window): string =>
    `${paths.dataObject(key, id)}/children${queryString(windowQuery(window))}`,
  tasks: (key: string, window?: Window, filter: TaskFilter = {}): string =>
    `${root}/${encodeId(key)}/tasks${queryString({ ...windowQuery(window), ...filterQuery(filter) })}`,
  task: (key: string, id: string): string => `${root}/${encodeId(key)}/tasks/${encodeId(id)}`,
  runs: (key: string, taskId: string, window?: Window, status?: string): string =>
    `${paths.task(key, taskId)}/runs${queryString({ ...windowQuery(window), ...filterQuery({ status }) })}`,
  run: (key: string, taskId: string, id: string): string => `${paths.task(key, taskId)}/runs/${encodeId(id)}`,
  cancel: (key: string, taskId: string, id: string): string => `${paths.run(key, taskId, id)}/_cancel`,
} as const;

/** What a connection can be told to do. */
export type ConnectionCommand = 'activate' | 'deactivate' | 'validate';

type Query = Readonly<Record<string, string | undefined>>;

function windowQuery(window: Window | undefined): Query {
  return window === undefined ? {} : { 'page[limit]': String(window.limit), 'page[cursor]': window.cursor };
}

function filterQuery(filter: Readonly<Record<string, string | undefined>> | TaskFilter): Query {
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]: [string, string | undefined]) => [`filter[${name}]`, value]),
  );
}

/** `?name=value&…`, or nothing. Brackets are percent-encoded: RFC 3986 allows none in a query. */
function queryString(query: Query): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
