import type { CallOptions } from '../../http/types';
import type { Identity } from '../contract/signIn';
import { checkConnections } from './levels/connections';
import type { Operations } from './client/operations';

/**
 * Verifies an account by requesting one connection. The API does not say who is signed in, so the tenant's host is
 * shown as the name.
 * @throws HttpError if the sign-in does not work, or the tenant has no Connections API.
 */
export async function verifyAccount(
  operations: Operations,
  endpoint: string,
  call: CallOptions,
): Promise<Identity> {
  await checkConnections(operations, call);
  return { name: new URL(endpoint).host };
}
