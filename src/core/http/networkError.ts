import * as l10n from '@vscode/l10n';
import { type Advice, adviceNaming, HttpError, networkAdvice, type HttpErrorKind } from './errors';
import { publicText, type SecretValues } from '../redaction/redact';

/** A body has more bytes than are read. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** The texts for a failure before or during a response. */
interface Explanation {
  readonly kind: HttpErrorKind;
  readonly message: string;
  readonly advice?: Advice;
  readonly blamesAccount?: boolean;
}

/**
 * The error for what fetch or reading a body threw.
 * @param error from node-fetch, a stream or Node's network layer.
 * @param host the requested host, for the message.
 */
export function networkError(error: unknown, host: string, secrets: SecretValues): HttpError {
  const code = getCode(error);
  const detail = publicText(error instanceof Error ? error.message : String(error), secrets);
  const { kind, message, advice, blamesAccount } = explain(code, publicText(host, secrets, 100), detail);
  return new HttpError(kind, message, {
    ...(code === '' || code === TOO_LARGE ? {} : { code }),
    ...(advice === undefined ? {} : { advice }),
    blamesAccount,
    ...(isUnreached(code) && { unreachedHost: host }),
    // The original may contain the whole URL, so only its redacted text is kept.
    cause: detail,
  });
}

/** True if there was no connection to the host, or not to the one that was meant. */
function isUnreached(code: string): boolean {
  return (NEVER_SENT.has(code) && code !== 'ERR_INVALID_CHAR') || isCertificateCode(code);
}

/** True if the server's certificate was rejected, so that retrying cannot help. */
export function isCertificateCode(code: string | undefined): boolean {
  return code !== undefined && /CERT|SIGNATURE|^ERR_TLS_/.test(code);
}

/** Stands for `BodyTooLargeError`, and adds nothing to its message. */
const TOO_LARGE = 'max-size';

function getCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error instanceof BodyTooLargeError) return TOO_LARGE;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // If several addresses were tried, they fail with an AggregateError, whose parts have the codes.
  return error instanceof AggregateError ? getCode(error.errors[0]) : '';
}

function explain(code: string, host: string, detail: string): Explanation {
  if (isCertificateCode(code)) return certificate(code, host);
  // HPE: Node's HTTP parser. Z_ and ERR__ERROR_FORMAT: zlib, brotli.
  if (/^(?:HPE_|Z_|ERR__ERROR_FORMAT)/.test(code)) return garbled(code, host);
  if (code.startsWith('ERR_SSL_')) return explain('EPROTO', host, detail);
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return lookup(code, host);
    case 'ECONNREFUSED':
      return refused(code, host);
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return { kind: 'network', message: l10n.t('The connection to {0} was interrupted ({1}).', host, code) };
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return { kind: 'network', message: l10n.t('The response from {0} was cut off ({1}).', host, code) };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
      return {
        kind: 'network',
        message: l10n.t('{0} is unreachable from this network ({1}).', host, code),
      };
    case 'EPROTO':
      return { kind: 'network', message: l10n.t('The secure connection to {0} failed ({1}).', host, code) };
    case 'ETIMEDOUT':
      return { kind: 'timeout', message: l10n.t('The connection to {0} timed out ({1}).', host, code) };
    case TOO_LARGE:
      return tooLarge(host);
    case 'ERR_INVALID_CHAR':
      return unsendable();
    default:
      return { kind: 'network', message: l10n.t('The request to {0} failed: {1}', host, detail) };
  }
}

function certificate(code: string, host: string): Explanation {
  return {
    kind: 'network',
    message: l10n.t('The certificate of {0} is not trusted ({1}).', host, code),
    advice: l10n.t(
      'If your network or server uses its own certificates, install their certificate authority in the operating system and keep the setting "http.systemCertificates" enabled, or set the environment variable NODE_EXTRA_CA_CERTS to its file. If the certificate has expired, it must be renewed on the server.',
    ),
  };
}

function garbled(code: string, host: string): Explanation {
  return { kind: 'protocol', message: l10n.t('The response from {0} is corrupt ({1}).', host, code) };
}

function lookup(code: string, host: string): Explanation {
  return {
    kind: 'network',
    message: l10n.t('The host {0} was not found ({1}).', host, code),
    advice: adviceNaming(
      'addresses',
      (addresses) =>
        l10n.t('Check the network connection, the VPN and the spelling of {0} of the account.', addresses),
      networkAdvice,
    ),
  };
}

function refused(code: string, host: string): Explanation {
  return {
    kind: 'network',
    message: l10n.t('{0} refused the connection ({1}).', host, code),
    advice: adviceNaming(
      'addresses',
      (addresses) => l10n.t('Check whether the service is running, and check {0} of the account.', addresses),
      networkAdvice,
    ),
  };
}

function tooLarge(host: string): Explanation {
  return {
    kind: 'tooLarge',
    message: l10n.t('The response from {0} is too large to read.', host),
  };
}

function unsendable(): Explanation {
  return {
    kind: 'rejected',
    message: l10n.t('The request contains characters that cannot be sent.'),
    blamesAccount: true,
    advice: adviceNaming(
      'secrets',
      (secrets) => l10n.t('Edit the account and check {0} for line breaks and unusual characters.', secrets),
      () => l10n.t('Edit the account and check it for line breaks and unusual characters.'),
    ),
  };
}

/** With these, the request did not reach the service. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ETIMEDOUT'],
  ...['EPROTO', 'ERR_INVALID_CHAR'],
]);

/** Sent by proxies (RFC 9110; 520 to 524: Cloudflare), which do not know what became of the request. */
const LOST_STATUSES: ReadonlySet<number> = new Set([502, 504, 520, 521, 522, 523, 524]);

/**
 * True if the service may have performed a request although its response is missing: it was late, incomplete or
 * unreadable, or a proxy replaced it.
 */
export function isAnswerLost({ kind, status, code }: HttpError): boolean {
  if (status !== undefined && status >= 300) return LOST_STATUSES.has(status);
  switch (kind) {
    case 'timeout':
    case 'network':
      return code === undefined || !(NEVER_SENT.has(code) || isCertificateCode(code));
    case 'protocol':
    case 'tooLarge':
      return true;
    default:
      return false;
  }
}
