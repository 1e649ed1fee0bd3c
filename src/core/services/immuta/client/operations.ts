import { writeJson } from '../../common/exactJson';
import { Fallback } from '../../common/fallback';
import type { HttpResponse, CallOptions } from '../../../http/types';
import type { RequestPath } from '../../../http/requestPath';
import { type ConnectionCommand, paths, type Window } from './paths';
import type { TaskFilter } from '../signIn/settings';
import type { Transport } from './transport';

/** The criteria for searching data objects (POST /api/connections/dataObjects/_search). */
export interface SearchQuery {
  readonly connectionKey: string;
  readonly normalizedType?: string | undefined;
}

/**
 * The 19 operations of Immuta's Connections API. Each returns the response as received, and throws HttpError and the
 * signal's reason. Writes are sent once.
 */
export class Operations {
  readonly #searchForm = new Fallback([namedAsObjects, namedAsInMarketplace], Date.now, [400, 422]);

  constructor(private readonly transport: Transport) {}

  /** GET /api/connections */
  async connections(window: Window, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.connections(window), call);
  }

  /** GET /api/connections/{connectionKey} */
  async connection(key: string, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.connection(key), call);
  }

  /** POST /api/connections, with the JSON text of a connection. */
  async createConnection(body: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'POST', path: paths.connections(), body }, call);
  }

  /** PATCH /api/connections/{connectionKey} */
  async updateConnection(key: string, body: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'PATCH', path: paths.connection(key), body }, call);
  }

  /** PATCH /api/connections/{connectionKey}?dryRun=true: changes nothing, so it may be repeated. */
  async tryUpdate(key: string, body: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'PATCH', path: paths.dryRun(key), body, idempotent: true }, call);
  }

  /** DELETE /api/connections/{connectionKey} */
  async deleteConnection(key: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'DELETE', path: paths.connection(key) }, call);
  }

  /** POST /api/connections/{connectionKey}/_activate, `_deactivate` or `_validate` */
  async command(key: string, verb: ConnectionCommand, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'POST', path: paths.command(key, verb) }, call);
  }

  /**
   * POST /api/connections/dataObjects/_search, which only reads. Its body is not documented: if one form is rejected,
   * the other one is tried.
   */
  async searchDataObjects(query: SearchQuery, page: Window, call: CallOptions): Promise<HttpResponse> {
    return this.#searchForm.ask((form) =>
      this.transport.send(
        { method: 'POST', path: paths.search, body: writeJson(form(query, page)), idempotent: true },
        call,
      ),
    );
  }

  /** GET …/dataObjects/{id} */
  async dataObject(key: string, id: string, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.dataObject(key, id), call);
  }

  /** GET …/dataObjects/{id}/children */
  async children(key: string, id: string, window: Window, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.children(key, id, window), call);
  }

  /** PATCH …/dataObjects/{id} */
  async updateDataObject(key: string, id: string, body: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'PATCH', path: paths.dataObject(key, id), body }, call);
  }

  /** DELETE …/dataObjects/{id} */
  async deleteDataObject(key: string, id: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'DELETE', path: paths.dataObject(key, id) }, call);
  }

  /** GET …/tasks */
  async tasks(key: string, window: Window, filter: TaskFilter, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.tasks(key, window, filter), call);
  }

  /** POST …/tasks, with the only type that it accepts. */
  async createSyncTask(key: string, call: CallOptions): Promise<HttpResponse> {
    const body = writeJson({ type: 'DATA_OBJECT_SYNC' });
    return this.transport.send({ method: 'POST', path: paths.tasks(key), body }, call);
  }

  /** GET …/tasks/{taskId} */
  async task(key: string, id: string, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.task(key, id), call);
  }

  /** GET …/tasks/{taskId}/runs */
  async runs(
    key: string,
    taskId: string,
    window: Window,
    status: string | undefined,
    call: CallOptions,
  ): Promise<HttpResponse> {
    return this.#get(paths.runs(key, taskId, window, status), call);
  }

  /** GET …/runs/{runId} */
  async run(key: string, taskId: string, id: string, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.run(key, taskId, id), call);
  }

  /** POST …/runs/{runId}/_cancel */
  async cancelRun(key: string, taskId: string, id: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'POST', path: paths.cancel(key, taskId, id) }, call);
  }

  #get(path: RequestPath, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'GET', path }, call);
  }
}

/** Inferred: members are named as in a data object, and the page as in queries. */
function namedAsObjects(query: SearchQuery, page: Window): object {
  return { ...query, page };
}

/** The search that Immuta publishes for its Marketplace API. */
function namedAsInMarketplace(
  { connectionKey, normalizedType }: SearchQuery,
  { limit, cursor }: Window,
): object {
  return {
    connection: { connectionKey },
    ...(normalizedType !== undefined && { dataObject: { objectType: normalizedType } }),
    limit,
    ...(cursor !== undefined && { nextToken: cursor }),
  };
}
