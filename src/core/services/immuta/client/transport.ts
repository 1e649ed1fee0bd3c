import type { HttpClient, HttpResponse, HttpRequest, CallOptions } from '../../../http/types';
import { type TokenSource, withToken } from '../../common/tokens';

export interface ImmutaRequest extends Pick<HttpRequest, 'method' | 'path' | 'idempotent'> {
  /** JSON, sent as it is. */
  readonly body?: string;
}

/**
 * Sends requests with the account's token, and renews the token once if the service responds with 401. A 500 does not
 * count as a missing token, although some older endpoints of Immuta use it for that: every request here carries one.
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
