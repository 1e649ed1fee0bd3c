import type { ResourcePath } from '../core/services/contract/path';
import { toPlace } from '../core/services/common/problem';
import { serviceTitle } from '../core/services/registry';
import type { Store } from '../core/store/store';

/** The account that a path lies in, with its service, for people; empty where it is gone. */
export function accountPlace(store: Pick<Store, 'account'>, path: ResourcePath): string {
  const account = store.account(path);
  return account ? toPlace(account.name, serviceTitle(account.service)) : '';
}
