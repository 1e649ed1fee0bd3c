import type { HttpClient, HttpResponse, HttpRequest, CallOptions } from '../../../http/types';
import { type TokenSource, withToken } from '../../common/tokens';

/** A request to the Connections API. */
export interface ImmutaRequest extends Pick<HttpRequest, 'method' | 'path' | 'idempotent'> {
  /** Sent as it is: JSON. */
  readonly body?: string;
}

/**
 * Sends requests with the account's token, and renews the token once where the service answers 401. A 500 is not
 * taken for a missing token, although some older endpoints of Immuta answer it so: each request here carries one.
 */
export class Transport {
  constructor(
    private readonly endpoint: string,
    private readonly tokens: TokenSource,
    private readonly http: HttpClient,
  ) {}

  /** @throws HttpError for every failure, and the signal's reason. */
  send(request: ImmutaRequest, call: CallOptions): Promise<HttpResponse> {
    const json = request.body === undefined ? {} : { 'content-type': 'application/json' };
    return withToken(this.tokens, call, (token) =>
      this.http.send(
        { ...request, origin: this.endpoint, headers: { ...requestHeaders(token), ...json } },
        call,
      ),
    );
  }
}

/** The headers that every operation requires (OpenAPI `bearerAuth`). */
export function requestHeaders(token: string): Readonly<Record<string, string>> {
  return { accept: 'application/json', authorization: `Bearer ${token}` };
}
