import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpResponse } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { text } from '../../common/decode';
import { readAnyOne, readMade, readOne } from '../../common/readOne';
import { dataViewIdentity, dataViewSchema } from '../client/schemas';

/**
 * The name of a created data view.
 * @returns undefined if the response does not contain it.
 * @throws as `readMade`.
 */
export function nameOfMade(response: HttpResponse): string | undefined {
  readMade(response);
  return readAnyOne(response, dataViewSchema, 'id').decoded.name;
}

/**
 * Checks the response to the modification of a data view.
 * @throws HttpError kind `protocol` if it is about another resource, or about none: the data view may have
 * been changed anyway.
 */
export function checkModified(response: HttpResponse, id: string): void {
  orMayBeDone(() => readOne(response, dataViewIdentity, id));
}

const deletion = v.object({ result: v.string(), message: text });

/**
 * Checks that a data view was deleted. For an empty response, its status is sufficient.
 * @throws HttpError kind `rejected` if the response does not say `success`, `protocol` if it cannot be read.
 */
export function checkDeleted(response: HttpResponse): void {
  if (response.text.trim() === '') return;
  const { result, message } = orMayBeDone(() => readAnyOne(response, deletion, 'result').decoded);
  if (result.toLowerCase() !== 'success')
    throw new HttpError('rejected', [result, message].filter(Boolean).join(': '));
}

/**
 * Reads the response to a change. @throws what reading throws, with advice for a change that may have been
 * done.
 */
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
