import * as l10n from '@vscode/l10n';
import { isSafeNumber } from 'lossless-json';
import type { HttpResponse } from './types';
import { adviceNaming, HttpError } from './errors';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** True for a JSON object: neither null nor an array, nor a number whose spelling `exactJson` keeps. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A number that JavaScript may not represent exactly: it has at least 16 characters, or an exponent. */
const LONG_NUMBER = /-?\d(?:[\d.]{15}|[\d.]{0,14}[eE])[\d.eE+-]*/;

/** A fast check for such numbers: most responses have none. */
const MAY_BE_LONG = new RegExp(`(?:^|[:,[\\s])${LONG_NUMBER.source}`);

/** Finds unescaped quotation marks and long numbers, to know which numbers are inside strings. */
const QUOTE_OR_NUMBER = new RegExp(`\\\\.|"|${LONG_NUMBER.source}`, 'gs');

/**
 * Parses JSON without losing digits: a number that JavaScript cannot represent, such as an ID beyond 2^53, becomes a
 * string, as it was written. JSON that is edited and sent back is read by `services/common/exactJson`, where such a
 * number stays a number.
 * @throws SyntaxError if the text is not JSON.
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
 * Parses a response body as `readJson` does.
 * @throws HttpError `protocol` if it is a web page, empty, incomplete or otherwise not JSON.
 */
export function parseJson(response: HttpResponse): JsonValue {
  try {
    return readJson(response.text);
  } catch {
    // The message of JSON.parse quotes the text, which may contain secrets, so it is not used.
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
