import { setImmediate } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { abortReason, whenAborted } from '../base/abort';
import type { CallOptions, HttpResponse, HttpRequest } from './types';
import type { ConnectTimeoutMonitor } from './connectTimeout';
import { memoryBytes, overBudget } from './budget';
import { endpointAdvice, HttpError, networkAdvice } from './errors';
import type { Fetch, FetchResponse } from './fetch';
import { BodyTooLargeError, networkError } from './networkError';
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

/** A response, and how long its body was, in bytes. */
export interface ReceivedResponse extends HttpResponse {
  readonly bytes: number;
}

/**
 * Sends a request once and reads the whole response, whatever its status. Does not follow redirects.
 * @throws HttpError `timeout`, `network`, `protocol` or `rejected` if there is no complete response, and the signal's
 * reason.
 */
export async function sendOnce(
  request: HttpRequest,
  url: URL,
  context: SendContext,
): Promise<ReceivedResponse> {
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
    });
    release.connected();
    const body = await readBody(response, largestBody, context, () => {
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
  { text, bytes }: Body,
  secrets: SecretValues,
): ReceivedResponse {
  const headers = Object.fromEntries(named);
  const id =
    headers['x-request-id'] ?? headers['request-id'] ?? headers['x-debug-id'] ?? headers['x-correlation-id'];
  return {
    status,
    headers,
    text,
    bytes,
    ...(id === undefined ? {} : { requestId: publicText(id, secrets, 100) }),
    quote: (quoted) => publicText(quoted, secrets),
  };
}

type Chunks = NonNullable<FetchResponse['body']>;

/** A body that was read. */
type Body = Pick<ReceivedResponse, 'text' | 'bytes'>;

/** Reads a body. That of an error response may be missing or incomplete, because its status says most. */
async function readBody(
  { status, body }: FetchResponse,
  largest: number,
  context: SendContext,
  stop: () => void,
): Promise<Body> {
  if ((status >= 300 && status < 400) || !body) return { text: '', bytes: 0 };
  if (status < 200 || status >= 300) return readStart(body);
  return readWhole(body, largest, context, stop);
}

/** @throws BodyTooLargeError for more bytes than `largest`. */
async function readWhole(
  body: Chunks,
  largest: number,
  { charge, onPart }: Pick<SendContext, 'charge' | 'onPart'>,
  stop: () => void,
): Promise<Body> {
  const decoder = new TextDecoder();
  const preview = onPart && toPreview(onPart);
  const parts: string[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > largest) throw new BodyTooLargeError();
    if (!charge(memoryBytes(chunk))) stop();
    const part = decoder.decode(chunk, { stream: true });
    parts.push(part);
    preview?.(part);
    // Without a turn after each chunk, Node reads 2 MB of every connection before it does anything else.
    await setImmediate();
  }
  parts.push(decoder.decode());
  return { text: parts.join(''), bytes };
}

/** Reads the beginning of an error body. */
async function readStart(body: Chunks): Promise<Body> {
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      text += decoder.decode(chunk, { stream: true });
      if (text.length > MAX_ERROR_BODY_BYTES) break;
    }
  } catch {
    // What arrived before is enough.
  }
  return { text: text.slice(0, MAX_ERROR_BODY_BYTES), bytes };
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

/** Reports a long body in parts, as they arrive; does not report shorter bodies. */
function toPreview(onPart: NonNullable<SendContext['onPart']>): (part: string) => void {
  let beginning: string | undefined = '';
  return (part) => {
    if (beginning === undefined) {
      onPart(part, false);
      return;
    }
    beginning += part;
    if (beginning.length < FIRST_CHUNK_CHARS) return;
    onPart(beginning, true);
    beginning = undefined;
  };
}
