import * as l10n from '@vscode/l10n';
import { abortReason, whenAborted } from '../base/abort';
import type { CallOptions, HttpResponse, HttpRequest } from './types';
import type { ConnectTimeoutMonitor } from './connectTimeout';
import { memoryBytes, overBudget } from './budget';
import { endpointAdvice, HttpError, networkAdvice } from './errors';
import type { Fetch, FetchResponse } from './fetch';
import { networkError } from './networkError';
import { publicText, type SecretValues } from '../redaction/redact';

/** Characters that are worth showing before the rest has arrived. */
const FIRST_CHUNK_CHARS = 100_000;

/** Maximum bytes that are read of the body of an error response. */
const MAX_ERROR_BODY_BYTES = 64 * 1024;

/** Timeouts of an attempt, in milliseconds. */
export interface Timeouts {
  /** Until the connection is open, including TLS. Does not apply to a connection that is reused. */
  readonly connect: number;
  /** Until the whole body is read. */
  readonly request: number;
}

export interface SendContext {
  readonly fetch: Fetch;
  readonly connects: ConnectTimeoutMonitor;
  readonly timeouts: Timeouts;
  /** Maximum bytes of a body, decompressed. */
  readonly maxResponseBytes: number;
  readonly secrets: SecretValues;
  readonly signal: AbortSignal;
  /**
   * Called with the bytes of memory that each chunk of a successful response takes. @returns whether there may be more.
   */
  readonly charge: (bytes: number) => boolean;
  /** As `CallOptions.onPart`. */
  readonly onPart?: NonNullable<CallOptions['onPart']>;
}

/**
 * Sends a request once and reads the whole response, whatever its status. Does not follow redirects.
 * @throws HttpError `timeout`, `network`, `protocol` or `rejected` if there is no complete response, and the signal's
 * reason.
 */
export async function sendOnce(request: HttpRequest, url: URL, context: SendContext): Promise<HttpResponse> {
  const { fetch, secrets, signal } = context;
  const largestBody = request.maxResponseBytes ?? context.maxResponseBytes;
  const attempt = new AbortController();
  const release = limitTime(attempt, request.method, url, context);
  const detach = whenAborted(signal, () => {
    attempt.abort(abortReason(signal));
  });
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
    const body = await readBody(response, context, () => {
      attempt.abort(overBudget(url.host));
    });
    // The body of an error may be incomplete, but one that never ends is a timeout: its status would be retried.
    if (timedOut(attempt.signal)) attempt.signal.throwIfAborted();
    return readResponse(response, body, secrets);
  } catch (error) {
    if (attempt.signal.aborted) throw abortReason(attempt.signal);
    const failure = networkError(error, url.host, secrets);
    // A response that should be short is not a page of data, whose size the user could reduce.
    throw request.maxResponseBytes !== undefined && failure.kind === 'tooLarge'
      ? failure.withAdvice(endpointAdvice)
      : failure;
  } finally {
    detach();
    release.all();
    // Closes the connection if the body was not read to its end; no effect otherwise.
    attempt.abort();
  }
}

/** Aborts the attempt when its time is over. */
function limitTime(
  attempt: AbortController,
  method: string,
  url: URL,
  { connects, timeouts }: SendContext,
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

function readResponse(
  { status, headers: named }: FetchResponse,
  text: string,
  secrets: SecretValues,
): HttpResponse {
  const headers = Object.fromEntries(named);
  const id =
    headers['x-request-id'] ?? headers['request-id'] ?? headers['x-debug-id'] ?? headers['x-correlation-id'];
  return {
    status,
    headers,
    text,
    ...(id === undefined ? {} : { requestId: publicText(id, secrets, 100) }),
    quote: (quoted) => publicText(quoted, secrets),
  };
}

/** Reads a body. That of an error response may be missing or incomplete, because its status says most. */
async function readBody(
  response: FetchResponse,
  { charge, onPart }: Pick<SendContext, 'charge' | 'onPart'>,
  stop: () => void,
): Promise<string> {
  const { status, body } = response;
  if ((status >= 300 && status < 400) || !body) return '';
  if (status < 200 || status >= 300) return readStart(response, stop);
  body.on('data', (bytes) => {
    if (!charge(memoryBytes(bytes))) stop();
  });
  if (onPart) previewBody(body, onPart);
  return response.text();
}

/** Reads the beginning of an error body. */
async function readStart(response: FetchResponse, stop: () => void): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  response.body?.on('data', (bytes) => {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > MAX_ERROR_BODY_BYTES) stop();
  });
  // Reading ends early if the body is incomplete, or was stopped above.
  await response.text().catch(() => '');
  return text.slice(0, MAX_ERROR_BODY_BYTES);
}

function timedOut({ reason }: AbortSignal): boolean {
  return reason instanceof HttpError && reason.kind === 'timeout';
}

function connectTimeout(host: string, limit: number): HttpError {
  return new HttpError('timeout', l10n.t('No connection to {0} within {1} seconds.', host, limit / 1000), {
    code: 'ETIMEDOUT',
    advice: networkAdvice,
    unreachedHost: host,
  });
}

function requestTimeout(host: string, limit: number): HttpError {
  return new HttpError('timeout', l10n.t('{0} did not respond within {1} seconds.', host, limit / 1000));
}

/**
 * Reports a long body in parts, as they arrive; does not report shorter bodies. Must be called before the body is read:
 * it only observes the stream, and the reader sets the pace.
 */
function previewBody(
  body: NonNullable<FetchResponse['body']>,
  onPart: NonNullable<SendContext['onPart']>,
): void {
  const decoder = new TextDecoder();
  let beginning: string | undefined = '';
  body.on('data', (bytes) => {
    const part = decoder.decode(bytes, { stream: true });
    if (beginning === undefined) {
      onPart(part, false);
      return;
    }
    beginning += part;
    if (beginning.length < FIRST_CHUNK_CHARS) return;
    onPart(beginning, true);
    beginning = undefined;
  });
}
