import * as l10n from '@vscode/l10n';
import type { ErrorReading, HttpResponse } from '../../http/client';
import type { HttpErrorKind } from '../../http/errors';
import { isJsonObject } from '../decode';
import { bodyObject, errorWords, word } from '../bodyObject';
import type { JsonObject } from '../service';

/**
 * Reads an unsuccessful answer of Adobe. Five shapes are known: the gateway's `error_code`, the service's
 * `errorCode`, IMS's `error`, a proxy's `statusCode` (also nested below `error` or `response`), and no JSON at all.
 */
export function readError(response: HttpResponse): ErrorReading {
  const whole = bodyObject(response.text);
  const body = innermost(whole);
  const code = word(body, ['error_code', 'errorCode', 'error', 'code']);
  const message =
    word(body, ['errorDescription', 'error_description', 'message', 'errorMessage', 'title']) ??
    (code === undefined ? errorWords(whole) : undefined);
  const requestId =
    response.requestId ??
    response.headers['x-debug-id'] ??
    word(body, ['errorId', 'requestId', 'request_id']);
  const kind = kindOf(code);
  const advice = adviceFor(code, message);
  return {
    ...(kind && { kind }),
    ...(code && { code }),
    ...(message && { message }),
    ...(advice && { advice }),
    ...(requestId && { requestId }),
  };
}

/** Proxies wrap the service's error once, below `error` or `response`. */
function innermost(body: JsonObject | undefined): JsonObject | undefined {
  return [body?.error, body?.response].find(isJsonObject) ?? body;
}

/** The kind where the code says more than the HTTP status. */
function kindOf(code: string | undefined): HttpErrorKind | undefined {
  switch (code ?? '') {
    case 'invalid_client':
    case 'invalid_scope':
    case 'unauthorized_client':
    case 'invalid_client_id':
    case '403000':
    case '403003':
    case '403010':
      return 'authentication';
    case 'insufficient_access':
    case 'invalid_access':
      return 'permission';
    case 'resource_not_found':
      return 'notFound';
    case 'too_many_requests':
      return 'rateLimit';
    default:
      return undefined;
  }
}

/** What the user can do, by Adobe's code (API gateway, Experience Platform FAQ, Adobe's knowledge base). */
function adviceFor(code: string | undefined, message = ''): string | undefined {
  switch (code ?? '') {
    case 'invalid_client':
      return clientAdvice(message);
    case 'invalid_scope':
      return l10n.t('Copy the scopes of your credential from Developer Console into the account.');
    case '401013':
    case 'invalid_token':
      return l10n.t('The access token has ended or is not valid. Verify the account, or paste a new token.');
    case '403000':
    case '403003':
    case 'invalid_client_id':
      return l10n.t('Check the client ID of the account: Adobe does not know it as an API key.');
    case '403010':
      return l10n.t('Sign in to the account again: Adobe received no token.');
    case '403011':
      return l10n.t(
        'The scopes do not fit the API. Copy those of your credential from Developer Console into the account.',
      );
    case '403023':
    case '403024':
      return l10n.t(
        'Add the technical account to a product profile of Customer Journey Analytics in the Admin Console.',
      );
    case '403027':
      return l10n.t(
        'Check the organization ID of the account. If it is right, add both APIs, Customer Journey Analytics and Adobe Experience Platform, with a product profile to the project in Developer Console.',
      );
    case 'insufficient_access':
    case 'invalid_access':
      return adminAdvice();
    case 'resource_not_found':
      return l10n.t('It may have been deleted, or belong to another organization. Refresh the level above.');
    case '429001':
    case '429002':
    case '429050':
    case 'too_many_requests':
      return l10n.t(
        'Adobe allows 12 requests in 6 seconds for each user, other tools included. Wait a little and try again.',
      );
    default:
      return undefined;
  }
}

function clientAdvice(message: string): string {
  if (message.includes('client_secret'))
    return l10n.t('Check the client secret of the account. It may have been replaced.');
  if (message.includes('client_id')) return l10n.t('Check the client ID of the account.');
  return l10n.t('Check client ID and client secret of the account.');
}

/** How a technical account becomes a product administrator. */
export function adminAdvice(): string {
  return l10n.t(
    'Copy the technical account email (not the ID) of your OAuth Server-to-Server credential from Developer Console. In the Admin Console open Products, Customer Journey Analytics, Admins, and add it as an admin. Then wait 5 to 10 minutes and try again.',
  );
}
