import * as l10n from '@vscode/l10n';

/** The kind of a failure. Views and retries depend on it; the messages are for users. */
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

/** The terms of the account whose request failed, for messages and advice. */
export interface AccountTerms {
  /** Its ID; absent if it cannot be edited, or is not saved yet. */
  readonly id?: string | undefined;
  readonly name: string;
  /** The title of its service. */
  readonly service: string;
  /** Labels of the secrets that it signs in with; empty if unknown. */
  readonly secrets: readonly string[];
  /** Labels of the addresses that the user entered; empty if requests go to the service's default ones. */
  readonly addresses: readonly string[];
  /** True if the page size of its lists is configurable. */
  readonly hasPages: boolean;
}

/** What the user can do, as a sentence or more; a function if it depends on the account. */
export type Advice = string | ((account: AccountTerms | undefined) => string);

export interface HttpErrorDetails {
  /** HTTP status, if there was a response. */
  readonly status?: number | undefined;
  /** The service's own code, verbatim (`403027`, `insufficient_access`), or the network's (`ECONNREFUSED`). */
  readonly code?: string | undefined;
  /** The service's own message, which is also part of `message`. */
  readonly reason?: string | undefined;
  /** The ID under which the service logged the request. */
  readonly requestId?: string | undefined;
  /** What the user can do about it. Default: the advice for the kind. */
  readonly advice?: Advice | undefined;
  /** The account that sent the request, if known. */
  readonly account?: AccountTerms | undefined;
  /** True if settings or secrets of the account have to be fixed. Default: for kind `authentication`. */
  readonly blamesAccount?: boolean | undefined;
  /** The key of the answer of the sign-in that has to be corrected, if the service says which one is wrong. */
  readonly wrongField?: string | undefined;
  /** The host that could not be reached, as in `URL.host`: its address may be mistyped. Not shown. */
  readonly unreachedHost?: string | undefined;
  /** Milliseconds that the service asked to wait. */
  readonly retryAfter?: number | undefined;
  /** True if the request may have changed something although its response was lost. */
  readonly hasUnknownOutcome?: boolean | undefined;
  readonly cause?: unknown;
}

/**
 * A failed request. `message` says what happened and why, `advice` what to do; both are localized, and safe to show and
 * log: text from outside has to go through `publicText` (redact.ts) first.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly kind: HttpErrorKind;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  readonly hasUnknownOutcome: boolean;
  readonly account: AccountTerms | undefined;
  readonly blamesAccount: boolean;
  readonly wrongField: string | undefined;
  readonly unreachedHost: string | undefined;
  readonly #advice: Advice | undefined;

  constructor(kind: HttpErrorKind, message: string, details: HttpErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.status = details.status;
    this.code = details.code;
    this.reason = details.reason;
    this.requestId = details.requestId;
    this.retryAfter = details.retryAfter;
    this.hasUnknownOutcome = details.hasUnknownOutcome ?? false;
    this.account = details.account;
    this.blamesAccount = details.blamesAccount ?? kind === 'authentication';
    this.wrongField = details.wrongField;
    this.unreachedHost = details.unreachedHost;
    this.#advice = details.advice;
  }

  /** What the user can do about it, as a sentence. */
  get advice(): string {
    const advice = this.#advice ?? defaultAdvice(this.kind);
    return typeof advice === 'string' ? advice : advice(this.account);
  }

  /** The same failure, attributed to an account; itself if it has one already. */
  ofAccount(account: AccountTerms): HttpError {
    return this.account ? this : this.copy({ account, advice: this.#advice, cause: this.cause });
  }

  /** The same failure with other advice, from a caller that knows what the user was about to do. */
  withAdvice(advice: Advice): HttpError {
    return this.copy({ advice, cause: this });
  }

  /** The same failure of a request that may have succeeded. */
  withUnknownOutcome(
    advice = l10n.t('The response was lost. Check the current state before you try again.'),
  ): HttpError {
    return this.copy({ advice, hasUnknownOutcome: true, cause: this });
  }

  /** The same failure with each text changed, for example masked; itself if nothing changes. */
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

  /** All texts that are shown. */
  protected texts(): readonly string[] {
    return [this.message, this.advice, this.code ?? '', this.reason ?? '', this.requestId ?? ''];
  }

  /** The details that a copy inherits unless they are replaced: all but advice and cause. */
  protected details(): HttpErrorDetails {
    const {
      status,
      code,
      reason,
      requestId,
      account,
      blamesAccount,
      wrongField,
      unreachedHost,
      retryAfter,
      hasUnknownOutcome: mayBeDone,
    } = this;
    return {
      status,
      code,
      reason,
      requestId,
      account,
      blamesAccount,
      wrongField,
      unreachedHost,
      retryAfter,
      hasUnknownOutcome: mayBeDone,
    };
  }

  /**
   * A failure of the same class. @param details replace those of this one. @param change applied to all other texts.
   */
  protected copy(details: HttpErrorDetails, change: (text: string) => string = (text) => text): HttpError {
    return new HttpError(this.kind, change(this.message), { ...this.details(), ...details });
  }
}

/**
 * Advice that names fields of the account.
 * @param named receives their labels in the form used in sentences.
 * @param otherwise used if the account has none of them, or is unknown.
 */
export function adviceNaming(
  fields: 'addresses' | 'secrets',
  named: (labels: string) => string,
  otherwise: (account?: AccountTerms) => string,
): (account?: AccountTerms) => string {
  return (account) => {
    const labels = account?.[fields] ?? [];
    if (labels.length === 0) return otherwise(account);
    return named(labels.map((label) => l10n.t('"{0}"', label)).join(', '));
  };
}

/** Advice for a response that cannot be the service's. */
export const endpointAdvice = adviceNaming(
  'addresses',
  (addresses) =>
    l10n.t('Check {0} of the account and that no proxy modifies the traffic. Then try again.', addresses),
  () => l10n.t('Check that no proxy or sign-in page of your network modifies the traffic. Then try again.'),
);

/** Advice if nothing was received from the service. */
export const networkAdvice = adviceNaming(
  'addresses',
  (addresses) =>
    l10n.t('Check the network connection, the VPN, the proxy settings and {0} of the account.', addresses),
  () => l10n.t('Check the network connection, the VPN and the proxy settings. Then try again.'),
);

function defaultAdvice(kind: HttpErrorKind): Advice {
  switch (kind) {
    case 'authentication':
      return signInAdvice;
    case 'permission':
      return (account) =>
        account
          ? l10n.t('Ask an administrator of {0} for permission.', account.service)
          : l10n.t('Ask an administrator of the service for permission.');
    case 'notFound':
      return notFoundAdvice;
    case 'conflict':
      return l10n.t('It was changed by someone else, or already exists. Refresh, then try again.');
    case 'rejected':
      return l10n.t(
        'Check your input and the account settings. If they are correct, see the log for details.',
      );
    case 'rateLimit':
      return l10n.t('Wait a moment, then try again.');
    case 'timeout':
      return l10n.t('Try again. If it happens often, check the network connection and the proxy settings.');
    case 'network':
      return networkAdvice;
    case 'protocol':
      return endpointAdvice;
    case 'tooLarge':
      return sizeAdvice;
    case 'server':
      return l10n.t('Try again later.');
  }
}

const signInAdvice = adviceNaming(
  'secrets',
  (secrets) => l10n.t('Edit the account and check {0}.', secrets),
  () => l10n.t('Edit the account and enter the credentials again.'),
);

const notFoundAdvice = adviceNaming(
  'addresses',
  (addresses) =>
    l10n.t('It may have been deleted. Refresh the parent row and check {0} of the account.', addresses),
  () => l10n.t('It may have been deleted. Refresh the parent row.'),
);

function sizeAdvice(account?: AccountTerms): string {
  return (account?.hasPages ?? true)
    ? l10n.t('Set a smaller page size in the settings, then try again.')
    : l10n.t('The service does not support paging for this resource. Use the web interface of the service.');
}
