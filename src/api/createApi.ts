import type * as vscode from 'vscode';
import type { ApiAccounts, ConnectionsExplorerApi } from '.';
import type { ApiMembers } from './apiMembers';
import { apiAccount } from './context';
import type { Account } from '../core/services/contract/signIn';

/** What the API has at hand from the start. */
export interface ApiSources {
  /** The saved accounts. */
  readonly accounts: () => readonly Account[];
  readonly onDidChangeAccounts: vscode.Event<readonly string[]>;
  readonly onDidChangeRows: vscode.Event<readonly string[]>;
  /** Loads the members that ask services or the user. */
  readonly members: () => Promise<ApiMembers>;
}

/** Creates the object that `activate` returns; api/index.ts is its contract. */
export function createApi(sources: ApiSources): ConnectionsExplorerApi {
  const { accounts, members, onDidChangeAccounts, onDidChangeRows } = sources;
  const apiAccounts: ApiAccounts = {
    list: () => accounts().map(apiAccount),
    add: async (...given) => (await members()).add(...given),
    remove: async (...given) => (await members()).remove(...given),
    onDidChange: onDidChangeAccounts,
  };
  return {
    version: 1,
    accounts: apiAccounts,
    children: async (...given) => (await members()).children(...given),
    read: async (...given) => (await members()).read(...given),
    runs: async (...given) => (await members()).runs(...given),
    find: async (...given) => (await members()).find(...given),
    onDidChange: onDidChangeRows,
  };
}
