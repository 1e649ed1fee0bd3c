import * as l10n from '@vscode/l10n';
import type { CallOptions, HttpResponse } from '../../http/client';
import { HttpError } from '../../http/errors';
import { parseJson } from '../../http/json';
import { writeJson } from '../exactJson';
import type { Resource } from '../service';
import { wholeBody } from '../wholeBody';
import type { Operations } from './operations';

/**
 * The JSON text of a resource, exactly as the service sent it. An identity has no operation of its own, and its place in
 * the list changes: what the list said is written again, which alters nothing, for it holds texts and ids alone.
 * @throws HttpError kind `notFound` where it is gone, `rejected` where the resource has no JSON.
 */
export async function readText(
  operations: Operations,
  resource: Resource,
  call: CallOptions,
  onBeginning?: CallOptions['onBeginning'],
): Promise<string> {
  const { kind, id, json } = resource;
  const whole = wholeBody(call, onBeginning);
  switch (kind) {
    case 'connection':
      return textOf(await operations.connection(id, whole));
    case 'pipeline':
      return textOf(await operations.pipeline(id, whole));
    case 'run':
      return textOf(await operations.run(id, whole));
    case 'identity':
      return json === undefined ? noJson(resource) : writeJson(json);
    default:
      return noJson(resource);
  }
}

/** @throws HttpError kind `protocol` where the answer is no JSON. */
function textOf(response: HttpResponse): string {
  parseJson(response);
  return response.text;
}

function noJson({ label }: Resource): never {
  throw new HttpError('rejected', l10n.t('"{0}" has no JSON of its own.', label));
}
