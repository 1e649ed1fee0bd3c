import type { ReceivedResponse } from './attempt';
import { HttpError, type HttpErrorKind } from './errors';

/** The log entry of one attempt. All of it is redacted. */
export interface RequestLogEntry {
  readonly method: string;
  /** Path and query, without the origin. */
  readonly path: string;
  /** The number of the attempt; the first is 1. */
  readonly attempt: number;
  /** Milliseconds from leaving the queue to the end of the body. */
  readonly duration: number;
  /** HTTP status, if there was a response. */
  readonly status?: number;
  /** Why it failed, if it did. */
  readonly failure?: HttpErrorKind | 'cancelled';
  /** Bytes of the body, decompressed. */
  readonly bytes?: number;
  readonly requestId?: string;
}

/**
 * The entry of a finished attempt.
 * @param attempt what was sent, and how long it took.
 * @param outcome the response, and the error that was thrown instead or because of it.
 */
export function logEntry(
  attempt: Pick<RequestLogEntry, 'method' | 'path' | 'attempt' | 'duration'>,
  { response, error }: { readonly response?: ReceivedResponse; readonly error?: unknown },
): RequestLogEntry {
  const requestId = error instanceof HttpError ? error.requestId : response?.requestId;
  const failure = error === undefined ? undefined : toFailure(error);
  return {
    ...attempt,
    ...(response && { status: response.status, bytes: response.bytes }),
    ...(failure === undefined ? {} : { failure }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** One line for a log channel: `GET /data/connections?limit=100 200 in 312 ms, 5120 bytes, request abc`. */
export function formatLogEntry(entry: RequestLogEntry): string {
  const outcome = [entry.status, entry.failure].filter((part) => part !== undefined).join(' ');
  const parts = [
    `${entry.method} ${entry.path} ${outcome} in ${Math.round(entry.duration)} ms`,
    entry.attempt > 1 ? `attempt ${entry.attempt}` : '',
    entry.bytes === undefined ? '' : `${entry.bytes} bytes`,
    entry.requestId === undefined ? '' : `request ${entry.requestId}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function toFailure(error: unknown): HttpErrorKind | 'cancelled' {
  if (error instanceof HttpError) return error.kind;
  return 'cancelled';
}
