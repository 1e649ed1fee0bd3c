import * as v from 'valibot';
import type { CallOptions } from '../../../http/types';
import { number } from '../../common/decode';
import { errorBeside } from '../../common/answerErrors';
import { errorRows, unpagedEnd } from '../../common/envelope';
import { decodeItems } from '../../common/items';
import { idInPath } from '../../contract/path';
import type { Page, PageRequest } from '../../contract/page';
import type { Resource } from '../../contract/resource';
import { cursorAt, readList, readObject, readOffset } from '../client/listing';
import type { Operations } from '../client/operations';
import { identityResource } from './resources';
import { identitySchema } from '../client/schemas';

/** The maximum page size (recorded: 400 for 1001). */
const MAX_PAGE_SIZE = 1000;

/** One page of the identities of the connection above `group`, last changed first. */
export async function identitiesPage(
  operations: Operations,
  group: Resource,
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const first = readOffset(request);
  const limit = Math.min(Math.max(request.size, 1), MAX_PAGE_SIZE);
  const connectionId = idInPath(group.path, 'connection') ?? '';
  const response = await operations.identities(connectionId, { first, limit }, call);
  const body = readObject(response);
  const values = readList(response, 'identities', body);
  const total = v.parse(number, body.total);
  const items = decodeItems(values, group, first, identitySchema, (identity, json) => ({
    resource: identityResource(group, identity, json),
  }));
  // A page without items is the last, whatever the total says.
  const known = values.length === 0 ? 0 : (total ?? (values.length < limit ? 0 : Infinity));
  const next = cursorAt(first + values.length, known);
  // The store compares the total with the number of items on all pages.
  const end =
    next.length > 0
      ? errorRows(group, 'end of list', errorBeside(response, body))
      : unpagedEnd(group, response, Infinity, body);
  return {
    items: [...items, ...end],
    nextCursors: next,
    ...(total !== undefined && { total }),
    loading: 'onDemand',
  };
}
