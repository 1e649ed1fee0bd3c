import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { HttpError } from '../../core/http/errors';
import type { Event } from '../../core/base/emitter';
import {
  findSecrets,
  formatSecretEntry,
  parseSecretEntry,
  type BoundSecrets,
  type SecretUse,
} from './secretEntry';

/** Registers an undo step. Call it before the step, because a step that fails may have taken effect. */
export type OnFailure = (undo: () => PromiseLike<void>) => void;

/**
 * Runs steps atomically: if one fails, the previous ones are undone in reverse order. An undo step that fails does not
 * prevent the others.
 * @throws the error of the failed step.
 */
export async function allOrNothing<T>(work: (onFailure: OnFailure) => Promise<T>): Promise<T> {
  const undoing: (() => PromiseLike<void>)[] = [];
  try {
    return await work((undo) => {
      undoing.unshift(undo);
    });
  } catch (error) {
    for (const undo of undoing) {
      try {
        await undo();
      } catch {
        // The thrown error matters more. Entries that are left do not match, and are rejected or deleted later.
      }
    }
    throw error;
  }
}

/** The part of `ExtensionContext.globalState` that accounts use. */
export interface AccountState extends Pick<vscode.Memento, 'keys' | 'get' | 'update'> {
  /** Fires when changes from other windows may have arrived. */
  readonly onDidCheck?: Event<undefined>;
  /** True if the account with that ID was removed in the last minutes, in any window. */
  isRemoved?(id: string): boolean;
}

/** The part of `ExtensionContext.secrets` that accounts use. */
export interface AccountSecrets extends Pick<
  vscode.SecretStorage,
  'get' | 'store' | 'delete' | 'onDidChange'
> {
  /** Absent before VS Code 1.105. */
  keys?(): Thenable<readonly string[]>;
}

/** The value of globalState that Settings Sync takes from computer to computer. */
export const SYNC_KEY = 'accounts.synced';

/** Prefix of account entries in SecretStorage. */
const ENTRY_PREFIX = 'account:';

/** Prefix of globalState entries that record since when secrets may exist without their account. */
const ORPHAN_PREFIX = 'orphanedSecrets:';

/** The globalState key of the profile's ID. */
const PROFILE_KEY = 'accounts.profile';

/** How long (ms) secrets may exist before their account: longer than any window takes to save one. */
const ORPHAN_GRACE_MS = 3_600_000;

interface SecretStoreContext {
  readonly state: AccountState;
  readonly secrets: AccountSecrets;
  /** In milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * The secrets of accounts, one SecretStorage entry each, bound to their account. The entry and the account are written
 * one after the other, and a window may end in between. So during a change the entry holds both the previous and the
 * new secrets, and a note records which entries may have no account.
 */
export class SecretStore {
  readonly #state: AccountState;
  readonly #secrets: AccountSecrets;
  readonly #now: () => number;

  constructor({ state, secrets, now }: SecretStoreContext) {
    this.#state = state;
    this.#secrets = secrets;
    this.#now = now;
  }

  /** The text of an account's entry. */
  async read(id: string): Promise<string | undefined> {
    return await this.#secrets.get(ENTRY_PREFIX + id);
  }

  /**
   * Stores the secrets of an account that is about to be saved.
   * @throws HttpError kind `rejected` if the system does not keep them.
   */
  async create(id: string, bound: BoundSecrets, onFailure: OnFailure): Promise<void> {
    onFailure(async () => {
      await this.delete(id);
      await this.confirm(id);
    });
    await this.expectOrphan(id);
    await this.#write(id, await this.#format(bound));
  }

  /** Records that secrets may exist without their account from now on. An hour later they are checked. */
  async expectOrphan(id: string): Promise<void> {
    await this.#state.update(ORPHAN_PREFIX + id, this.#now());
  }

  /** Records that the account of the secrets was saved, or that the secrets were deleted. */
  async confirm(id: string): Promise<void> {
    await this.#state.update(ORPHAN_PREFIX + id, undefined);
  }

  /**
   * Adds the secrets of a change that is about to be saved. The previous ones stay valid until then.
   * @throws as `create`.
   */
  async prepare(id: string, before: SecretUse, next: BoundSecrets, onFailure: OnFailure): Promise<void> {
    const text = await this.read(id);
    const entry = parseSecretEntry(text);
    const secrets = entry && findSecrets(entry, before);
    const revision = before.revision ?? entry?.binding?.revision ?? '';
    // Secrets that did not belong to the account before must not do so now.
    const current = { revision, origins: secrets ? [...before.origins] : [], secrets: secrets ?? {} };
    const prepared = await this.#format(current, next);
    // Unusable secrets may come from a later version, and are kept as they are.
    const restored = secrets ? await this.#format(current) : text;
    onFailure(async () => {
      if (restored === undefined) await this.delete(id);
      else await this.#write(id, restored);
    });
    await this.#write(id, prepared);
  }

  /** Replaces the secrets of an account whose settings did not change. @throws as `create`. */
  async replace(id: string, bound: BoundSecrets, onFailure: OnFailure): Promise<void> {
    const before = await this.read(id);
    onFailure(async () => {
      if (before === undefined) await this.delete(id);
      else await this.#write(id, before);
    });
    await this.settle(id, bound);
  }

  /** Removes everything but these secrets from an entry. @throws as `create`. */
  async settle(id: string, bound: BoundSecrets): Promise<void> {
    await this.#write(id, await this.#format(bound));
  }

  /**
   * Binds secrets stored by version 0.1.0 to the account they are used with.
   * @param text the stored text. Does nothing if another window has stored something else since.
   */
  async bind(id: string, text: string, bound: BoundSecrets): Promise<void> {
    if ((await this.read(id)) === text) await this.settle(id, bound);
  }

  async delete(id: string): Promise<void> {
    await this.#secrets.delete(ENTRY_PREFIX + id);
  }

  /** True if secrets may exist without their account. Needs no I/O. */
  get expectsOrphans(): boolean {
    return this.#expected().length > 0;
  }

  /**
   * Deletes secrets without an account after an hour: a window ended before saving the account. Secrets stored by
   * version 0.1.0 or by other profiles are kept, because their owner is unknown.
   * @param hasAccount true if the account is saved, readable or not.
   */
  async deleteOrphans(hasAccount: (id: string) => boolean): Promise<void> {
    for (const id of this.#expected()) {
      if (!this.#isOver(this.#state.get(ORPHAN_PREFIX + id))) continue;
      if (!hasAccount(id)) await this.delete(id);
      await this.confirm(id);
    }
    for (const id of await this.#listed()) {
      if (!hasAccount(id) && (await this.#isOurOrphan(id)) && !hasAccount(id)) await this.delete(id);
    }
  }

  #expected(): readonly string[] {
    return getIds(this.#state.keys(), ORPHAN_PREFIX);
  }

  async #listed(): Promise<readonly string[]> {
    return getIds((await this.#secrets.keys?.()) ?? [], ENTRY_PREFIX);
  }

  async #isOurOrphan(id: string): Promise<boolean> {
    const binding = parseSecretEntry(await this.read(id))?.binding;
    return binding?.profile === this.#state.get(PROFILE_KEY) && this.#isOver(binding?.writtenAt);
  }

  /** True if a window that was saving at that time must have finished. */
  #isOver(moment: unknown): boolean {
    return typeof moment === 'number' && this.#now() - moment >= ORPHAN_GRACE_MS;
  }

  async #format({ revision, origins, secrets }: BoundSecrets, next?: BoundSecrets): Promise<string> {
    const binding = { revision, origins, profile: await this.#profile(), writtenAt: this.#now() };
    return formatSecretEntry({ secrets, binding: next ? { ...binding, next } : binding });
  }

  /** Stores a text and reads it back: without a keyring, Linux may drop it silently. */
  async #write(id: string, text: string): Promise<void> {
    await this.#secrets.store(ENTRY_PREFIX + id, text);
    if ((await this.read(id)) === text) return;
    throw new HttpError(
      'rejected',
      l10n.t('Credentials could not be saved because this system does not store them correctly.'),
      {
        advice: l10n.t(
          'On Linux, install and unlock a keyring such as gnome-keyring or KWallet, then restart VS Code.',
        ),
      },
    );
  }

  async #profile(): Promise<string> {
    const known = this.#state.get(PROFILE_KEY);
    if (typeof known === 'string') return known;
    const profile = randomUUID();
    await this.#state.update(PROFILE_KEY, profile);
    return profile;
  }
}

function getIds(keys: readonly string[], prefix: string): readonly string[] {
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}
