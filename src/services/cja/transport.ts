import type { CallOptions, HttpClient, HttpResponse } from '../../http/client';
import { type TokenSource, withToken } from '../tokens';
import type { CjaSettings } from './settings';

/** Sends GET requests with the account's token, and renews the token once where the service refuses it. */
export class Transport {
  readonly #settings: CjaSettings;
  readonly #tokens: TokenSource;
  readonly #http: HttpClient;

  constructor(settings: CjaSettings, tokens: TokenSource, http: HttpClient) {
    this.#settings = settings;
    this.#tokens = tokens;
    this.#http = http;
  }

  /**
   * @param path the path and query, beginning with a slash.
   * @throws HttpError for every failure, and the signal's reason.
   */
  get(path: string, call: CallOptions): Promise<HttpResponse> {
    return withToken(this.#tokens, call, (token) => this.#send(path, token, call));
  }

  #send(path: string, token: string, call: CallOptions): Promise<HttpResponse> {
    const { endpoint, clientId, orgId } = this.#settings;
    return this.#http.send(
      { method: 'GET', url: endpoint + path, headers: requestHeaders(token, clientId, orgId) },
      call,
    );
  }
}

/** The headers that every operation requires (OpenAPI). */
export function requestHeaders(
  token: string,
  clientId: string,
  orgId: string,
): Readonly<Record<string, string>> {
  return {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    'x-api-key': clientId,
    'x-gw-ims-org-id': orgId,
  };
}
