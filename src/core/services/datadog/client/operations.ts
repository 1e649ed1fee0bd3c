import { writeJson } from '../../common/exactJson';
import type { HttpClient, HttpResponse, HttpRequest, CallOptions } from '../../../http/types';
import { type RequestPath, requestPath } from '../../../http/requestPath';
import { type Proof, requestHeaders } from '../signIn/settings';

/** The paths of the operations, for requests and for `Copy as cURL`. */
export const paths = {
  mapping: (entity: string): RequestPath => requestPath`/api/v2/product-analytics/${entity}/mapping`,
  connections: (entity: string): RequestPath =>
    requestPath`/api/v2/product-analytics/${entity}/mapping/connections`,
  /** Singular where a connection is written; there is no operation that reads one alone. */
  connection: (entity: string): RequestPath =>
    requestPath`/api/v2/product-analytics/${entity}/mapping/connection`,
  oneConnection: (entity: string, id: string): RequestPath =>
    requestPath`/api/v2/product-analytics/${entity}/mapping/connection/${id}`,
} as const;

/** The body of a request that writes a connection. */
export interface ConnectionWrite {
  readonly data: { readonly id: string; readonly type: 'connection_id'; readonly attributes: object };
}

/** The body that writes a connection, by its id and what is said of it. */
export function writeBody(id: string, attributes: object): ConnectionWrite {
  return { data: { id, type: 'connection_id', attributes } };
}

/**
 * The operations of Datadog that this extension knows (OpenAPI, tag "Rum Audience Management", and ValidateAPIKey).
 * Each gives the answer as it came; each throws HttpError, and the signal's reason. Writes are sent once.
 */
export class Operations {
  readonly #headers: Readonly<Record<string, string>>;

  /** @param proof what signs every request in. */
  constructor(
    private readonly endpoint: string,
    proof: Proof,
    private readonly http: HttpClient,
  ) {
    this.#headers = requestHeaders(proof);
  }

  /** GET /api/v2/product-analytics/{entity}/mapping/connections. All of them: there are no pages. */
  async connections(entity: string, call: CallOptions): Promise<HttpResponse> {
    return this.#send('GET', paths.connections(entity), call);
  }

  /** GET /api/v2/product-analytics/{entity}/mapping: the attributes of an entity. */
  async mapping(entity: string, call: CallOptions): Promise<HttpResponse> {
    return this.#send('GET', paths.mapping(entity), call);
  }

  /** POST /api/v2/product-analytics/{entity}/mapping/connection. Answers 201 without a body. */
  async createConnection(entity: string, body: ConnectionWrite, call: CallOptions): Promise<HttpResponse> {
    return this.#send('POST', paths.connection(entity), call, body);
  }

  /** PUT /api/v2/product-analytics/{entity}/mapping/connection. Answers 200 without a body. */
  async updateConnection(entity: string, body: ConnectionWrite, call: CallOptions): Promise<HttpResponse> {
    return this.#send('PUT', paths.connection(entity), call, body);
  }

  /** DELETE /api/v2/product-analytics/{entity}/mapping/connection/{id}. */
  async deleteConnection(entity: string, id: string, call: CallOptions): Promise<HttpResponse> {
    return this.#send('DELETE', paths.oneConnection(entity, id), call);
  }

  /** GET /api/v1/validate: says of the API key alone, not of the application key, whether it is valid. */
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
