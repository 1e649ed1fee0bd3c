import type * as vscode from 'vscode';
import type { Accounts } from './accounts/accounts';
import type { Sessions } from './accounts/sessions';
import type { ApiAccount, ApiAccounts, ConnectionsExplorerApi } from './api';
import type { ApiAccessQuestion } from './apiAccess';
import type { ApiMembers } from './apiMembers';
import type { Event } from './services/emitter';
import type { Account, Service } from './services/service';
import type { Store } from './store/store';

/** What the exported API works with. */
export interface ApiContext {
  readonly accounts: Accounts;
  readonly sessions: Pick<Sessions, 'tryOut'>;
  readonly services: readonly Service[];
  readonly store: Store;
  /** One of our events as VS Code's. */
  readonly vscodeEvent: <T>(event: Event<T>) => vscode.Event<T>;
  /** Logs an error that is none of ours. */
  readonly unexpected: (error: unknown) => void;
  /** Asks the user; true if the caller may go on. */
  readonly confirmApiAccess: (question: ApiAccessQuestion) => Promise<boolean>;
}

/** Makes the object that `activate` returns. See api.ts for its contract. What its members do is loaded with the first. */
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

/** An account as the API has it. */
export function apiAccount({ id, service, name, production, settings }: Account): ApiAccount {
  return { id, service, name, production, settings };
}
