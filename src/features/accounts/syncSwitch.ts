import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposableStore';
import type { Disposable } from '../../core/base/emitter';
import { loadService } from '../../core/services/common/accountTerms';
import type { Service } from '../../core/services/contract/service';
import { readUserSetting } from '../../ui/configuration';
import type { Accounts } from './accounts';
import { type AccountState, SYNC_KEY } from './secretStore';

export interface SyncSwitchContext {
  readonly accounts: Accounts;
  readonly services: readonly Service[];
  readonly storage: {
    readonly accountState: AccountState;
    /** Tells VS Code which keys it may sync. */
    readonly syncKeys: (keys: readonly string[]) => void;
  };
}

/** Syncs accounts as long as the setting says so. Its code is loaded only then. */
export function createSyncSwitch({ accounts, services, storage }: SyncSwitchContext): Disposable {
  let running: DisposableStore | undefined;
  const start = async (started: DisposableStore): Promise<void> => {
    const [{ AccountSync }, ...loaded] = await Promise.all([
      import('./accountSync'),
      ...services.map(loadService),
    ]);
    const state = storage.accountState;
    // Turned off meanwhile.
    if (running === started)
      started.add(new AccountSync({ state, accounts, services: loaded, now: Date.now }));
  };
  const follow = (): void => {
    const isOn = readUserSetting('syncAccounts') === true;
    if (isOn === (running !== undefined)) return;
    running?.dispose();
    running = isOn ? new DisposableStore() : undefined;
    storage.syncKeys(isOn ? [SYNC_KEY] : []);
    if (running) void start(running);
  };
  follow();
  const subscription = vscode.workspace.onDidChangeConfiguration(follow);
  return {
    dispose: () => {
      subscription.dispose();
      running?.dispose();
      running = undefined;
    },
  };
}
