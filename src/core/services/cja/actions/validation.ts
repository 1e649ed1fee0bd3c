import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpResponse, CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { text } from '../../common/decode';
import { DocumentError, type DocumentFlaw } from '../../common/documentError';
import { writeJson } from '../../common/exactJson';
import { readAnyOne } from '../../common/readOne';
import type { Operations } from '../client/operations';

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
