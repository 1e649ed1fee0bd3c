import * as l10n from '@vscode/l10n';
import type { HttpResponse } from '../../http/client';
import { HttpError } from '../../http/errors';
import { parseJson } from '../../http/json';
import { isJsonObject } from '../decode';
import type { JsonValue } from '../service';

/** Where the lists stand in their answers. */
export const connectionsIn = ['data', 'attributes', 'connections'] as const;
export const attributesIn = ['data', 'attributes', 'attributes'] as const;

/**
 * The list at a place of an answer. Everything on the way is optional (OpenAPI), so what is absent or null is an
 * empty list, and so is an answer of status 204.
 * @throws HttpError kind `protocol` where something else stands there.
 */
export function readList(response: HttpResponse, place: readonly string[]): readonly JsonValue[] {
  if (response.status === 204) return [];
  let value: JsonValue | undefined = parseJson(response);
  for (const key of place) {
    if (value === undefined || value === null) return [];
    if (!isJsonObject(value)) throw unlisted();
    value = value[key];
  }
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unlisted();
  return value as readonly JsonValue[];
}

function unlisted(): HttpError {
  return new HttpError('protocol', l10n.t('The answer is not a list as Datadog documents it.'));
}
