import * as l10n from '@vscode/l10n';
import type { CallOptions, HttpResponse } from '../../http/client';
import { HttpError } from '../../http/errors';
import { parseJson } from '../../http/json';
import { idInPath } from '../path';
import type { Resource } from '../service';
import { wholeBody } from '../wholeBody';
import type { Operations } from './operations';

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
  const response = await readResource(operations, resource, wholeBody(call, onBeginning));
  parseJson(response);
  return response.text;
}

function readResource(operations: Operations, resource: Resource, call: CallOptions): Promise<HttpResponse> {
  const key = idInPath(resource.path, 'connection') ?? '';
  switch (resource.kind) {
    case 'connection':
      return operations.connection(key, call);
    case 'dataObject':
      return operations.dataObject(key, resource.id, call);
    case 'task':
      return operations.task(key, resource.id, call);
    case 'run':
      return operations.run(key, idInPath(resource.path, 'task') ?? '', resource.id, call);
    default:
      throw new HttpError('rejected', l10n.t('"{0}" has no JSON of its own.', resource.label));
  }
}
