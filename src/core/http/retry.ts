import type { HttpResponse } from './types';
import type { HttpError } from './errors';
import { isCertificateCode } from './networkError';

/** Maximum delay before another attempt, in milliseconds. If a server asks for more, there is no retry. */
export const MAX_RETRY_WAIT_MS = 60_000;

/** Upper limit of the first backoff, in milliseconds; it doubles with every attempt. */
const FIRST_BACKOFF_MS = 500;

const RETRYABLE_STATUSES: readonly number[] = [500, 502, 503, 504];

/** A failed attempt, and what is needed to decide about a retry. */
export interface FailedAttempt {
  readonly error: HttpError;
  /** The number of the failed attempt; the first is 1. */
  readonly attempt: number;
  /** True if sending the request twice does no harm. */
  readonly idempotent: boolean;
  /** The interval of the service's rate limit, in milliseconds; 0 if unknown. */
  readonly interval: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/**
 * Decides whether a request is retried.
 * @returns the delay in milliseconds, or undefined if the failure is final: the request must not be repeated, repeating
 * cannot help, all attempts are used (3; 4 after a rate limit), or the server asks for a longer delay than
 * `MAX_RETRY_WAIT_MS`.
 */
export function retryDelay({
  error,
  attempt,
  idempotent,
  interval,
  random,
}: FailedAttempt): number | undefined {
  const attempts = error.kind === 'rateLimit' ? 4 : 3;
  if (!idempotent || attempt >= attempts || !isTransient(error)) return undefined;
  // Full jitter: clients that failed together do not retry together.
  const backoff = random() * Math.min(MAX_RETRY_WAIT_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
  const asked = error.retryAfter ?? (error.kind === 'rateLimit' ? Math.min(interval, MAX_RETRY_WAIT_MS) : 0);
  return asked > MAX_RETRY_WAIT_MS ? undefined : Math.max(asked, backoff);
}

/**
 * How long the server asks to wait: `Retry-After` in seconds or as an HTTP date, or else, with status 429,
 * `X-RateLimit-Reset` in seconds from now, as Datadog sends it.
 * @param now milliseconds since 1970.
 * @returns milliseconds, from 0 to a year; undefined if the response has no readable value.
 */
export function retryAfter({ status, headers }: HttpResponse, now: number): number | undefined {
  const asked = headers['retry-after']?.trim() ?? '';
  const named = seconds(asked, now) ?? untilDate(asked, now);
  return named ?? (status === 429 ? seconds(headers['x-ratelimit-reset'] ?? '', now) : undefined);
}

function isTransient({ kind, status, code }: HttpError): boolean {
  if (kind === 'server') return status !== undefined && RETRYABLE_STATUSES.includes(status);
  // With a status, a proxy responded, and will respond the same again.
  if (kind === 'network') return status === undefined && !isCertificateCode(code);
  // A service that was reached but stayed silent has had its time: the user should not wait three times.
  if (kind === 'timeout') return status !== undefined || code !== undefined;
  return kind === 'rateLimit';
}

/** The longest wait that is told, in milliseconds: servers that ask for more mean "never". */
const LONGEST_WAIT_MS = 365 * 24 * 60 * 60_000;

/** From this number of seconds on, servers mean a time since 1970. */
const FIRST_TIME = 1e9;

/** A repeated header arrives as a list: the longest wait counts. */
function seconds(text: string, now: number): number | undefined {
  const listed = text.split(',').map((each) => each.trim());
  if (!listed.every((each) => /^\d+(?:\.\d+)?$/.test(each))) return undefined;
  const longest = Math.round(Math.max(...listed.map(Number)) * 1000);
  return inYear(longest < FIRST_TIME * 1000 ? longest : longest - now);
}

function inYear(wait: number): number {
  return Math.min(Math.max(0, wait), LONGEST_WAIT_MS);
}

/**
 * HTTP dates start with the name of the day (RFC 9110): `Date.parse` would read a number as a year. The oldest of the
 * three formats names no time zone, but is in UTC as well.
 */
function untilDate(text: string, now: number): number | undefined {
  const zoned = /\d{4}$/.test(text) ? `${text} GMT` : text;
  const date = /^[A-Za-z]{3}/.test(text) ? Date.parse(zoned) : NaN;
  return Number.isNaN(date) ? undefined : inYear(date - now);
}
