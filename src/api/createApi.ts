import type { ApiAccounts, ConnectionsExplorerApi } from '.';
import type { ApiMembers } from './apiMembers';
import { apiAccount, type ApiContext } from './context';

/**
 * Creates the object that `activate` returns; api/index.ts is its contract. The members' code is loaded with
 * the first call.
 */
export function createApi(context: ApiContext): ConnectionsExplorerApi {
  const { accounts, store, vscodeEvent } = context;
  let loading: Promise<ApiMembers> | undefined;
  const members = (): Promise<ApiMembers> => {
    loading ??= import('./apiMembers').then(({ createMembers }) => createMembers(context));
    return loading;
  };
  const apiAccounts: ApiAccounts = {
    list: () => accounts.list().map(apiAccount),
    add: async (...given) => (await members()).add(...given),
    remove: async (...given) => (await members()).remove(...given),
    onDidChange: vscodeEvent(accounts.onDidChange),
  };
  return {
    version: 1,
    accounts: apiAccounts,
    children: async (...given) => (await members()).children(...given),
    read: async (...given) => (await members()).read(...given),
    runs: async (...given) => (await members()).runs(...given),
    find: async (...given) => (await members()).find(...given),
    onDidChange: vscodeEvent(store.onDidChange),
  };
}
