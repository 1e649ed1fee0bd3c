import type { Turns } from '../base/turns';
import type { Budget } from './budget';
import type { HttpErrorKind } from './errors';
import type { RequestPath } from './requestPath';

/** What a caller hands down with every request. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** `interactive` (a person waits for it) goes ahead of `background`. Default: `background`. */
  readonly priority?: Priority;
  /**
   * The answer to a request that went out before this moment, of `performance.now()`, is not wanted: it may be out of date.
   * Absent: any that is under way will do.
   */
  readonly notBefore?: number | undefined;
  /** Called when the request has to wait, before it does: for the rate limit, or before another attempt. */
  readonly onWait?: (wait: Wait) => void;
  /**
   * Called with the beginning of a long body (100,000 characters or a little more) of a 2xx answer while the rest is
   * still read: to show something of it. It may come again after a retry; what `send` gives is all that counts.
   */
  readonly onFirstChunk?: (text: string) => void;
  /** Called when a request goes out, and with each part of an answer: the work goes on. */
  readonly onProgress?: () => void;
  /** Work on long answers is done in these, see `inSlices`. Absent: all at once. */
  readonly turns?: Turns;
  /** What the answers may take in memory, together with those to other calls with the same budget. Default: see `HttpClientDependencies`. */
  readonly budget?: Budget;
}

export type Priority = 'interactive' | 'background';

/** A pause before a request goes out. */
export interface Wait {
  readonly reason: 'limit' | 'rateLimited' | 'retry';
  /** Milliseconds from now, an estimate where others are waiting too. */
  readonly delay: number;
  /** The attempt that follows the pause; the first is 1. */
  readonly attempt: number;
}

/** One request. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** One of `ClientOptions.origins`. */
  readonly origin: string;
  readonly path: RequestPath;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** True where sending it twice does no harm. Default: true for GET alone. */
  readonly idempotent?: boolean;
  /** False for requests that the service's rate limit does not count, such as those to a token endpoint. Default: true. */
  readonly rateLimited?: boolean;
  /** Most bytes of a successful answer, for those that are known to be short. Default: see `HttpClientDependencies`. */
  readonly maxResponseBytes?: number;
}

/** A successful (2xx) answer, read whole. */
export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly requestId?: string;
  /** Makes a text out of this answer fit to be shown and logged (`publicText`). Absent: none of it may be. */
  readonly quote?: (text: string) => string;
}

/** What a service reads out of an unsuccessful answer. All parts are optional: the client fills in what follows from the status. */
export interface ParsedError {
  readonly kind?: HttpErrorKind;
  readonly code?: string;
  /** The service's own words. */
  readonly message?: string;
  readonly advice?: string;
  /** As of HttpErrorDetails. */
  readonly blamesAccount?: boolean;
  readonly requestId?: string;
}

/** The limits a service sets for one account. */
export interface RateLimit {
  /** At most so many requests ... */
  readonly requests: number;
  /** ... begin within any span of so many milliseconds. */
  readonly interval: number;
}

/** How one account talks to its service. */
export interface ClientOptions {
  /** The only origins that requests go to (`https://cja.adobe.io`). Https, or a loopback host. */
  readonly origins: readonly string[];
  readonly rateLimit?: RateLimit;
  /** Values that must never be seen in logs or errors, this account's or another's. Asked for at each use, for tokens change. */
  readonly secrets: () => readonly string[];
  /** Reads the service's error bodies. Called with any body: HTML, empty, cut off. Must not throw. */
  readonly parseError?: (response: HttpResponse) => ParsedError;
}

/**
 * Sends requests for one account. Equal GETs under way at the same time are sent once, unless nothing was heard of the
 * one under way for some time and a person waits, who may know that the service is back, or that one went out too early.
 */
export interface HttpClient {
  /**
   * @throws HttpError for every failure, and the signal's reason when the caller cancels.
   */
  send(request: HttpRequest, call?: CallOptions): Promise<HttpResponse>;
  /** Cancels what is under way. */
  dispose(): void;
}

/** Makes the client of an account; the extension supplies fetch and the log. */
export type HttpClientFactory = (options: ClientOptions) => HttpClient;
