import * as l10n from '@vscode/l10n';
import type { ParsedError, HttpResponse } from '../../../http/types';
import type { HttpErrorKind } from '../../../http/errors';
import { word } from '../../../http/serviceMessage';
import { bodyObject, errorWords } from '../../common/answerErrors';
import { isJsonObject, type JsonObject } from '../../../http/json';
import * as v from 'valibot';
import { type ValidationError, validationErrorSchema } from './schemas';

/** Codes of the gateway, which say what is wrong with the account. */
export const GATEWAY_CODE = /^\d{6}$/;

/**
 * Parses an error response of Adobe. Five shapes are known: the gateway's `error_code`, the service's `errorCode`,
 * IMS's `error`, a proxy's `statusCode` (also nested in `error` or `response`), and no JSON at all.
 * @param isPasted true for an account with a token that was created elsewhere: it has no secret and no scopes.
 */
export function readError(response: HttpResponse, isPasted = false): ParsedError {
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
  const kind = toKind(code);
  const blamesAccount = ['401013', 'invalid_token', '403011', '403027'].includes(code ?? '');
  const advice =
    adviceFor(code, message, isPasted) ?? (response.status === 401 ? tokenAdvice(isPasted) : undefined);
  return {
    ...(kind && { kind }),
    ...(blamesAccount && { blamesAccount }),
    ...wrongAnswer(code, message, isPasted),
    ...(code && { code }),
    ...(message && { message }),
    ...(advice && { advice }),
    ...(requestId && { requestId }),
  };
}

/** Proxies wrap the service's error once, in `error` or `response`. */
function innermost(body: JsonObject | undefined): JsonObject | undefined {
  return [body?.error, body?.response].find(isJsonObject) ?? body;
}

/** The error kind, if the code is more specific than the HTTP status. */
function toKind(code: string | undefined): HttpErrorKind | undefined {
  switch (code) {
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
    case 'invalid_dimension_access':
    case 'invalid_metric_access':
      return 'permission';
    case 'resource_not_found':
      return 'notFound';
    case 'too_many_requests':
      return 'rateLimit';
    default:
      return undefined;
  }
}

/** The answer that a code blames. A token made from several answers does not say which of them is wrong. */
function wrongAnswer(
  code: string | undefined,
  message = '',
  isPasted: boolean,
): Pick<ParsedError, 'wrongField'> {
  switch (code) {
    case 'invalid_client':
      return { wrongField: message.includes('client_id') ? 'clientId' : 'clientSecret' };
    case 'invalid_scope':
    case '403011':
      return { wrongField: isPasted ? 'accessToken' : 'scopes' };
    case '403000':
    case '403003':
    case 'invalid_client_id':
      return { wrongField: 'clientId' };
    case '403027':
      return { wrongField: 'orgId' };
    default:
      return {};
  }
}

/** What the user can do, by Adobe's code (API gateway, Experience Platform FAQ, Adobe's knowledge base). */
function adviceFor(code: string | undefined, message = '', isPasted: boolean): string | undefined {
  switch (code) {
    case 'invalid_client':
      return clientAdvice(message);
    case 'invalid_scope':
    case '403011':
      return scopeAdvice(isPasted);
    case '401013':
    case 'invalid_token':
    case 'unauthorized_client':
      return tokenAdvice(isPasted);
    case '403000':
    case '403003':
    case 'invalid_client_id':
      return l10n.t('Edit the account and check the client ID. It is unknown to Adobe.');
    case '403010':
      return l10n.t(
        'Adobe did not receive a token. Check whether a proxy removes the Authorization header, then try again.',
      );
    case '403023':
    case '403024':
      return l10n.t(
        'Add the technical account to a product profile of Customer Journey Analytics in the Admin Console.',
      );
    case '403027':
      return l10n.t(
        'Edit the account and check the organization ID. If it is correct, add both APIs, Customer Journey Analytics and Adobe Experience Platform, with a product profile to the project in Developer Console.',
      );
    case 'insufficient_access':
    case 'invalid_access':
      return adminAdvice();
    case 'invalid_dimension_access':
    case 'invalid_metric_access':
      return l10n.t(
        'Ask an administrator to add the data view, its dimensions and its metrics to a product profile of the technical account.',
      );
    case 'resource_not_found':
      return l10n.t('It may have been deleted, or belong to another organization. Refresh the parent row.');
    case '429001':
    case '429002':
    case '429050':
    case 'too_many_requests':
      return l10n.t(
        'Adobe allows 12 requests in 6 seconds per user, including other tools. Wait a moment and try again.',
      );
    default:
      return undefined;
  }
}

/** Advice for a rejected token. One created from a secret was renewed before this is shown. */
function tokenAdvice(isPasted: boolean): string {
  return isPasted
    ? l10n.t('Edit the account and paste a new access token.')
    : l10n.t('Edit the account and check client ID, client secret and scopes.');
}

function scopeAdvice(isPasted: boolean): string {
  return isPasted
    ? l10n.t(
        'Generate an access token in Developer Console, in the project that has both APIs, Customer Journey Analytics and Adobe Experience Platform. Then edit the account and paste it.',
      )
    : l10n.t('Edit the account and copy the scopes of your credential from Developer Console.');
}

function clientAdvice(message: string): string {
  if (message.includes('client_secret'))
    return l10n.t('Edit the account and check the client secret. It may have been replaced.');
  if (message.includes('client_id')) return l10n.t('Edit the account and check the client ID.');
  return l10n.t('Edit the account and check client ID and client secret.');
}

/** How to make a technical account a product administrator. */
export function adminAdvice(): string {
  return l10n.t(
    'Copy the technical account email (not the ID) of your OAuth Server-to-Server credential from Developer Console. In the Admin Console, open Products > Customer Journey Analytics > Admins and add it as an admin. Then wait 5 to 10 minutes and try again.',
  );
}

/** A validation error of a connection: readable, and as the service's code. */
interface Complaint {
  readonly text: string;
  readonly code: string;
}

/** The validation errors of a connection (OpenAPI, ConnectionValidationError.errorCode). */
export function validationErrors(errors: readonly unknown[] | undefined): readonly Complaint[] {
  return (errors ?? []).flatMap((error) => {
    const decoded = v.safeParse(validationErrorSchema, error);
    return decoded.success ? [{ text: sentence(decoded.output), code: decoded.output.errorCode ?? '' }] : [];
  });
}

function sentence(error: ValidationError): string {
  const dataset = error.dataSetName ?? error.dataSetId;
  const text = meaning(error);
  return dataset ? `${dataset}: ${text}` : text;
}

function meaning({ errorCode = '', missingField = '?', disallowedField = '?' }: ValidationError): string {
  switch (errorCode) {
    case 'MISSING_FIELD':
      return l10n.t('the field {0} is missing', missingField);
    case 'DISALLOWED_FIELD':
      return l10n.t('the field {0} is not allowed', disallowedField);
    case 'DATA_SET_DOES_NOT_EXIST':
      return l10n.t('the dataset does not exist');
    case 'REQUIRED_EVENT_DATA_SET_MISSING':
      return l10n.t('an event dataset is required');
    case 'SCHEMA_UNAVAILABLE':
      return l10n.t('the schema cannot be read');
    case 'NAMESPACE_UNAVAILABLE':
      return l10n.t('the identity namespace cannot be read');
    case 'DATASET_BACKFILL_REQUEST_LIMIT_EXCEEDED':
      return l10n.t('too many backfills were requested');
    case 'DATASETS_PER_CONNECTION_LIMIT_EXCEEDED':
      return l10n.t('the connection has too many datasets');
    default:
      return plain(errorCode);
  }
}

/** `INVALID_LOOKUP_KEY_FIELD` as `invalid lookup key field`: the other codes are self-explanatory. */
function plain(code: string): string {
  return code === '' ? l10n.t('an error without a code') : code.replaceAll('_', ' ').toLowerCase();
}
