import type { HttpError } from './errors';
import { isCertificateCode } from './networkError';

/** The request did not reach the service with these. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ETIMEDOUT'],
  ...['EPROTO', 'ERR_INVALID_CHAR'],
]);

/** A proxy answers with these (RFC 9110; 520 to 524: Cloudflare), and does not know what became of the request. */
const LOST_STATUSES: ReadonlySet<number> = new Set([502, 504, 520, 521, 522, 523, 524]);

/**
 * True where the service may have carried out a request although its answer did not come: it came too late, broke off,
 * could not be read, or a proxy gave another in its place.
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
