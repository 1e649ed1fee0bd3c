import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../http/client';
import { HttpError } from '../../http/errors';
import { idInPath } from '../path';
import { readTextOfOne } from '../readOne';
import type { Resource } from '../service';
import { wholeBody } from '../wholeBody';
import type { Operations } from './operations';
import { identities } from './schemas';

/**
 * The JSON text of a resource, exactly as the service sent it. Every kind has an operation of its own.
 * @throws HttpError kind `notFound` where it is gone, `rejected` where the resource has no JSON.
 */
export async function readText(
  operations: Operations,
  resource: Resource,
  call: CallOptions,
  onBeginning?: CallOptions['onBeginning'],
): Promise<string> {
  const { kind, path, id } = resource;
  const how = wholeBody(call, onBeginning);
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
      throw new HttpError('rejected', l10n.t('"{0}" has no JSON of its own.', resource.label));
  }
}
