import type { HttpClient, HttpResponse, HttpRequest, CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import type { RequestPath } from '../../../http/requestPath';
import type { KrenalisSettings } from '../signIn/settings';

export interface ApiRequest {
  readonly method: HttpRequest['method'];
  readonly path: RequestPath;
  /** JSON. GET and DELETE must have none: the service rejects even an empty object. */
  readonly body?: string;
  /** True for operations of the organization: the workspace is not named. */
  readonly organization?: boolean;
  readonly idempotent?: boolean;
  readonly maxResponseBytes?: number;
}

/** Maximum number of authorization codes and tokens that are masked: the latest. */
const MAX_CONCEALED = 10;

/**
 * Sends requests with the account's key and workspace. Returns each response's Sync-Token with the next request, so
 * that an installation with several nodes shows what was just written (since v0.43.0).
 */
export class Transport {
  #concealed: readonly string[] = [];
  /** The token, and the number of the request whose response contained it. */
  #sync: { readonly token: string; readonly request: number } | undefined;
  #requests = 0;

  constructor(
    private readonly settings: KrenalisSettings,
    private readonly key: string,
    private readonly http: HttpClient,
  ) {}

  /** Values that must not be shown or logged. */
  secrets(): readonly string[] {
    return [this.key, ...this.#concealed];
  }

  /** Masks a value in logs and errors from now on, such as an authorization code. Only the latest ones are kept. */
  conceal(secret: string): void {
    this.#concealed = [...new Set([secret, ...this.#concealed])].slice(0, MAX_CONCEALED);
  }

  /** @throws HttpError for every failure, and the signal's reason. */
  async send(request: ApiRequest, call: CallOptions): Promise<HttpResponse> {
    const sync = this.#sync;
    try {
      return await this.#send(request, call);
    } catch (error) {
      if (sync === undefined || !refusesSyncToken(error)) throw error;
      // The installation was reset, or is another one: the request was rejected before anything was done.
      if (this.#sync === sync) this.#sync = undefined;
      return this.#send(request, call);
    }
  }

  async #send({ body, organization, ...request }: ApiRequest, call: CallOptions): Promise<HttpResponse> {
    const { endpoint, workspace } = this.settings;
    this.#requests += 1;
    const number = this.#requests;
    const headers = {
      ...requestHeaders(this.key, organization ? undefined : workspace),
      ...(this.#sync && { 'sync-token': this.#sync.token }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const response = await this.http.send(
      { ...request, origin: endpoint, headers, ...(body !== undefined && { body }) },
      call,
    );
    this.#keepToken(response, number);
    return response;
  }

  /** The response to an earlier request must not replace the token of a later one, which may have been a write. */
  #keepToken({ headers }: HttpResponse, request: number): void {
    const token = headers['sync-token'] ?? '';
    if (/^[\x21-\x7e]{1,500}$/.test(token) && request > (this.#sync?.request ?? 0)) {
      this.#sync = { token, request };
    }
  }
}

/** The headers of every request. */
export function requestHeaders(key: string, workspace?: string): Readonly<Record<string, string>> {
  return {
    accept: 'application/json',
    authorization: `Bearer ${key}`,
    ...(workspace !== undefined && { 'krenalis-workspace': workspace }),
  };
}

/** `400 Request contains an invalid Sync-Token header`, as plain text (recorded). */
function refusesSyncToken(error: unknown): boolean {
  return error instanceof HttpError && error.status === 400 && error.message.includes('Sync-Token');
}
