import type { ResourcePath } from '../services/path';
import { placeOf } from '../services/problem';
import { serviceTitle } from '../services/registry';
import type { Store } from '../store/store';

/** The account that a path lies in, with its service, for people; empty where it is gone. */
export function accountPlace(store: Pick<Store, 'account'>, path: ResourcePath): string {
  const account = store.account(path);
  return account ? placeOf(account.name, serviceTitle(account.service)) : '';
}
