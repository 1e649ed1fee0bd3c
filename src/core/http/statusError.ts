import * as l10n from '@vscode/l10n';
import type { ParsedError, HttpResponse } from './types';
import { HttpError, type HttpErrorKind } from './errors';
import { publicText, type SecretValues } from '../redaction/redact';
import { retryAfter } from './retry';

export interface StatusErrorContext {
  readonly url: URL;
  readonly secrets: SecretValues;
  readonly parseError?: (response: HttpResponse) => ParsedError;
  /** Milliseconds since 1970, for HTTP dates. */
  readonly now: number;
}

/** The error for a response with a status other than 2xx. */
export function statusError(response: HttpResponse, context: StatusErrorContext): HttpError {
  if (response.status >= 300 && response.status < 400) return redirectError(response, context);
  if (response.status === 407) return proxyError(response);
  if (response.status === 511) return networkSignInError(response);
  const reading = publicReading(response, context);
  const kind = reading.kind ?? kindOfStatus(response.status);
  const wait = retryAfter(response, context.now);
  // If the service says how long to wait, that is the most useful advice.
  const asksToWait = wait !== undefined && (kind === 'rateLimit' || response.status === 503);
  const advice = asksToWait ? waitAdvice(wait) : reading.advice;
  const requestId = reading.requestId ?? response.requestId;
  return new HttpError(kind, toMessage(kind, response.status, reading), {
    status: response.status,
    ...(reading.code === undefined ? {} : { code: reading.code }),
    ...(reading.message ? { reason: reading.message } : {}),
    ...(requestId === undefined ? {} : { requestId }),
    ...(advice === undefined ? {} : { advice }),
    blamesAccount: reading.blamesAccount,
    wrongField: reading.wrongField,
    ...(wait === undefined ? {} : { retryAfter: wait }),
  });
}

function redirectError(response: HttpResponse, { url, secrets }: StatusErrorContext): HttpError {
  const { location = '' } = response.headers;
  const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  const named = target && target.origin !== 'null' ? target.origin : (target?.protocol ?? '?');
  return new HttpError(
    'protocol',
    l10n.t(
      'The server redirects to {0} (HTTP {1}). Redirects are not followed to protect your credentials.',
      publicText(named, secrets, 100),
      response.status,
    ),
    {
      status: response.status,
      ...(response.requestId === undefined ? {} : { requestId: response.requestId }),
    },
  );
}

/** The response of a proxy: the service was not asked, so its messages and permissions do not apply. */
function proxyError({ status }: HttpResponse): HttpError {
  return new HttpError('network', l10n.t('The proxy requires authentication (HTTP {0}).', status), {
    status,
    advice: l10n.t(
      'Check the setting "http.proxy" and the user name and password of the proxy, then try again.',
    ),
  });
}

/** The response of a network that wants its user to sign in (RFC 6585): the service was not asked. */
function networkSignInError({ status }: HttpResponse): HttpError {
  return new HttpError('network', l10n.t('The network requires you to sign in (HTTP {0}).', status), {
    status,
    advice: l10n.t('Open any web page in a browser and sign in to the network, then try again.'),
  });
}

/** The service's description of the failure, safe to show; empty if the parser throws. */
function publicReading(response: HttpResponse, { parseError, secrets }: StatusErrorContext): ParsedError {
  let reading: ParsedError = {};
  try {
    reading = parseError?.(response) ?? {};
  } catch {
    // The status has to suffice.
  }
  const { kind, code, message, advice, blamesAccount, wrongField, requestId } = reading;
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(code === undefined ? {} : { code: publicText(code, secrets, 60) }),
    ...(message === undefined ? {} : { message: publicText(message, secrets) }),
    ...(advice === undefined ? {} : { advice: publicText(advice, secrets, 500) }),
    ...(blamesAccount === undefined ? {} : { blamesAccount }),
    ...(wrongField === undefined ? {} : { wrongField }),
    ...(requestId === undefined ? {} : { requestId: publicText(requestId, secrets, 100) }),
  };
}

function kindOfStatus(status: number): HttpErrorKind {
  switch (status) {
    case 401:
      return 'authentication';
    case 403:
      return 'permission';
    case 404:
    case 410:
      return 'notFound';
    case 408:
      return 'timeout';
    case 409:
      return 'conflict';
    case 429:
      return 'rateLimit';
    default:
      if (status >= 400 && status < 500) return 'rejected';
      return status >= 500 && status < 600 ? 'server' : 'protocol';
  }
}

/**
 * What happened, then the service's own message, such as `The service refuses access (HTTP 403, 403027: User region is
 * missing).`
 */
function toMessage(kind: HttpErrorKind, status: number, { code, message }: ParsedError): string {
  const number = code === undefined ? `HTTP ${status}` : `HTTP ${status}, ${code}`;
  return `${toTitle(kind)} (${message ? `${number}: ${message}` : number})`;
}

function toTitle(kind: HttpErrorKind): string {
  switch (kind) {
    case 'authentication':
      return l10n.t('Authentication failed');
    case 'permission':
      return l10n.t('Access denied');
    case 'notFound':
      return l10n.t('Not found');
    case 'conflict':
      return l10n.t('Conflict');
    case 'rejected':
      return l10n.t('Request rejected');
    case 'rateLimit':
      return l10n.t('Too many requests');
    case 'timeout':
      return l10n.t('The service timed out');
    case 'network':
      return l10n.t('The service could not be reached');
    case 'protocol':
      return l10n.t('Invalid response');
    case 'tooLarge':
      return l10n.t('The response is too large');
    case 'server':
      return l10n.t('Internal error of the service');
  }
}

function waitAdvice(wait: number): string {
  const seconds = Math.ceil(wait / 1000);
  if (seconds <= 1) return l10n.t('Try again in 1 second.');
  if (seconds < 120) return l10n.t('Try again in {0} seconds.', seconds);
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return l10n.t('Try again in {0} minutes.', minutes);
  const hours = Math.ceil(minutes / 60);
  return hours < 48
    ? l10n.t('Try again in {0} hours.', hours)
    : l10n.t('Try again in {0} days.', Math.ceil(hours / 24));
}
