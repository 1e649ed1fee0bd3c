import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpResponse } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { text } from '../../common/decode';
import { readAnyOne, readMade, readOne } from '../../common/readOne';
import { dataViewIdentity, dataViewSchema } from '../client/schemas';

/**
 * The name of a data view that was made.
 * @returns undefined where the answer does not tell it.
 * @throws as `readMade`.
 */
export function nameOfMade(response: HttpResponse): string | undefined {
  readMade(response);
  return readAnyOne(response, dataViewSchema, 'id').decoded.name;
}

/**
 * Checks the answer about a data view that was changed.
 * @throws HttpError kind `protocol` where it is about something else, or nothing: it may have been changed all the same.
 */
export function checkModified(response: HttpResponse, id: string): void {
  orMayBeDone(() => readOne(response, dataViewIdentity, id));
}

const deletion = v.object({ result: v.string(), message: text });

/**
 * Checks that a data view was deleted. An answer without words says so by its status.
 * @throws HttpError kind `rejected` where the answer says something else than `success`, `protocol` where it says nothing.
 */
export function checkDeleted(response: HttpResponse): void {
  if (response.text.trim() === '') return;
  const { result, message } = orMayBeDone(() => readAnyOne(response, deletion, 'result').decoded);
  if (result.toLowerCase() !== 'success')
    throw new HttpError('rejected', [result, message].filter(Boolean).join(': '));
}

/** What an answer to a request that changes something says. @throws what reading it throws, with what to do then. */
function orMayBeDone<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    throw error.withUnknownOutcome(
      l10n.t('It may have succeeded anyway. Refresh the list and check before you send it again.'),
    );
  }
}
