import * as l10n from '@vscode/l10n';
import { isSafeNumber } from 'lossless-json';
import type { HttpResponse } from './types';
import { adviceNaming, HttpError } from './errors';

/** A value of parsed JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** An object of parsed JSON. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A number that may say more than JavaScript's can hold: it has 16 characters, or an exponent. */
const LONG_NUMBER = /-?\d(?:[\d.]{15}|[\d.]{0,14}[eE])[\d.eE+-]*/;

/** Where such a number may stand, found quickly: most answers hold none. */
const MAY_BE_LONG = new RegExp(`(?:^|[:,[\\s])${LONG_NUMBER.source}`);

/** What tells whether a long number stands in a string: quotation marks that are not escaped. */
const QUOTE_OR_NUMBER = new RegExp(`\\\\.|"|${LONG_NUMBER.source}`, 'gs');

/**
 * Parses JSON without losing digits: a number that JavaScript cannot hold, such as an id beyond 2^53, comes as text, as
 * it was written. What is edited and sent back is read by `services/common/exactJson`, where such a number stays one.
 * @throws SyntaxError where the text is no JSON.
 */
export function readJson(text: string): JsonValue {
  const value = JSON.parse(text) as JsonValue;
  return MAY_BE_LONG.test(text) ? (JSON.parse(withLongNumbersQuoted(text)) as JsonValue) : value;
}

/** @param text is JSON. */
function withLongNumbersQuoted(text: string): string {
  let isInString = false;
  return text.replace(QUOTE_OR_NUMBER, (token) => {
    if (token === '"') isInString = !isInString;
    const isNumber = !isInString && token !== '"' && !token.startsWith('\\');
    return isNumber && !isSafeNumber(token) ? `"${token}"` : token;
  });
}

/**
 * Parses the body of an answer, as `readJson`.
 * @throws HttpError `protocol` where it is a web page, empty, cut off or otherwise no JSON.
 */
export function parseJson(response: HttpResponse): JsonValue {
  try {
    return readJson(response.text);
  } catch {
    // JSON.parse quotes the text in its message: the text may hold secrets, so nothing of it is passed on.
    throw new HttpError('protocol', toReason(response.text), {
      status: response.status,
      ...(response.requestId === undefined ? {} : { requestId: response.requestId }),
      ...(isPage(response.text) ? { advice: pageAdvice } : {}),
    });
  }
}

function isPage(text: string): boolean {
  return /^\s*</.test(text);
}

function toReason(text: string): string {
  if (isPage(text)) {
    return l10n.t(
      'The server returned a web page instead of data. A proxy or a sign-in page may be intercepting the request.',
    );
  }
  if (text.trim() === '') return l10n.t('The server returned an empty response.');
  return l10n.t('The data returned by the server is corrupt or cut off.');
}

const pageAdvice = adviceNaming(
  'addresses',
  (addresses) =>
    l10n.t(
      'Check {0} of the account. Open the address in a browser. If a sign-in page of your network appears, sign in there, then try again.',
      addresses,
    ),
  () =>
    l10n.t(
      'Open any web page in a browser. If a sign-in page of your network appears, sign in there. Otherwise check whether a proxy intercepts the request, then try again.',
    ),
);
