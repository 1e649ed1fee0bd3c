import * as v from 'valibot';
import type { CallOptions } from '../../../http/types';
import { number } from '../../common/decode';
import { unpagedEnd } from '../../common/envelope';
import { decodeItems } from '../../common/items';
import { idInPath } from '../../contract/path';
import type { Page, PageRequest } from '../../contract/page';
import type { Resource } from '../../contract/resource';
import { cursorAt, readList, readObject, readOffset } from '../client/listing';
import type { Operations } from '../client/operations';
import { identityResource } from './resources';
import { identitySchema } from '../client/schemas';

/** The service gives no more at once (recorded: 400 for 1001). */
const LARGEST_PAGE = 1000;

/** The identities of the connection that `group` lies below, the last changed first, a page at a time. */
export async function identitiesPage(
  operations: Operations,
  group: Resource,
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const first = readOffset(request);
  const limit = Math.min(Math.max(request.size, 1), LARGEST_PAGE);
  const connectionId = idInPath(group.path, 'connection') ?? '';
  const response = await operations.identities(connectionId, { first, limit }, call);
  const values = readList(response, 'identities');
  const total = v.parse(number, readObject(response).total);
  const items = decodeItems(values, group, first, identitySchema, (identity, json) => ({
    resource: identityResource(group, identity, json),
  }));
  // A page without items is the last, whatever the total says.
  const known = values.length === 0 ? 0 : (total ?? (values.length < limit ? 0 : Infinity));
  const next = cursorAt(first + values.length, known);
  // What the total says is held against all that came, on all pages, by who reads them.
  const end = next.length > 0 ? [] : unpagedEnd(group, response, Infinity);
  return {
    items: [...items, ...end],
    nextCursors: next,
    ...(total !== undefined && { total }),
    loading: 'onDemand',
  };
}
