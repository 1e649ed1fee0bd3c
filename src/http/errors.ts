import * as l10n from '@vscode/l10n';

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
  | 'tooLarge'
  | 'server';

/** What is known of a failure beyond its kind. */
export interface HttpErrorDetails {
  /** HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** The service's own code, verbatim (`403027`, `insufficient_access`), or the network's (`ECONNREFUSED`). */
  readonly code?: string | undefined;
  /** The service's own words, which `message` holds too: the cause. */
  readonly reason?: string | undefined;
  /** The id under which the service logged the request. */
  readonly requestId?: string | undefined;
  /** What the user can do about it. A default for the kind is used where it is absent. */
  readonly advice?: string;
  /** Milliseconds that the service asked to wait. */
  readonly retryAfter?: number | undefined;
  /** True where the request may have changed what it was to change all the same: its answer was lost. */
  readonly mayBeDone?: boolean | undefined;
  readonly cause?: unknown;
}

/**
 * A request that did not succeed. `message` says what happened and why, `advice` what to do; both are localised,
 * and fit to be shown and logged: whoever makes one passes text from outside through `publicText` (redact.ts) first.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly kind: HttpErrorKind;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  readonly mayBeDone: boolean;
  readonly #advice: string | undefined;

  constructor(kind: HttpErrorKind, message: string, details: HttpErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.status = details.status;
    this.code = details.code;
    this.reason = details.reason;
    this.requestId = details.requestId;
    this.retryAfter = details.retryAfter;
    this.mayBeDone = details.mayBeDone ?? false;
    this.#advice = details.advice;
  }

  /** What the user can do about it, as a sentence. */
  get advice(): string {
    return this.#advice ?? defaultAdvice(this.kind);
  }

  /** The same failure with other advice, for who knows more of what the user was about to do. */
  advising(advice: string): HttpError {
    return this.copy({ advice, cause: this });
  }

  /** The same failure of a request that may have been carried out all the same. */
  leavingOpen(advice = l10n.t('The answer was lost: look before you try again.')): HttpError {
    return this.copy({ advice, mayBeDone: true, cause: this });
  }

  /** The same failure with each of its texts changed, such as masked; itself if none of them changes. */
  mapTexts(change: (text: string) => string): HttpError {
    if (this.texts().every((text) => change(text) === text)) return this;
    const { code, reason, requestId } = this;
    return this.copy(
      {
        advice: change(this.advice),
        code: code === undefined ? undefined : change(code),
        reason: reason === undefined ? undefined : change(reason),
        requestId: requestId === undefined ? undefined : change(requestId),
        cause: this.cause,
      },
      change,
    );
  }

  /** All texts that a person may read. */
  protected texts(): readonly string[] {
    return [this.message, this.advice, this.code ?? '', this.reason ?? '', this.requestId ?? ''];
  }

  /** A failure of the same class. @param details take the place of this one's. @param change of texts not in them. */
  protected copy(details: HttpErrorDetails, change: (text: string) => string = (text) => text): HttpError {
    const { kind, status, code, reason, requestId, retryAfter, mayBeDone } = this;
    const own = { status, code, reason, requestId, retryAfter, mayBeDone };
    return new HttpError(kind, change(this.message), { ...own, ...details });
  }
}

/** Advice for an answer that cannot be the service's. */
export function endpointAdvice(): string {
  return l10n.t('Check that the endpoint of the account is right and that no proxy changes the traffic.');
}

function defaultAdvice(kind: HttpErrorKind): string {
  switch (kind) {
    case 'authentication':
      return l10n.t('Check the credentials of the account.');
    case 'permission':
      return l10n.t('Ask an administrator of the service for the right to see this.');
    case 'notFound':
      return l10n.t(
        'It may have been deleted. Refresh the level above, and check the endpoint of the account.',
      );
    case 'conflict':
      return l10n.t('It was changed by someone else, or exists already. Refresh, then try again.');
    case 'rejected':
      return l10n.t('Check the input and the settings of the account.');
    case 'rateLimit':
      return l10n.t('Wait a little, then try again.');
    case 'timeout':
      return l10n.t('Try again. If it happens often, check the network, or load fewer items at once.');
    case 'network':
      return l10n.t('Check the network connection, the proxy settings and the endpoint of the account.');
    case 'protocol':
      return endpointAdvice();
    case 'tooLarge':
      return l10n.t('Choose a smaller page size in the settings.');
    case 'server':
      return l10n.t('Try again later.');
  }
}
