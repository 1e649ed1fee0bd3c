import * as v from 'valibot';
import type { CallOptions } from '../../http/client';
import { parseJson } from '../../http/json';
import { text } from '../decode';
import type { Identity, Resource } from '../service';
import { listFilters } from './connections';
import { explainEmptyList } from './emptyList';
import type { Operations } from './operations';
import { readListing } from './paging';
import type { CjaSettings } from './settings';

/** `displayName` and `userId` are given by /configuration/users/me, `fullName` and `id` by the older path. */
const me = v.object({ displayName: text, name: text, fullName: text, email: text, userId: text, id: text });

/**
 * Proves that the account works: who is signed in, and one connection. The first alone proves no right to
 * connections; an empty list may mean that the right is missing, and becomes the warning.
 * @throws HttpError where the sign-in does not work.
 */
export async function verifyAccount(
  operations: Operations,
  account: Resource,
  settings: CjaSettings,
  call: CallOptions,
): Promise<Identity> {
  const identity = v.safeParse(me, parseJson(await operations.me(call)));
  const name = identity.success ? nameOf(identity.output) : settings.clientId;
  const listing = readListing(await operations.connections({ ...listFilters(settings), limit: 1 }, call));
  if (listing.values.length > 0) return { name };
  const { problem } = await explainEmptyList(operations, account, settings, call);
  return { name, warning: problem };
}

/** A technical account has an empty full name; its e-mail names it. */
function nameOf(user: v.InferOutput<typeof me>): string {
  return [user.displayName, user.fullName, user.name, user.email, user.userId, user.id].find(Boolean) ?? '';
}
