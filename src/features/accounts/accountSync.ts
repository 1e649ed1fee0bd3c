import { isDeepStrictEqual } from 'node:util';
import { DisposableStore } from '../../core/base/disposableStore';
import type { Disposable } from '../../core/base/emitter';
import type { LoadedService } from '../../core/services/contract/service';
import { getFields, readFileAccount, toFileAccount, type FileAccount } from './accountFile';
import type { Accounts } from './accounts';
import { type AccountState, SYNC_KEY } from './secretStore';
import { toMembers, type Members } from './storedAccount';

/** What was last the same here and in the synced value, by account ID. Not synced. */
const BASE_KEY = 'accounts.syncedBefore';

/** For how long (ms) a removal is told to computers that are switched off: half a year. */
const REMOVED_MS = 180 * 86_400_000;

/** An account, or its removal, with the time of its last change on any computer, in milliseconds since 1970. */
interface Entry {
  readonly account: FileAccount | undefined;
  readonly at: number;
}

type SyncStep = 'nothing' | 'push' | 'pushRemoval' | 'adopt' | 'remove';

/** The sides of an account. */
interface SyncedAccount {
  readonly local: FileAccount | undefined;
  readonly synced: Entry | undefined;
  /** What both were when they were last the same. */
  readonly base: Entry | undefined;
  /** True if a user of this computer has just removed it. */
  readonly wasRemoved: boolean;
}

/**
 * What to do with an account. Settings Sync knows one value of all accounts, and of two that were changed it keeps one as a
 * whole. So an account that the value lacks is no account that was removed, and an entry that is older than what was seen
 * before is no change. Of two changes, that of this computer stays.
 */
function syncStep({ local, synced, base, wasRemoved }: SyncedAccount): SyncStep {
  if (!synced) return local ? 'push' : 'nothing';
  const isUnchanged = !base || isDeepStrictEqual(local, base.account);
  const isNews = isUnchanged && synced.at >= (base?.at ?? 0);
  if (!synced.account) {
    if (!local) return 'nothing';
    return base && isNews && synced.at > base.at ? 'remove' : 'push';
  }
  if (isDeepStrictEqual(local, synced.account)) return 'nothing';
  if (local) return isNews ? 'adopt' : 'push';
  // Who has told the removal before is told by its time that the account is back.
  const isGone = base && !base.account ? !isNews : wasRemoved;
  return isGone ? 'pushRemoval' : 'adopt';
}

export interface AccountSyncContext {
  readonly state: AccountState;
  readonly accounts: Pick<Accounts, 'list' | 'adopt' | 'remove' | 'onDidChange'>;
  readonly services: readonly LoadedService[];
  /** In milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Keeps one value of globalState, which VS Code syncs, equal to the accounts, without their secrets. VS Code tells nothing
 * of values that arrive: they are looked for whenever those of other windows are. Sample data is not synced.
 */
export class AccountSync implements Disposable {
  readonly #subscriptions = new DisposableStore();
  #looking: Promise<void> = Promise.resolve();
  #isDisposed = false;

  constructor(private readonly context: AccountSyncContext) {
    const look = (): void => {
      void this.look();
    };
    const { accounts, state } = context;
    this.#subscriptions.add(accounts.onDidChange(look));
    const checks = state.onDidCheck?.(look);
    if (checks) this.#subscriptions.add(checks);
    look();
  }

  /** Merges once. Never throws: what could not be saved is tried again with the next look. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look()).catch(() => undefined);
    return this.#looking;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#subscriptions.dispose();
  }

  async #look(): Promise<void> {
    if (this.#isDisposed) return;
    const { state } = this.context;
    const synced = this.#pruned(toMembers(state.get(SYNC_KEY)) ?? {});
    const base = this.#pruned(toMembers(state.get(BASE_KEY)) ?? {});
    const local = this.#local();
    const next: Record<string, unknown> = { ...synced };
    const nextBase: Record<string, unknown> = { ...base };
    for (const id of new Set([...Object.keys(synced), ...local.keys()])) {
      const entry = await this.#merge(id, { local, synced: synced[id], base: base[id] });
      if (!entry) continue;
      next[id] = entry;
      nextBase[id] = entry;
    }
    await this.#save(SYNC_KEY, next);
    await this.#save(BASE_KEY, nextBase);
  }

  /** @returns the entry that both sides have afterwards; undefined if nothing is to be changed. */
  async #merge(id: string, sides: Sides): Promise<Members | undefined> {
    const { accounts, services, state, now } = this.context;
    const [synced, base] = [readEntry(sides.synced, services), readEntry(sides.base, services)];
    // What is not sound comes from another version: it is left alone.
    if (sides.synced !== undefined && !synced) return undefined;
    const local = sides.local.get(id);
    const wasRemoved = state.isRemoved?.(id) ?? false;
    const at = Math.max(now(), (synced?.at ?? 0) + 1, (base?.at ?? 0) + 1);
    switch (syncStep({ local, synced, base, wasRemoved })) {
      case 'push':
        return { ...local, at };
      case 'pushRemoval':
        return { removed: at };
      case 'remove':
        await accounts.remove(id);
        return toMembers(sides.synced);
      case 'adopt':
        if (!synced?.account || isTwin(synced.account, sides.local)) return undefined;
        await accounts.adopt(id, { ...synced.account, settings: this.#withOthers(id, synced.account) });
        return toMembers(sides.synced);
      case 'nothing':
        return toMembers(sides.synced);
    }
  }

  #local(): ReadonlyMap<string, FileAccount> {
    const { accounts, services } = this.context;
    const own = accounts.list().filter(({ sample }) => !sample);
    return new Map(
      own.flatMap((account) => {
        const entry = toFileAccount(account, services);
        return entry ? [[account.id, entry] as const] : [];
      }),
    );
  }

  /** Settings that no form asks for, such as those of the exported API, stay on the computer where they were set. */
  #withOthers(id: string, { service, settings }: FileAccount): FileAccount['settings'] {
    const { accounts, services } = this.context;
    const loaded = services.find((each) => each.id === service);
    const asked = new Set(loaded && getFields(loaded).map(({ key }) => key));
    const before = accounts.list().find((account) => account.id === id)?.settings ?? {};
    const others = Object.entries(before).filter(([key]) => !asked.has(key));
    return { ...Object.fromEntries(others), ...settings };
  }

  #pruned(synced: Members): Members {
    const isOld = (entry: unknown): boolean => {
      const removed = toMembers(entry)?.removed;
      return typeof removed === 'number' && this.context.now() - removed > REMOVED_MS;
    };
    return Object.fromEntries(Object.entries(synced).filter(([, entry]) => !isOld(entry)));
  }

  async #save(key: string, value: Members): Promise<void> {
    const { state } = this.context;
    if (!isDeepStrictEqual(state.get(key) ?? {}, value)) await state.update(key, value);
  }
}

interface Sides {
  readonly local: ReadonlyMap<string, FileAccount>;
  readonly synced: unknown;
  readonly base: unknown;
}

/** @returns undefined for what is not sound. */
function readEntry(value: unknown, services: readonly LoadedService[]): Entry | undefined {
  const { at, removed, ...given } = toMembers(value) ?? {};
  if (typeof removed === 'number') return { account: undefined, at: removed };
  const account = readFileAccount(given, services);
  return account && typeof at === 'number' ? { account, at } : undefined;
}

/** True if a user added the same account on both computers. */
function isTwin(account: FileAccount, local: ReadonlyMap<string, FileAccount>): boolean {
  return [...local.values()].some((other) => isDeepStrictEqual(other, account));
}
