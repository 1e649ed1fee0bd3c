import * as l10n from '@vscode/l10n';
import type { HttpResponse } from './client';
import { HttpError } from './errors';

/** A value of parsed JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** An object of parsed JSON. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * Parses the body of an answer.
 * @throws HttpError `protocol` where it is a web page, empty, cut off or otherwise no JSON.
 */
export function parseJson(response: HttpResponse): JsonValue {
  try {
    return JSON.parse(response.text) as JsonValue;
  } catch {
    // JSON.parse quotes the text in its message: the text may hold secrets, so nothing of it is passed on.
    throw new HttpError('protocol', reasonOf(response.text), {
      status: response.status,
      ...(response.requestId === undefined ? {} : { requestId: response.requestId }),
      ...(isPage(response.text) ? { advice: pageAdvice() } : {}),
    });
  }
}

function isPage(text: string): boolean {
  return /^\s*</.test(text);
}

function reasonOf(text: string): string {
  if (isPage(text)) {
    return l10n.t(
      'The server sent a web page instead of data. A proxy or a sign-in page may stand between you and the service.',
    );
  }
  if (text.trim() === '') return l10n.t('The server sent an empty answer where data was expected.');
  return l10n.t('The data that the server sent is damaged or cut off.');
}

function pageAdvice(): string {
  return l10n.t(
    'Check the endpoint of the account. Open it in a browser: where a sign-in page of your network appears, sign in there, then try again.',
  );
}
