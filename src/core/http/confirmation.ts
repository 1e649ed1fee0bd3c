import * as l10n from '@vscode/l10n';
import type { HttpResponse } from './types';
import { HttpError } from './errors';
import { isJsonObject, type JsonValue, parseJson } from './json';
import { withServiceMessage } from './serviceMessage';

/** Members that say that something failed. */
const FAILURES: ReadonlySet<string> = new Set([
  'error',
  'errors',
  'error_code',
  'errorCode',
  'errorDescription',
]);

/** Members that describe a failure, beside those that say so. */
const DESCRIPTIONS: ReadonlySet<string> = new Set([
  ...['message', 'code', 'status', 'statusCode', 'type', 'title', 'detail', 'details', 'description'],
  ...['error_description', 'errorId', 'requestId', 'request_id', 'timestamp', 'path', 'cause', 'instance'],
]);

/**
 * Checks that a 2xx response to a write can be the service's confirmation: it is empty or JSON, and does not only
 * describe a failure, or have a message: services in maintenance, proxies and sign-in pages of networks answer every
 * request with 200.
 * @throws HttpError kind `protocol`.
 */
export function checkConfirmation(response: HttpResponse): void {
  if (response.text.trim() === '') return;
  const json = parseJson(response);
  if (!isJsonObject(json)) return;
  const saysSo = Object.entries(json).some(([name, value]) => FAILURES.has(name) && !isBlank(value));
  const isMessage = saysSo || typeof json.message === 'string';
  if (!isMessage || !Object.keys(json).every((name) => FAILURES.has(name) || DESCRIPTIONS.has(name))) return;
  const why = l10n.t('The response does not confirm the change.');
  throw new HttpError('protocol', withServiceMessage(why, response, json), {
    status: response.status,
    ...(response.requestId !== undefined && { requestId: response.requestId }),
  });
}

function isBlank(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === '' || value === false;
}
