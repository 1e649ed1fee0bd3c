import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { systemClock, type Clock } from '../../core/base/clock';
import type { Disposable } from '../../core/base/emitter';
import { AccountGlobalState } from './accountState';
import { EntryFiles } from './entryFiles';
import type { SharedState } from './lastWrites';
import { SharedEntries } from './sharedEntries';

/** The part of `vscode.ExtensionContext` that is used. */
export interface StorageContext {
  readonly globalState: SharedState & { setKeysForSync?(keys: readonly string[]): void };
  readonly workspaceState: Pick<vscode.Memento, 'get' | 'update'>;
  readonly secrets: Pick<vscode.SecretStorage, 'store' | 'onDidChange'>;
  readonly globalStorageUri: Pick<vscode.Uri, 'fsPath'>;
  readonly storageUri: Pick<vscode.Uri, 'toString'> | undefined;
}

/** How to store and migrate entries. */
export interface EntriesOptions<V> {
  /** Prefix of their keys, which ends with a colon. */
  readonly prefix: string;
  /** Validates a stored value. @returns undefined for an invalid one. */
  readonly decode: (value: unknown) => V | undefined;
  /** A single value in which an earlier version stored all of them. */
  readonly old?: {
    readonly state: 'globalState' | 'workspaceState';
    readonly key: string;
    /** Reads that value, which may be anything. */
    readonly read: (value: unknown) => ReadonlyMap<string, V>;
  };
}

/** A key in SecretStorage without a secret value. Storing it makes all windows check for changes. */
const SIGNAL_KEY = 'state.changed';

const ACCOUNT_PREFIX = 'account:';

/**
 * Everything that the extension stores besides settings and secrets. Lint forbids `globalState` and
 * `workspaceState` elsewhere: every window has its own copy of these, and writing a whole value that was read
 * earlier destroys changes of other windows.
 */
export class WindowStorage implements Disposable {
  readonly #entries = new Set<{ rescanSoon(): void; dispose(): void }>();
  readonly #prefixes: string[] = [];
  readonly #subscription: Disposable;

  /** The globalState for accounts only. Keys of `entries` are refused with an Error. */
  readonly accountState: AccountGlobalState;

  /** Identifies the workspace in IDs of its entries. All windows without a workspace share it. */
  readonly workspace: string;

  constructor(
    private readonly context: StorageContext,
    private readonly clock: Clock = systemClock,
  ) {
    const { storageUri } = context;
    this.workspace = storageUri ? shortHash(storageUri.toString()) : 'none';
    this.accountState = new AccountGlobalState({
      ...{ state: context.globalState, prefix: ACCOUNT_PREFIX, clock },
      signal: () => {
        this.#signal();
      },
      check: (key) => {
        if (this.#prefixes.some((prefix) => key.startsWith(prefix)))
          throw new Error(`${key} is no key of accounts`);
      },
    });
    this.#entries.add(this.accountState);
    this.#subscription = context.secrets.onDidChange(({ key }) => {
      if (key === SIGNAL_KEY) this.rescanSoon();
    });
  }

  /** Entries in globalState that users change. Disposed of with this storage. */
  entries<V>({ prefix, decode, old }: EntriesOptions<V>): SharedEntries<V> {
    const { globalState: state } = this.context;
    const signal = (): void => {
      this.#signal();
    };
    const entries = new SharedEntries({ state, prefix, decode, signal, clock: this.clock });
    this.#entries.add(entries);
    this.#prefixes.push(prefix);
    if (old) this.#migrate(entries, old);
    return entries;
  }

  /**
   * Entries as files, for what is written without a user's action. Windows of the same machine share them.
   * @param lifetime of an entry, in milliseconds.
   */
  files(folder: string, lifetime: number): EntryFiles {
    return new EntryFiles(join(this.context.globalStorageUri.fsPath, folder), lifetime, () =>
      this.clock.now(),
    );
  }

  /** Returns a value that an earlier version stored, and deletes it. */
  takeOld(state: 'globalState' | 'workspaceState', key: string): unknown {
    const kept = this.context[state].get<unknown>(key);
    if (kept !== undefined) this.context[state].update(key, undefined).then(undefined, () => undefined);
    return kept;
  }

  /** Tells VS Code which keys of globalState it may sync between the computers of the user. */
  readonly syncKeys = (keys: readonly string[]): void => {
    this.context.globalState.setKeysForSync?.(keys);
  };

  /** Checks for changes of other windows, now and later: not every system reports them immediately. */
  rescanSoon(): void {
    for (const entries of this.#entries) entries.rescanSoon();
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const entries of this.#entries) entries.dispose();
  }

  /** Imports entries that an earlier version stored, except those that exist already. */
  #migrate<V>(entries: SharedEntries<V>, { state, key, read }: NonNullable<EntriesOptions<V>['old']>): void {
    const kept = this.takeOld(state, key);
    if (kept !== undefined) entries.set(new Map([...read(kept)].filter(([id]) => !entries.list().has(id))));
  }

  #signal(): void {
    // Windows that miss the signal check for changes when they get the focus.
    this.context.secrets.store(SIGNAL_KEY, randomUUID()).then(undefined, () => undefined);
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
