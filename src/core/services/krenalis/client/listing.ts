import * as l10n from '@vscode/l10n';
import type { HttpResponse } from '../../../http/types';
import { isJsonObject, parseJson, type JsonObject } from '../../../http/json';
import type { PageRequest, Cursor } from '../../contract/page';
import { checkEmpty, unexpectedAnswer } from '../../common/answerErrors';

/**
 * The object in a response.
 * @throws HttpError kind `protocol` if it is anything else.
 */
export function readObject(response: HttpResponse): JsonObject {
  const json = parseJson(response);
  if (isJsonObject(json)) return json;
  throw unexpectedAnswer(response, l10n.t('The response is not an object as documented by Krenalis.'));
}

/**
 * A list inside the object in a response; null is an empty list.
 * @param body of the response, if it is parsed already. @throws HttpError kind `protocol` if there is none.
 */
export function readList(
  response: HttpResponse,
  key: string,
  body = readObject(response),
): readonly unknown[] {
  const list = body[key];
  const values = list === null ? [] : Array.isArray(list) ? (list as readonly unknown[]) : undefined;
  if (values !== undefined) {
    if (key !== 'errors') checkEmpty(response, body, values);
    return values;
  }
  throw unexpectedAnswer(response, l10n.t('The response contains no list named {0}.', key));
}

/** Number of items before the page. An invalid cursor starts at the first page. */
export function readOffset({ cursor }: PageRequest): number {
  return cursor !== undefined && /^\d{1,15}$/.test(cursor) ? Number(cursor) : 0;
}

/** The cursor of the page at an offset; none if the list has no more items. */
export function cursorAt(offset: number, total: number): readonly Cursor[] {
  return offset < total ? [String(offset) as Cursor] : [];
}
