import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { throwNotFound } from '../../common/answerErrors';
import { itemText } from '../../common/jsonText';
import { idInPath } from '../../contract/path';
import type { Resource } from '../../contract/resource';
import { wholeBody } from '../../common/readOne';
import { attributesIn, connectionsIn, readList } from '../client/listing';
import type { Operations } from '../client/operations';
import { findEntity } from './resources';

/**
 * The JSON text of a resource, exactly as the service sent it. All but entities are extracted from their lists, because
 * no operation returns a single one.
 * @throws HttpError kind `notFound` if it no longer exists, `rejected` if the resource has no JSON.
 */
export async function readText(
  operations: Operations,
  resource: Resource,
  call: CallOptions,
  onPart?: CallOptions['onPart'],
): Promise<string> {
  const { kind, path, id } = resource;
  const entity = findEntity(resource)?.id;
  if (entity === undefined || kind === 'problem' || kind === 'more') {
    throw new HttpError('rejected', l10n.t('"{0}" has no JSON.', resource.label));
  }
  const attributes = idInPath(path, 'group') !== undefined;
  const whole = kind === 'entity' || kind === 'group';
  const how = whole ? wholeBody(call, onPart) : call;
  const response = await (attributes ? operations.mapping(entity, how) : operations.connections(entity, how));
  readList(response, attributes ? attributesIn : connectionsIn);
  if (whole) return response.text;
  if (attributes)
    return (await itemText(response.text, attributesIn, 'attribute', id)) ?? throwNotFound(resource);
  const connectionId = idInPath(path, 'connection') ?? '';
  const connection =
    (await itemText(response.text, connectionsIn, 'id', connectionId)) ?? throwNotFound(resource);
  if (kind === 'connection') return connection;
  return (await itemText(connection, 'fields', 'id', id)) ?? throwNotFound(resource);
}
