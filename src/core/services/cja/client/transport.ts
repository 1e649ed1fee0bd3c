import type { HttpClient, HttpResponse, HttpRequest, CallOptions } from '../../../http/types';
import { type RequestPath, requestPath, withQuery } from '../../../http/requestPath';
import { type TokenSource, withToken } from '../../common/tokens';
import type { CjaSettings } from '../signIn/settings';

/** Sends requests with the account's token, and renews the token once if the service rejects it. */
export class Transport {
  /** @param settings its `endpoint` is where the requests go. */
  constructor(
    private readonly settings: Pick<CjaSettings, 'endpoint' | 'clientId' | 'orgId'>,
    private readonly tokens: TokenSource,
    private readonly http: HttpClient,
  ) {}

  /**
   * @param headers added to those of every operation.
   * @throws HttpError for every failure, and the signal's reason.
   */
  get(path: RequestPath, call: CallOptions, headers: HttpRequest['headers'] = {}): Promise<HttpResponse> {
    return this.#send({ method: 'GET', path, headers }, call);
  }

  /**
   * Sends JSON, if any. Not repeated, except with a new token after a 401, which means that nothing was done.
   * @throws as `get` does.
   */
  write(
    method: 'POST' | 'PUT' | 'DELETE',
    path: RequestPath,
    body: string | undefined,
    call: CallOptions,
  ): Promise<HttpResponse> {
    return this.#send({ method, path, ...(body !== undefined && jsonContent(body)) }, call);
  }

  /**
   * Sends JSON in a request that changes nothing.
   * @throws as `get` does.
   */
  ask(path: RequestPath, body: string, call: CallOptions): Promise<HttpResponse> {
    return this.#send({ method: 'POST', path, ...jsonContent(body), idempotent: true }, call);
  }

  #send(request: Omit<HttpRequest, 'origin'>, call: CallOptions): Promise<HttpResponse> {
    const { endpoint: origin, clientId, orgId } = this.settings;
    return withToken(this.tokens, call, (token) => {
      const headers = { ...requestHeaders(token, clientId, orgId), ...request.headers };
      return this.http.send({ ...request, origin, headers }, call);
    });
  }
}

function jsonContent(body: string): Pick<HttpRequest, 'headers' | 'body'> {
  return { headers: { 'content-type': 'application/json' }, body };
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

/** GET /data/foundation/catalog/batches (guide "Filter Catalog data"). */
interface BatchQuery {
  readonly dataSet: string;
  readonly orderBy: 'desc:created';
  /** 1 to 100. */
  readonly limit: number;
  /** Number of batches to leave out. */
  readonly start: number;
}

const catalogPaths = {
  batches: (query: BatchQuery): RequestPath =>
    withQuery(
      requestPath`/data/foundation/catalog/batches`,
      Object.entries(query).map(([name, value]) => [name, String(value)] as const),
    ),
} as const;

/** The operations of the Catalog Service of Adobe Experience Platform, which is another origin than that of CJA. */
export class Catalog {
  /** @param transport sends to Experience Platform. */
  constructor(private readonly transport: Transport) {}

  /** @param sandbox its name, which every request to Experience Platform requires in a header. */
  async batches(query: BatchQuery, sandbox: string, call: CallOptions): Promise<HttpResponse> {
    return this.transport.get(catalogPaths.batches(query), call, { 'x-sandbox-name': sandbox });
  }
}
