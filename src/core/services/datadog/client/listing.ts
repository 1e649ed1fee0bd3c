import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpResponse } from '../../../http/types';
import type { HttpError } from '../../../http/errors';
import { isJsonObject, parseJson, type JsonValue } from '../../../http/json';
import { bodyObject, checkEmpty, unexpectedAnswer } from '../../common/answerErrors';

/** The positions of the lists in their responses. */
export const connectionsIn = ['data', 'attributes', 'connections'] as const;
export const attributesIn = ['data', 'attributes', 'attributes'] as const;

/** Required of a response: without both, it is about something else. */
const answered = v.object({
  data: v.union([v.object({ type: v.string() }), v.object({ attributes: v.custom(isJsonObject) })]),
});

/**
 * The list at a position of a response. All members are optional (OpenAPI), so an absent or null list counts as empty,
 * and so does a response with status 204.
 * @throws HttpError kind `protocol` if the response is not such a resource, or has something else at that position.
 */
export function readList(response: HttpResponse, place: readonly string[]): readonly JsonValue[] {
  if (response.status === 204) return [];
  const values = listAt(response, place);
  if (values.length === 0) checkEmpty(response, bodyObject(response.text) ?? {}, values);
  return values;
}

function listAt(response: HttpResponse, place: readonly string[]): readonly JsonValue[] {
  let value: JsonValue | undefined = parseJson(response);
  if (!v.is(answered, value)) throw unlisted(response);
  for (const key of place) {
    if (value === undefined || value === null) return [];
    if (!isJsonObject(value)) throw unlisted(response);
    value = value[key];
  }
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unlisted(response);
  return value as readonly JsonValue[];
}

function unlisted(response: HttpResponse): HttpError {
  return unexpectedAnswer(response, l10n.t('The response is not a list as documented by Datadog.'));
}
