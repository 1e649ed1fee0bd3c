import * as v from 'valibot';
import type { CallOptions } from '../../http/types';
import { text } from '../common/decode';
import { checkItems } from '../common/items';
import { readAnyOne } from '../common/readOne';
import type { Identity } from '../contract/signIn';
import type { Resource } from '../contract/resource';
import { listFilters } from './levels/connections';
import { explainEmptyList } from './levels/emptyList';
import type { Operations } from './client/operations';
import { readListing } from './client/paging';
import { cachedParameter } from './client/parameters';
import { connectionSchema } from './client/schemas';
import type { CjaSettings } from './signIn/settings';

/** /configuration/users/me returns `displayName` and `userId`, the older path returns `fullName` and `id`. */
const user = v.object({ displayName: text, name: text, fullName: text, email: text, userId: text, id: text });

/** The name of a user; required. */
const userName = v.pipe(user, v.transform(getName), v.nonEmpty());

/**
 * Verifies an account by requesting its user and one connection. The user alone does not prove access to connections;
 * an empty list may mean that the permission is missing, which becomes the warning.
 * @throws HttpError if the sign-in does not work.
 */
export async function verifyAccount(
  operations: Operations,
  account: Resource,
  settings: CjaSettings,
  call: CallOptions,
): Promise<Identity> {
  const { decoded: name } = readAnyOne(await operations.me(call), userName, 'userId');
  // A permission that was granted a moment ago has to be seen.
  const request = { bypassCache: true };
  const query = { ...listFilters(settings), cached: cachedParameter(request), limit: 1 };
  const response = await operations.connections(query, call);
  const { values } = readListing(response);
  if (values.length > 0) {
    checkItems(response, values, connectionSchema);
    return { name };
  }
  const { problem } = await explainEmptyList(operations, account, settings, request, call);
  return { name, warning: problem };
}

/** A technical account has an empty full name; its email names it. */
function getName({ displayName, fullName, name, email, userId, id }: v.InferOutput<typeof user>): string {
  return [displayName, fullName, name, email, userId, id].find(Boolean) ?? '';
}
