import type { Turns } from '../base/turns';
import type { Budget } from './budget';
import type { HttpErrorKind } from './errors';
import type { RequestPath } from './requestPath';

/** Per-request options. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** `interactive` (the user waits for it) takes precedence over `background`. Default: `background`. */
  readonly priority?: Priority;
  /**
   * Responses to requests sent before this time of `performance.now()` are not accepted, because they may be outdated.
   * Absent: any request in flight can be joined.
   */
  readonly notBefore?: number | undefined;
  /** Called before the request is delayed, by the rate limit or before a retry. */
  readonly onWait?: (wait: Wait) => void;
  /**
   * Called with each part of a long body of a 2xx response while the rest is still being read, as a preview. The first
   * part has at least 100,000 characters. After a retry it starts again; only the result of `send` counts.
   * @param isFirst true for the beginning of a body. Who joins a request later gets no beginning, or only one of a retry.
   */
  readonly onPart?: (part: string, isFirst: boolean) => void;
  /** Called when a request is sent, and for each chunk of a response. */
  readonly onProgress?: () => void;
  /** Time slices for work on long responses, see `inTurns`. Absent: all at once. */
  readonly turns?: Turns;
  /** Memory budget, shared with other calls that have the same one. Default: see `HttpClientDependencies`. */
  readonly budget?: Budget;
}

export type Priority = 'interactive' | 'background';

/** A delay before a request is sent. */
export interface Wait {
  readonly reason: 'limit' | 'rateLimited' | 'retry';
  /** Milliseconds from now, estimated if other requests are queued. */
  readonly delay: number;
  /** The number of the attempt after the delay; the first is 1. */
  readonly attempt: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** One of `ClientOptions.origins`. */
  readonly origin: string;
  readonly path: RequestPath;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** True if sending it twice does no harm. Default: true for GET only. */
  readonly idempotent?: boolean;
  /**
   * False for requests that do not count toward the service's rate limit, such as those to a token endpoint. Default:
   * true.
   */
  readonly rateLimited?: boolean;
  /** Maximum bytes of a successful response, if it is known to be short. Default: see `HttpClientDependencies`. */
  readonly maxResponseBytes?: number;
}

/** A complete successful (2xx) response. */
export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly requestId?: string;
  /** Makes a text of this response safe to show and log (`publicText`). Absent: nothing of it may be shown. */
  readonly quote?: (text: string) => string;
}

/**
 * A service's interpretation of an error response. All members are optional: the client derives the rest from the
 * status.
 */
export interface ParsedError {
  readonly kind?: HttpErrorKind;
  readonly code?: string;
  /** The service's own message. */
  readonly message?: string;
  readonly advice?: string;
  /** As `HttpErrorDetails.blamesAccount`. */
  readonly blamesAccount?: boolean;
  /** As `HttpErrorDetails.wrongField`. */
  readonly wrongField?: string;
  readonly requestId?: string;
}

/** The rate limit of one account: … */
export interface RateLimit {
  /** … at most this many requests … */
  readonly requests: number;
  /** … start within any interval of this many milliseconds. */
  readonly interval: number;
}

export interface ClientOptions {
  /** The only origins that requests are sent to (`https://cja.adobe.io`): https, or a loopback host. */
  readonly origins: readonly string[];
  readonly rateLimit?: RateLimit;
  /**
   * Values that must never appear in logs or errors, of this account or another one. Called at each use, because tokens
   * change.
   */
  readonly secrets: () => readonly string[];
  /** Parses the service's error bodies. Called with any body: HTML, empty, incomplete. Must not throw. */
  readonly parseError?: (response: HttpResponse) => ParsedError;
}

/**
 * Sends requests for one account. Identical concurrent GETs are sent once, unless the one in flight has been
 * silent for some time and the user waits, who may know that the service is back, or unless it was sent too
 * early.
 */
export interface HttpClient {
  /** @throws HttpError for every failure, and the signal's reason when the caller cancels. */
  send(request: HttpRequest, call?: CallOptions): Promise<HttpResponse>;
  /** Cancels all requests. */
  dispose(): void;
}

/** Creates the client of an account; the extension supplies fetch and the log. */
export type HttpClientFactory = (options: ClientOptions) => HttpClient;
