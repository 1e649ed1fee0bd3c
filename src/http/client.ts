import type { HttpErrorKind } from './errors';

/** What a caller hands down with every request. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** `interactive` (a person waits for it) goes ahead of `background`. Default: `background`. */
  readonly priority?: Priority;
  /** Called when the request has to wait, before it does: for the rate limit, or before another attempt. */
  readonly onWait?: (wait: Wait) => void;
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
  /** Absolute; its origin must be one of `ClientOptions.origins`. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** True where sending it twice does no harm. Default: true for GET alone. */
  readonly repeatable?: boolean;
  /** False for requests that the service's rate limit does not count, such as those to a token endpoint. Default: true. */
  readonly limited?: boolean;
}

/** A successful (2xx) answer, read whole. */
export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly requestId?: string;
}

/** What a service reads out of an unsuccessful answer. All parts are optional: the client fills in what follows from the status. */
export interface ErrorReading {
  readonly kind?: HttpErrorKind;
  readonly code?: string;
  /** The service's own words. */
  readonly message?: string;
  readonly advice?: string;
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
  /** Values that must never be seen in logs or errors. Asked for at each use, for tokens change. */
  readonly secrets: () => readonly string[];
  /** Reads the service's error bodies. Called with any body: HTML, empty, cut off. Must not throw. */
  readonly readError?: (response: HttpResponse) => ErrorReading;
}

/** Sends requests for one account. Equal GETs under way at the same time are sent once. */
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
