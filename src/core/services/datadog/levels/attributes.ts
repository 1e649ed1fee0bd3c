import type { CallOptions } from '../../../http/types';
import { unpagedEnd } from '../../common/envelope';
import { throwNotFound } from '../../common/answerErrors';
import { decodeItems } from '../../common/items';
import type { Page } from '../../contract/page';
import type { Resource } from '../../contract/resource';
import { attributesIn, readList } from '../client/listing';
import type { Operations } from '../client/operations';
import { attributeResource, findEntity } from './resources';
import { attributeSchema } from '../client/schemas';

/** The attributes of an entity: Datadog's own, and those of connections (GetMapping). */
export async function attributesPage(
  operations: Operations,
  group: Resource,
  call: CallOptions,
): Promise<Page> {
  const { id } = findEntity(group) ?? throwNotFound(group);
  const response = await operations.mapping(id, call);
  const values = readList(response, attributesIn);
  const items = decodeItems(values, group, 'attributes', attributeSchema, (attribute, json) => ({
    resource: attributeResource(group, attribute, json),
  }));
  const end = unpagedEnd(group, response, items.length);
  return { items: [...items, ...end], nextCursors: [], total: items.length, loading: 'onDemand' };
}
