import type { CallOptions } from '../../http/client';
import { unpagedEnd } from '../envelope';
import { gone } from '../gone';
import { decodeItems } from '../items';
import type { Page, Resource } from '../service';
import { attributesIn, readList } from './listing';
import type { Operations } from './operations';
import { attributeResource, entityOf } from './resources';
import { attributeSchema } from './schemas';

/** The attributes of an entity: Datadog's own, and those that connections bring (GetMapping). */
export async function attributesPage(
  operations: Operations,
  group: Resource,
  call: CallOptions,
): Promise<Page> {
  const { id } = entityOf(group) ?? gone(group);
  const response = await operations.mapping(id, call);
  const values = readList(response, attributesIn);
  const items = decodeItems(values, group, 'attributes', attributeSchema, (attribute, json) => ({
    resource: attributeResource(group, attribute, json),
  }));
  const end = unpagedEnd(group, response, items.length);
  return { items: [...items, ...end], next: [], total: items.length, order: 'service', follow: false };
}
