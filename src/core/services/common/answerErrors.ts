import * as l10n from '@vscode/l10n';
import type { HttpResponse } from '../../http/types';
import { isJsonObject, readJson, type JsonObject } from '../../http/json';
import { serviceMessage, withServiceMessage, word } from '../../http/serviceMessage';
import { adviceNaming, HttpError } from '../../http/errors';
import type { Resource } from '../contract/resource';

/** The body of a response of any kind, such as an error, if it is a JSON object. */
export function bodyObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = readJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The message in an error body of undocumented shape, such as that of a gateway: from the body, its `error`, or the
 * first of its `errors`.
 */
export function errorWords(body: JsonObject | undefined): string | undefined {
  const first: unknown = Array.isArray(body?.errors) ? body.errors[0] : undefined;
  const candidates = [body, body?.error, first].flatMap((value) => (isJsonObject(value) ? [value] : []));
  for (const candidate of candidates) {
    const words = word(candidate, ['message', 'detail', 'description']);
    if (words !== undefined) return words;
  }
  return typeof first === 'string' ? first : word(body, ['error', 'title']);
}

/** An error body as plain text: neither HTML nor JSON. The content type of errors is unreliable. */
export function plainText({ text }: HttpResponse): string | undefined {
  const line = text.trim();
  return line === '' || /^[<[{"]|^null$/.test(line) ? undefined : line;
}

/**
 * The error for a 2xx response that is not what was requested. Quotes the service's message instead, masked, such as
 * that it is down for maintenance.
 * @param why a sentence.
 */
export function unexpectedAnswer(response: HttpResponse, why: string): HttpError {
  const { status, requestId } = response;
  return new HttpError('protocol', withServiceMessage(why, response, bodyObject(response.text)), {
    status,
    ...(requestId !== undefined && { requestId }),
    advice: adviceNaming(
      'addresses',
      (addresses) =>
        l10n.t(
          'Try again later. If it happens again, check {0} of the account and that no proxy modifies the traffic.',
          addresses,
        ),
      () => l10n.t('Try again later. If it happens again, check that no proxy modifies the traffic.'),
    ),
  });
}

/**
 * The words of an error that a 2xx response reports beside its list, safe to show; undefined if it reports none.
 * @param body of the response.
 */
export function errorBeside({ quote }: Pick<HttpResponse, 'quote'>, body: JsonObject): string | undefined {
  const reported = [body.error, body.errors].flat();
  if (!reported.some((value) => isJsonObject(value) || (typeof value === 'string' && value !== '')))
    return undefined;
  const quoted = quote?.(serviceMessage(body) ?? '') ?? '';
  return quoted === '' ? l10n.t('an error without a message') : quoted;
}

/**
 * Refuses a list without items if the response reports an error: the items are missing, rather than gone.
 * @throws HttpError kind `protocol`.
 */
export function checkEmpty(response: HttpResponse, body: JsonObject, values: readonly unknown[]): void {
  if (values.length > 0 || errorBeside(response, body) === undefined) return;
  throw unexpectedAnswer(response, l10n.t('The response reports an error instead of items.'));
}

/** @throws HttpError kind `notFound`, always: the list no longer contains the resource. */
export function throwNotFound({ label }: Pick<Resource, 'label'>): never {
  throw new HttpError('notFound', l10n.t('"{0}" no longer exists.', label), {
    advice: l10n.t('It may have been deleted. Refresh the parent row.'),
  });
}
