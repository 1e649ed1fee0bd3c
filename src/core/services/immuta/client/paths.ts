import { type RequestPath, requestPath, withQuery } from '../../../http/requestPath';
import type { TaskFilter } from '../signIn/settings';

/** The part of a list to request. */
export interface Window {
  /** 1 to 100. */
  readonly limit: number;
  /** As returned by the service; absent for the first page. */
  readonly cursor?: string | undefined;
}

/** The paths of the operations, for requests and for "Copy as cURL". */
export const paths = {
  connections: (window?: Window): RequestPath =>
    withQuery(requestPath`/api/connections`, toParameters(windowQuery(window))),
  connection: (key: string): RequestPath => requestPath`/api/connections/${key}`,
  dryRun: (key: string): RequestPath => withQuery(paths.connection(key), [['dryRun', 'true']]),
  command: (key: string, verb: ConnectionCommand): RequestPath =>
    requestPath`/api/connections/${key}/${`_${verb}`}`,
  search: requestPath`/api/connections/dataObjects/_search`,
  dataObject: (key: string, id: string): RequestPath =>
    requestPath`/api/connections/${key}/dataObjects/${id}`,
  children: (key: string, id: string, window?: Window): RequestPath =>
    withQuery(
      requestPath`/api/connections/${key}/dataObjects/${id}/children`,
      toParameters(windowQuery(window)),
    ),
  tasks: (key: string, window?: Window, filter: TaskFilter = {}): RequestPath =>
    withQuery(
      requestPath`/api/connections/${key}/tasks`,
      toParameters({ ...windowQuery(window), ...filterQuery(filter) }),
    ),
  task: (key: string, id: string): RequestPath => requestPath`/api/connections/${key}/tasks/${id}`,
  runs: (key: string, taskId: string, window?: Window, status?: string): RequestPath =>
    withQuery(
      requestPath`/api/connections/${key}/tasks/${taskId}/runs`,
      toParameters({ ...windowQuery(window), ...filterQuery({ status }) }),
    ),
  run: (key: string, taskId: string, id: string): RequestPath =>
    requestPath`/api/connections/${key}/tasks/${taskId}/runs/${id}`,
  cancel: (key: string, taskId: string, id: string): RequestPath =>
    requestPath`/api/connections/${key}/tasks/${taskId}/runs/${id}/_cancel`,
} as const;

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

/** The parameters that are set. Brackets are percent-encoded, because RFC 3986 does not allow them in a query. */
function toParameters(query: Query): readonly (readonly [string, string])[] {
  return Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
}
