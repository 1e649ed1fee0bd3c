import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { idInPath } from '../../contract/path';
import { readTextOfOne, wholeBody } from '../../common/readOne';
import type { Resource } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { identities } from '../client/schemas';

/**
 * The JSON text of a resource, exactly as the service sent it. Every kind has its own operation.
 * @throws HttpError kind `notFound` if it no longer exists, `rejected` if the resource has no JSON.
 */
export async function readText(
  operations: Operations,
  resource: Resource,
  call: CallOptions,
  onPart?: CallOptions['onPart'],
): Promise<string> {
  const { kind, path, id } = resource;
  const how = wholeBody(call, onPart);
  const key = idInPath(path, 'connection') ?? '';
  switch (kind) {
    case 'connection':
      return readTextOfOne(await operations.connection(key, how), identities.connection, key);
    case 'dataObject':
      return readTextOfOne(await operations.dataObject(key, id, how), identities.dataObject, id);
    case 'task':
      return readTextOfOne(await operations.task(key, id, how), identities.task, id);
    case 'run': {
      const taskId = idInPath(path, 'task') ?? '';
      return readTextOfOne(await operations.run(key, taskId, id, how), identities.run, id);
    }
    default:
      throw new HttpError('rejected', l10n.t('"{0}" has no JSON.', resource.label));
  }
}
