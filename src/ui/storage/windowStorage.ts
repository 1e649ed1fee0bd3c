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
  readonly globalState: SharedState;
  readonly workspaceState: Pick<vscode.Memento, 'get' | 'update'>;
  readonly secrets: Pick<vscode.SecretStorage, 'store' | 'onDidChange'>;
  readonly globalStorageUri: Pick<vscode.Uri, 'fsPath'>;
  readonly storageUri: Pick<vscode.Uri, 'toString'> | undefined;
}

/** How entries are kept. */
export interface EntriesOptions<V> {
  /** The beginning of their keys, with a colon at its end. */
  readonly prefix: string;
  /** Checks a stored value. @returns undefined for one that is unusable. */
  readonly decode: (value: unknown) => V | undefined;
  /** Where an earlier version kept all of them in one value. */
  readonly old?: {
    readonly state: 'globalState' | 'workspaceState';
    readonly key: string;
    /** Reads that value, which may be anything. */
    readonly read: (value: unknown) => ReadonlyMap<string, V>;
  };
}

/** An entry of SecretStorage that holds nothing secret: storing it has all windows look for changes. */
const SIGNAL_KEY = 'state.changed';

/** The beginning of the keys of accounts. */
const ACCOUNT_PREFIX = 'account:';

/**
 * All that the extension keeps outside of settings and secrets. Lint forbids `globalState` and `workspaceState` elsewhere:
 * every window has a copy of these, and a value that is read once and written whole destroys what other windows know.
 */
export class WindowStorage implements Disposable {
  readonly #entries = new Set<{ rescanSoon(): void; dispose(): void }>();
  readonly #prefixes: string[] = [];
  readonly #subscription: Disposable;

  /** The globalState for accounts alone. Keys of `entries` are refused with an Error. */
  readonly accountState: AccountGlobalState;

  /** Names the workspace in ids of entries that belong to it. The windows without one share a name. */
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

  /** Entries in globalState that people change. To be disposed of with this storage. */
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
   * Entries as files, for what is written without anybody's doing. Windows of the same machine share them.
   * @param lifetime after so many milliseconds an entry is forgotten.
   */
  files(folder: string, lifetime: number): EntryFiles {
    return new EntryFiles(join(this.context.globalStorageUri.fsPath, folder), lifetime, () =>
      this.clock.now(),
    );
  }

  /** Hands over a value that an earlier version kept, and forgets it. */
  takeOld(state: 'globalState' | 'workspaceState', key: string): unknown {
    const kept = this.context[state].get<unknown>(key);
    if (kept !== undefined) this.context[state].update(key, undefined).then(undefined, () => undefined);
    return kept;
  }

  /** Looks for changes of other windows, now and later: not every system reports them immediately. */
  rescanSoon(): void {
    for (const entries of this.#entries) entries.rescanSoon();
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const entries of this.#entries) entries.dispose();
  }

  /** Takes over what an earlier version kept, but for what is known already. */
  #migrate<V>(entries: SharedEntries<V>, { state, key, read }: NonNullable<EntriesOptions<V>['old']>): void {
    const kept = this.takeOld(state, key);
    if (kept !== undefined) entries.set(new Map([...read(kept)].filter(([id]) => !entries.list().has(id))));
  }

  #signal(): void {
    // Windows that are told nothing look for changes when they get the focus.
    this.context.secrets.store(SIGNAL_KEY, randomUUID()).then(undefined, () => undefined);
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
