import * as l10n from '@vscode/l10n';
import { reasonOf } from './abort';
import type { HttpRequest, HttpResponse } from './client';
import type { ConnectWatch } from './connectTimeout';
import { tellBeginning } from './beginning';
import { HttpError } from './errors';
import type { Fetch, FetchResponse } from './fetch';
import { networkError } from './networkError';
import { publicText } from './redact';

/** How long an attempt may take, in milliseconds. */
export interface Timeouts {
  /** Until the connection is open, TLS included. A connection that is open already needs none. */
  readonly connect: number;
  /** Until the whole body is read. */
  readonly request: number;
}

/** What one attempt needs besides the request. */
export interface ExchangeContext {
  readonly fetch: Fetch;
  readonly connects: ConnectWatch;
  readonly timeouts: Timeouts;
  /** Most bytes of a body, decompressed. */
  readonly largestBody: number;
  readonly secrets: () => readonly string[];
  readonly signal: AbortSignal;
  /** As of `CallOptions`. */
  readonly onBeginning?: (text: string) => void;
}

/**
 * Sends a request once and reads the answer whole, whatever its status. Redirects are not followed.
 * @throws HttpError `timeout`, `network`, `protocol` or `rejected` where no whole answer came, and the signal's reason.
 */
export async function exchange(
  request: HttpRequest,
  url: URL,
  context: ExchangeContext,
): Promise<HttpResponse> {
  const { fetch, secrets, largestBody, signal, onBeginning } = context;
  const attempt = new AbortController();
  const release = limitTime(attempt, request.method, url, context);
  const cancel = (): void => {
    attempt.abort(reasonOf(signal));
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    const response = await fetch(url.href, {
      method: request.method,
      headers: { ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      signal: attempt.signal,
      redirect: 'manual',
      size: largestBody,
    });
    release.connected();
    return await answerOf(response, secrets(), onBeginning);
  } catch (error) {
    throw attempt.signal.aborted ? reasonOf(attempt.signal) : networkError(error, url.host, secrets());
  } finally {
    signal.removeEventListener('abort', cancel);
    release.all();
    // Closes the connection where the body was not read to its end. Otherwise it has no effect.
    attempt.abort();
  }
}

/** Aborts the attempt when its time is over. */
function limitTime(
  attempt: AbortController,
  method: string,
  url: URL,
  { connects, timeouts }: ExchangeContext,
): { readonly connected: () => void; readonly all: () => void } {
  const whole = setTimeout(() => {
    attempt.abort(requestTimeout(url.host, timeouts.request));
  }, timeouts.request);
  const connect = setTimeout(() => {
    attempt.abort(connectTimeout(url.host, timeouts.connect));
  }, timeouts.connect);
  const connected = (): void => {
    clearTimeout(connect);
  };
  const unwatch = connects.watch(method, url, connected);
  return {
    connected,
    all: () => {
      clearTimeout(whole);
      clearTimeout(connect);
      unwatch();
    },
  };
}

/** Reads an answer. The body of an unsuccessful one may be missing or cut off: its status still tells most. */
async function answerOf(
  response: FetchResponse,
  secrets: readonly string[],
  onBeginning: ExchangeContext['onBeginning'],
): Promise<HttpResponse> {
  const { status } = response;
  const headers = Object.fromEntries(response.headers);
  const id =
    headers['x-request-id'] ?? headers['request-id'] ?? headers['x-debug-id'] ?? headers['x-correlation-id'];
  const text = await bodyOf(response, onBeginning);
  return {
    status,
    headers,
    text,
    ...(id === undefined ? {} : { requestId: publicText(id, secrets, 100) }),
  };
}

async function bodyOf(response: FetchResponse, onBeginning: ExchangeContext['onBeginning']): Promise<string> {
  const redirect = response.status >= 300 && response.status < 400;
  if (redirect) return '';
  const success = response.status >= 200 && response.status < 300;
  if (!success) return response.text().catch(() => '');
  if (onBeginning && response.body) tellBeginning(response.body, onBeginning);
  return response.text();
}

function connectTimeout(host: string, limit: number): HttpError {
  return new HttpError('timeout', l10n.t('No connection to {0} within {1} seconds.', host, limit / 1000), {
    code: 'ETIMEDOUT',
    advice: l10n.t(
      'Check the network connection, the VPN, the proxy settings and the endpoint of the account.',
    ),
  });
}

function requestTimeout(host: string, limit: number): HttpError {
  return new HttpError('timeout', l10n.t('{0} did not answer within {1} seconds.', host, limit / 1000));
}
