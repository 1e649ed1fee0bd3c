import * as l10n from '@vscode/l10n';
import type { CallOptions, HttpClient, HttpRequest, HttpResponse } from '../../http/client';
import { HttpError } from '../../http/errors';
import { encodeId } from '../encodeId';
import { type Proof, requestHeaders } from './settings';

/** The paths of the operations, for requests and for `Copy as cURL`. Steps are encoded. */
export const paths = {
  mapping: (entity: string): string => `/api/v2/product-analytics/${encodeId(entity)}/mapping`,
  connections: (entity: string): string => `${paths.mapping(entity)}/connections`,
  /** Singular where a connection is written; there is no operation that reads one alone. */
  connection: (entity: string): string => `${paths.mapping(entity)}/connection`,
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
  readonly #endpoint: string;
  readonly #http: HttpClient;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param proof what signs every request in. */
  constructor(endpoint: string, proof: Proof, http: HttpClient) {
    this.#endpoint = endpoint;
    this.#http = http;
    this.#headers = requestHeaders(proof);
  }

  /** GET /api/v2/product-analytics/{entity}/mapping/connections. All of them: there are no pages. */
  connections(entity: string, call: CallOptions): Promise<HttpResponse> {
    return this.#send('GET', paths.connections(entity), call);
  }

  /** GET /api/v2/product-analytics/{entity}/mapping: the attributes of an entity. */
  mapping(entity: string, call: CallOptions): Promise<HttpResponse> {
    return this.#send('GET', paths.mapping(entity), call);
  }

  /** POST /api/v2/product-analytics/{entity}/mapping/connection. Answers 201 without a body. */
  createConnection(entity: string, body: ConnectionWrite, call: CallOptions): Promise<HttpResponse> {
    return this.#send('POST', paths.connection(entity), call, body);
  }

  /** PUT /api/v2/product-analytics/{entity}/mapping/connection. Answers 200 without a body. */
  updateConnection(entity: string, body: ConnectionWrite, call: CallOptions): Promise<HttpResponse> {
    return this.#send('PUT', paths.connection(entity), call, body);
  }

  /**
   * DELETE /api/v2/product-analytics/{entity}/mapping/connection/{id}.
   * @throws HttpError kind `rejected` for the ids `.` and `..`: a URL cannot hold them, and would lead elsewhere.
   */
  async deleteConnection(entity: string, id: string, call: CallOptions): Promise<HttpResponse> {
    if (/^\.{1,2}$/.test(id)) {
      throw new HttpError(
        'rejected',
        l10n.t('The connection "{0}" has an ID that no address can hold.', id),
        {
          advice: l10n.t('Delete it in Datadog itself.'),
        },
      );
    }
    return this.#send('DELETE', `${paths.connection(entity)}/${encodeId(id)}`, call);
  }

  /** GET /api/v1/validate: says of the API key alone, not of the application key, whether it is valid. */
  validate(call: CallOptions): Promise<HttpResponse> {
    return this.#send('GET', '/api/v1/validate', call);
  }

  #send(
    method: HttpRequest['method'],
    path: string,
    call: CallOptions,
    body?: ConnectionWrite,
  ): Promise<HttpResponse> {
    const url = this.#endpoint + path;
    if (body === undefined) return this.#http.send({ method, url, headers: this.#headers }, call);
    const headers = { ...this.#headers, 'content-type': 'application/json' };
    return this.#http.send({ method, url, headers, body: JSON.stringify(body) }, call);
  }
}
