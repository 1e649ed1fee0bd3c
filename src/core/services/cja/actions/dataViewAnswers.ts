import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { expectError } from '../../../base/errors';
import type { HttpResponse, CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { unexpectedAnswer } from '../../common/answerErrors';
import { text } from '../../common/decode';
import { readAnyOne, readMade, readOne } from '../../common/readOne';
import { dataViewIdentity, dataViewSchema } from '../client/schemas';
import { DocumentError, type DocumentFlaw } from '../../common/documentError';
import { writeJson } from '../../common/exactJson';
import type { Operations } from '../client/operations';

/**
 * The name of a copy of a data view.
 * @param id of the original. @returns undefined if the response does not contain the name.
 * @throws as `readMade`, also if the response is the original.
 */
export function nameOfCopy(response: HttpResponse, id: string): string | undefined {
  if (readMade(response) === id) orMayBeDone(() => throwUncopied(response));
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

function throwUncopied(response: HttpResponse): never {
  throw unexpectedAnswer(response, l10n.t('The response is the original, not its copy.'));
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
    throw expectError(error, HttpError).withUnknownOutcome(
      l10n.t('It may have succeeded anyway. Refresh the list and check before you send it again.'),
    );
  }
}

const verdict = v.object({ valid: v.boolean(), message: text });

/**
 * Lets the service validate a data view before it is sent (POST /data/dataviews/validate). A service without
 * that operation reports errors only when the data view is sent.
 * @param dataView all of it.
 * @param changed the members that a document changes in an existing data view. Errors about other missing
 * members are ignored, because the service may not have returned them.
 * @throws DocumentError with the service's own message, and the members that it names.
 * @throws HttpError for every failure of the request, and kind `protocol` if the response is not a validation
 * result.
 */
export async function checkDataView(
  operations: Operations,
  dataView: object,
  call: CallOptions,
  changed?: readonly string[],
): Promise<void> {
  const response = await verdictOn(operations, writeJson(dataView), call);
  if (response === undefined) return;
  const { valid, message } = readAnyOne(response, verdict, 'valid').decoded;
  if (valid) return;
  const why = message?.trim() ?? '';
  const missing = missingIn(why);
  if (changed && missing.length > 0 && !missing.some((name) => changed.includes(name))) return;
  throw new DocumentError(
    why === '' ? l10n.t('Adobe reports that the data view is invalid, without a reason.') : why,
    missing.length > 0 ? missing.map(missingFlaw) : flawsNamed(why, Object.keys(dataView)),
  );
}

/** @returns undefined if the service lacks the operation. */
async function verdictOn(
  operations: Operations,
  body: string,
  call: CallOptions,
): Promise<HttpResponse | undefined> {
  try {
    return await operations.validateDataView(body, call);
  } catch (error) {
    const lacking = error instanceof HttpError && (error.status === 404 || error.status === 405);
    if (!lacking) throw error;
    return undefined;
  }
}

/** `The following fields are required: [timezoneDesignator, name] ` (guide). */
const REQUIRED = /required:?\s*\[([^\]]*)\]/i;

function missingIn(message: string): readonly string[] {
  const names = REQUIRED.exec(message)?.[1]?.split(',') ?? [];
  return names.map((name) => name.trim()).filter(Boolean);
}

function missingFlaw(name: string): DocumentFlaw {
  return { pointer: [name], message: l10n.t('is missing') };
}

/** The members that a message names. */
function flawsNamed(message: string, members: readonly string[]): readonly DocumentFlaw[] {
  const words = new Set(message.split(/\W+/));
  return members.filter((name) => words.has(name)).map((name) => ({ pointer: [name], message }));
}
