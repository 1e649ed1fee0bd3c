import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HttpResponse } from '../../../http/types';
import type { HttpError } from '../../../http/errors';
import { parseJson, type JsonValue } from '../../../http/json';
import { isJsonObject } from '../../common/decode';
import { unexpectedAnswer } from '../../common/answerErrors';

/** Where the lists stand in their answers. */
export const connectionsIn = ['data', 'attributes', 'connections'] as const;
export const attributesIn = ['data', 'attributes', 'attributes'] as const;

/** What is required of an answer: one that lacks both is about something else. */
const answered = v.object({
  data: v.union([v.object({ type: v.string() }), v.object({ attributes: v.custom(isJsonObject) })]),
});

/**
 * The list at a place of an answer. Within the resource that an answer is, everything is optional (OpenAPI), so what is
 * absent or null is an empty list, and so is an answer of status 204.
 * @throws HttpError kind `protocol` where the answer is no such resource, or something else stands there.
 */
export function readList(response: HttpResponse, place: readonly string[]): readonly JsonValue[] {
  if (response.status === 204) return [];
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
