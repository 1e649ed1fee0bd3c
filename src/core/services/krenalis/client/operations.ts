import type { HttpResponse, CallOptions } from '../../../http/types';
import { type RequestPath, requestPath, withQuery } from '../../../http/requestPath';
import { writeJson } from '../../common/exactJson';
import { MAX_TOKEN_RESPONSE_BYTES } from '../../common/tokens';
import type { Transport } from './transport';

/** GET /v1/connections/{id}/identities. */
export interface IdentitiesQuery {
  /** Number of items to skip. */
  readonly first: number;
  /** 1 to 1000. */
  readonly limit: number;
}

/** GET /v1/connections/auth-url. */
export interface AuthUrlQuery {
  /** The code of an application connector that requires authorization. */
  readonly connector: string;
  readonly role: string;
  readonly redirectURI: string;
}

/** GET /v1/connections/auth-token. */
export interface AuthTokenQuery {
  readonly connector: string;
  readonly redirectURI: string;
  /** The code that the application passed to the redirect address. */
  readonly authCode: string;
}

/** GET /v1/pipelines/errors/{start}/{end}. The answer has one entry for each step and message. */
export interface ErrorsQuery {
  /** ISO 8601. Errors are kept by the minute (source). */
  readonly start: string;
  /** ISO 8601. Its minute is not included. */
  readonly end: string;
  /** 1 to 100. */
  readonly limit: number;
}

/**
 * The paths of the operations, for requests and for "Copy as cURL": this extension requests no others. It must never
 * request `/warehouse` and `/event-write-keys`, because their responses contain secrets.
 */
export const paths = {
  workspaces: requestPath`/v1/workspaces`,
  currentWorkspace: requestPath`/v1/workspaces/current`,
  connectors: requestPath`/v1/connectors`,
  connections: requestPath`/v1/connections`,
  connection: (id: string): RequestPath => requestPath`/v1/connections/${id}`,
  identities: (id: string, { first, limit }: IdentitiesQuery): RequestPath =>
    withQuery(requestPath`/v1/connections/${id}/identities`, [
      ['first', String(first)],
      ['limit', String(limit)],
    ]),
  link: (source: string, destination: string): RequestPath =>
    requestPath`/v1/connections/${source}/links/${destination}`,
  authUrl: (query: AuthUrlQuery): RequestPath =>
    withQuery(requestPath`/v1/connections/auth-url`, Object.entries(query)),
  authToken: (query: AuthTokenQuery): RequestPath =>
    withQuery(requestPath`/v1/connections/auth-token`, Object.entries(query)),
  pipeline: (id: string): RequestPath => requestPath`/v1/pipelines/${id}`,
  pipelineStatus: (id: string): RequestPath => requestPath`/v1/pipelines/${id}/status`,
  startRun: (id: string): RequestPath => requestPath`/v1/pipelines/${id}/runs`,
  runs: requestPath`/v1/pipelines/runs`,
  run: (id: string): RequestPath => requestPath`/v1/pipelines/runs/${id}`,
  errors: (pipeline: string, { start, end, limit }: ErrorsQuery): RequestPath =>
    withQuery(requestPath`/v1/pipelines/errors/${start}/${end}`, [
      ['pipelines', pipeline],
      ['limit', String(limit)],
    ]),
  /** @param days 1 to 30, today included. */
  metricsByDay: (pipeline: string, days: number): RequestPath =>
    withQuery(requestPath`/v1/pipelines/metrics/days/${String(days)}`, [['pipelines', pipeline]]),
} as const;

/** The operations of the Krenalis API. Each returns the response as received, and throws as `Transport.send` does. */
export class Operations {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** The workspaces of the organization. Only for a key of the organization. */
  async workspaces(call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'GET', path: paths.workspaces, organization: true }, call);
  }

  async currentWorkspace(call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.currentWorkspace, call);
  }

  async connectors(call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.connectors, call);
  }

  /** All connections with their pipelines: the list is not paged. */
  async connections(call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.connections, call);
  }

  /** One connection, which also has its event types. */
  async connection(id: string, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.connection(id), call);
  }

  /** Newest first. */
  async identities(id: string, query: IdentitiesQuery, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.identities(id, query), call);
  }

  async pipeline(id: string, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.pipeline(id), call);
  }

  /** The runs of all pipelines of the workspace, newest first: the operation has no parameters. */
  async runs(call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.runs, call);
  }

  async run(id: string, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.run(id), call);
  }

  /** What went wrong in a pipeline, the latest first. */
  async errors(pipelineId: string, query: ErrorsQuery, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.errors(pipelineId, query), call);
  }

  /** How many items each step of a pipeline passed and rejected, day by day (UTC). */
  async metricsByDay(pipelineId: string, days: number, call: CallOptions): Promise<HttpResponse> {
    return this.#get(paths.metricsByDay(pipelineId, days), call);
  }

  /** The address where an application asks its user for consent. */
  async authUrl(query: AuthUrlQuery, call: CallOptions): Promise<HttpResponse> {
    const path = paths.authUrl(query);
    return this.transport.send({ method: 'GET', path, maxResponseBytes: MAX_TOKEN_RESPONSE_BYTES }, call);
  }

  /** A token for the authorization code of an application. The code can be used once, and is kept out of logs. */
  async authToken(query: AuthTokenQuery, call: CallOptions): Promise<HttpResponse> {
    this.transport.conceal(query.authCode);
    const path = paths.authToken(query);
    const request = {
      method: 'GET',
      path,
      idempotent: false,
      maxResponseBytes: MAX_TOKEN_RESPONSE_BYTES,
    } as const;
    return this.transport.send(request, call);
  }

  /** @param body JSON. */
  async createConnection(body: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'POST', path: paths.connections, body }, call);
  }

  /** Replaces name, strategy and sending mode; members missing in `body` are removed (source). */
  async updateConnection(id: string, body: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'PUT', path: paths.connection(id), body }, call);
  }

  async deleteConnection(id: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'DELETE', path: paths.connection(id) }, call);
  }

  /** Starts or stops sending the events of a source to a destination. */
  async link(
    method: 'POST' | 'DELETE',
    source: string,
    destination: string,
    call: CallOptions,
  ): Promise<HttpResponse> {
    return this.transport.send({ method, path: paths.link(source, destination) }, call);
  }

  async startRun(pipelineId: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'POST', path: paths.startRun(pipelineId), body: '{}' }, call);
  }

  async setPipelineStatus(id: string, enabled: boolean, call: CallOptions): Promise<HttpResponse> {
    const body = writeJson({ enabled });
    return this.transport.send({ method: 'PUT', path: paths.pipelineStatus(id), body }, call);
  }

  #get(path: RequestPath, call: CallOptions): Promise<HttpResponse> {
    return this.transport.send({ method: 'GET', path }, call);
  }
}
