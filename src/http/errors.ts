/** What kind of failure a request met. Views and retries decide by it; the texts are for people. */
export type HttpErrorKind =
  | 'authentication'
  | 'permission'
  | 'notFound'
  | 'conflict'
  | 'rejected'
  | 'rateLimit'
  | 'timeout'
  | 'network'
  | 'protocol'
  | 'server';

/** What is known of a failure beyond its kind. */
export interface HttpErrorDetails {
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** The service's own code, verbatim (`403027`, `insufficient_access`). */
  readonly code?: string;
  /** The id under which the service logged the request. */
  readonly requestId?: string;
  /** What the user can do about it. A default for the kind is used where it is absent. */
  readonly advice?: string;
  /** Milliseconds that the service asked to wait. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}
