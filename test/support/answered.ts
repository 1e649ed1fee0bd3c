import { statusError } from '../../src/core/http/statusError';
import { abortReason } from '../../src/core/base/abort';
import type { HttpResponse, HttpRequest, CallOptions } from '../../src/core/http/types';
import { accountPath, childPath } from '../../src/core/services/contract/path';
import { findService } from '../../src/core/services/registry';
import type { Session } from '../../src/core/services/contract/service';
import type { PageItem, Cursor } from '../../src/core/services/contract/page';
import type { Resource } from '../../src/core/services/contract/resource';
import { accountNamedAfter } from './service';

/** A response: its JSON, as a value or as text, or the response including its status. */
export type Answer = string | object | { readonly status: number; readonly body: string | object };

/** A session whose requests are answered by a function of the test, without a server. */
export interface Answered {
  readonly session: Session;
  /** The account's row. */
  readonly row: Resource;
  /** The requests so far: `GET /v1/connections`, with queries. */
  readonly asked: readonly string[];
  /** Their bodies; empty if there is none. */
  readonly bodies: readonly string[];
}

const SETTINGS = { endpoint: 'http://127.0.0.1:1', orgId: 'X@AdobeOrg', clientId: 'client' };
/** Credentials for an account of each service. */
export const SECRETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cja: { accessToken: 'token' },
  datadog: { apiKey: 'key', applicationKey: 'key' },
  krenalis: { apiKey: 'api_key' },
  immuta: { token: 'token' },
};

/** Signs in to a service whose responses the function returns; undefined: 404. */
export async function answered(
  service: string,
  answer: (asked: string, request: HttpRequest, call?: CallOptions) => Answer | undefined | Promise<Answer>,
  settings: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const given = { ...SETTINGS, ...settings };
  const account = accountNamedAfter(service, given);
  const asked: string[] = [];
  const bodies: string[] = [];
  const known = findService(service);
  if (!known) throw new Error(`No service ${service}`);
  const session = await known.connect(account, SECRETS[service] ?? {}, ({ parseError: readError }) => ({
    send: async (request, call) => {
      asked.push(`${request.method} ${decodeURI(request.path)}`);
      bodies.push(request.body ?? '');
      const given = Promise.resolve(answer(`${request.method} ${request.path}`, request, call));
      const response = toResponse(await Promise.race([given, cancelled(call?.signal)]));
      if (response.status < 300) return response;
      const url = new URL(request.path, request.origin);
      throw statusError(response, { url, ...(readError && { parseError: readError }), secrets: [], now: 0 });
    },
    dispose: () => undefined,
  }));
  const path = accountPath(service);
  const row: Resource = { path, kind: 'account', id: service, label: service, hasChildren: true };
  return { session, row, asked, bodies };
}

/** Rejects with the signal's reason. */
function cancelled(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(abortReason(signal));
    signal?.addEventListener('abort', () => {
      reject(abortReason(signal));
    });
  });
}

function toResponse(answer: Answer | undefined): HttpResponse {
  if (answer === undefined) return toResponse({ status: 404, body: '404 page not found' });
  const whole = typeof answer === 'object' && 'status' in answer && 'body' in answer;
  const { status, body } = whole ? answer : { status: 200, body: answer };
  return { status, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** All items below a row, from all pages. */
export async function allBelow(
  { session }: Pick<Answered, 'session'>,
  parent: Resource,
): Promise<readonly PageItem[]> {
  const items: PageItem[] = [];
  const cursors: (Cursor | undefined)[] = [undefined];
  // The list grows during the iteration.
  for (const cursor of cursors) {
    const page = await session.children(
      parent,
      { size: 100, bypassCache: false, depth: 0, ...(cursor && { cursor }) },
      {},
    );
    items.push(...page.items);
    cursors.push(...page.nextCursors);
    if (cursors.length > 50) throw new Error('The list does not end');
  }
  return items;
}

/** The rows of one kind below a row. */
export async function rowsBelow(
  at: Pick<Answered, 'session'>,
  parent: Resource,
  kind: Resource['kind'],
): Promise<readonly Resource[]> {
  return (await allBelow(at, parent)).map(({ resource }) => resource).filter((row) => row.kind === kind);
}

/**
 * The row at the end of steps from the account: kinds and IDs, from the top down. No steps: the account's own
 * row.
 */
export function rowAt(
  { row }: Pick<Answered, 'row'>,
  steps: readonly (readonly [kind: Resource['kind'], id: string])[],
): Resource {
  const path = steps.reduce((above, [step, id]) => childPath(above, step, id), row.path);
  const [last] = steps.slice(-1);
  if (!last) return row;
  const [kind, id] = last;
  // Connections of CJA without JSON are those known only from their data views.
  return { path, kind, id, label: id, hasChildren: true, ...(row.id === 'cja' && { json: {} }) };
}
