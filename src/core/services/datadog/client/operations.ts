import { writeJson } from '../../common/exactJson';
import type { HttpClient, HttpResponse, HttpRequest, CallOptions } from '../../../http/types';
import { type RequestPath, requestPath } from '../../../http/requestPath';
import { type Credentials, requestHeaders } from '../signIn/settings';

/** The paths of the operations, for requests and for "Copy as cURL". */
export const paths = {
  mapping: (entity: string): RequestPath => requestPath`/api/v2/product-analytics/${entity}/mapping`,
  connections: (entity: string): RequestPath =>
    requestPath`/api/v2/product-analytics/${entity}/mapping/connections`,
  /** Singular when writing a connection; no operation reads a single one. */
  connection: (entity: string): RequestPath =>
    requestPath`/api/v2/product-analytics/${entity}/mapping/connection`,
  oneConnection: (entity: string, id: string): RequestPath =>
    requestPath`/api/v2/product-analytics/${entity}/mapping/connection/${id}`,
} as const;

/** The body of a request that writes a connection. */
export interface ConnectionWrite {
  readonly data: { readonly id: string; readonly type: 'connection_id'; readonly attributes: object };
}

export function writeBody(id: string, attributes: object): ConnectionWrite {
  return { data: { id, type: 'connection_id', attributes } };
}

/**
 * The operations of Datadog that this extension uses (OpenAPI, tag "Rum Audience Management", and ValidateAPIKey). Each
 * returns the response as received, and throws HttpError and the signal's reason. Writes are sent once.
 */
export class Operations {
  readonly #headers: Readonly<Record<string, string>>;

  /** @param credentials the credentials of every request. */
  constructor(
    private readonly endpoint: string,
    credentials: Credentials,
    private readonly http: HttpClient,
  ) {
    this.#headers = requestHeaders(credentials);
  }

  /** GET /api/v2/product-analytics/{entity}/mapping/connections. Not paged. */
  async connections(entity: string, call: CallOptions): Promise<HttpResponse> {
    return this.#send('GET', paths.connections(entity), call);
  }

  /** GET /api/v2/product-analytics/{entity}/mapping: the attributes of an entity. */
  async mapping(entity: string, call: CallOptions): Promise<HttpResponse> {
    return this.#send('GET', paths.mapping(entity), call);
  }

  /** POST /api/v2/product-analytics/{entity}/mapping/connection. Responds with 201 and no body. */
  async createConnection(entity: string, body: ConnectionWrite, call: CallOptions): Promise<HttpResponse> {
    return this.#send('POST', paths.connection(entity), call, body);
  }

  /** PUT /api/v2/product-analytics/{entity}/mapping/connection. Responds with 200 and no body. */
  async updateConnection(entity: string, body: ConnectionWrite, call: CallOptions): Promise<HttpResponse> {
    return this.#send('PUT', paths.connection(entity), call, body);
  }

  /** DELETE /api/v2/product-analytics/{entity}/mapping/connection/{id}. */
  async deleteConnection(entity: string, id: string, call: CallOptions): Promise<HttpResponse> {
    return this.#send('DELETE', paths.oneConnection(entity, id), call);
  }

  /** GET /api/v1/validate: only checks the API key, not the application key. */
  validate(call: CallOptions): Promise<HttpResponse> {
    return this.#send('GET', requestPath`/api/v1/validate`, call);
  }

  #send(
    method: HttpRequest['method'],
    path: RequestPath,
    call: CallOptions,
    body?: ConnectionWrite,
  ): Promise<HttpResponse> {
    const origin = this.endpoint;
    if (body === undefined) return this.http.send({ method, origin, path, headers: this.#headers }, call);
    const headers = { ...this.#headers, 'content-type': 'application/json' };
    return this.http.send({ method, origin, path, headers, body: writeJson(body) }, call);
  }
}
