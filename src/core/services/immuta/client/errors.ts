import * as l10n from '@vscode/l10n';
import type { ParsedError, HttpResponse } from '../../../http/types';
import { isJsonObject } from '../../../http/json';
import { word } from '../../../http/serviceMessage';
import { bodyObject, errorWords, plainText } from '../../common/answerErrors';

/**
 * Parses an error response of Immuta. The shape of its errors is not documented for this API, so the likely places are
 * tried in order: the body, its `error`, and the first of its `errors`. Text that is not JSON is the message itself.
 * @param isPasted true for an account with a token that was created elsewhere: it has no API key.
 */
export function readError(response: HttpResponse, isPasted = false): ParsedError {
  const body = bodyObject(response.text);
  const message = errorWords(body) ?? (body === undefined ? plainText(response) : undefined);
  const code = word(body, ['code', 'errorCode']) ?? codeIn(body?.error);
  const advice = adviceFor(response.status, message ?? '', isPasted);
  return { ...(code && { code }), ...(message && { message }), ...(advice && { advice }) };
}

function codeIn(error: unknown): string | undefined {
  return isJsonObject(error) ? word(error, ['code']) : undefined;
}

function adviceFor(status: number, message: string, isPasted: boolean): string | undefined {
  // Such as "Unable to delete connection. Connection state must be INACTIVE to be deleted."
  if (/state must be/i.test(message))
    return l10n.t('Refresh the connection to see its state. Activate or deactivate it first.');
  if (status === 401)
    return isPasted
      ? l10n.t('Edit the account and paste a new access token.')
      : l10n.t('Edit the account and check the API key. It may have been deleted or replaced.');
  if (status === 403)
    return l10n.t(
      'Ask for a permission such as CREATE_DATA_SOURCE, APPLICATION_ADMIN or Infrastructure Admin.',
    );
  if (status === 500)
    return isPasted
      ? l10n.t(
          'Try again later. Parts of Immuta respond like this when a token has expired. If it happens again, edit the account and paste a new access token.',
        )
      : l10n.t(
          'Try again later. If it happens again, verify the account. Parts of Immuta respond like this when they reject the sign-in.',
        );
  return undefined;
}
