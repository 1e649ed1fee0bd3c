import { after } from 'node:test';
import type { SampleOptions } from '../../../src/sample/common/options';
import { startSampleService, type SampleService } from '../../../src/sample/server';

/** An answer, read whole. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
}

/** A sample service, and requests to it with all headers that Adobe CJA wants. */
export interface SignedIn {
  readonly service: SampleService;
  readonly headers: Readonly<Record<string, string>>;
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Reply>;
  readonly post: (path: string, body: string) => Promise<Reply>;
  /** Sends a request by any method: `ask('DELETE /data/dataviews/dv_1')`. The second argument is sent as JSON. */
  readonly ask: (request: string, body?: unknown) => Promise<Reply>;
}

/** Starts a service that ends with the test, without a rate limit by default. */
export async function signedIn(options: SampleOptions = {}): Promise<SignedIn> {
  const service = await startSampleService({ rate: 0, ...options });
  after(() => service.close());
  const { settings } = service.credentials('cja');
  const headers = {
    authorization: `Bearer ${service.cja.issueToken()}`,
    'x-api-key': settings.clientId,
    'x-gw-ims-org-id': settings.orgId,
  };
  return {
    service,
    headers,
    get: (path, other = headers) => ask(service.origin + path, { headers: other, redirect: 'manual' }),
    post: (path, body) => ask(service.origin + path, { method: 'POST', headers, body }),
    ask: (request, body) => {
      const [method = '', path = ''] = request.split(' ');
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      return ask(service.origin + path, { method, headers, ...sent });
    },
  };
}

/** Requests a token like an account, with some parameters replaced. */
export async function askToken(
  service: SampleService,
  other: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const body = new URLSearchParams({
    client_id: service.credentials('cja').settings.clientId,
    client_secret: service.credentials('cja').secrets.clientSecret,
    grant_type: 'client_credentials',
    scope: 'openid,AdobeID,additional_info.projectedProductContext',
    ...other,
  });
  return ask(`${service.origin}/ims/token/v3`, { method: 'POST', body });
}

async function ask(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(5_000) });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    json: text === '' ? undefined : JSON.parse(text),
  };
}

/** The value at a path of keys and positions; undefined if there is none. */
export function at(value: unknown, ...keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>(
    (found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined),
    value,
  );
}

/** The items of a list. */
export function items(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`No list: ${JSON.stringify(value)}`);
  return value;
}

/** The items of a page. */
export function content(reply: Reply): readonly unknown[] {
  return items(at(reply.json, 'content'));
}

/** One text of every item of a page. */
export function column(reply: Reply, key: string): readonly unknown[] {
  return content(reply).map((item) => at(item, key));
}
