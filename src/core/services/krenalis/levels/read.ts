import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { writeJson } from '../../common/exactJson';
import { readTextOfOne, wholeBody } from '../../common/readOne';
import type { Resource } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { identities } from '../client/schemas';

/**
 * The JSON text of a resource, exactly as the service sent it. An identity has no operation of its own, and its
 * position in the list changes: the listed data is serialized, which is lossless, because it only contains texts and
 * IDs.
 * @throws HttpError kind `notFound` if it no longer exists, `rejected` if the resource has no JSON.
 */
export async function readText(
  operations: Operations,
  resource: Resource,
  call: CallOptions,
  onPart?: CallOptions['onPart'],
): Promise<string> {
  const { kind, id, json } = resource;
  const whole = wholeBody(call, onPart);
  switch (kind) {
    case 'connection':
      return readTextOfOne(await operations.connection(id, whole), identities.connection, id);
    case 'pipeline':
      return readTextOfOne(await operations.pipeline(id, whole), identities.pipeline, id);
    case 'run':
      return readTextOfOne(await operations.run(id, whole), identities.run, id);
    case 'identity':
      return json === undefined ? noJson(resource) : writeJson(json);
    default:
      return noJson(resource);
  }
}

function noJson({ label }: Resource): never {
  throw new HttpError('rejected', l10n.t('"{0}" has no JSON.', label));
}
