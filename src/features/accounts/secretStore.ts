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

/** Registers what takes a step back. To be called before the step, because one that fails may have been done. */
export type OnFailure = (undo: () => PromiseLike<void>) => void;

/**
 * Does several steps of which all or none shall last: if one fails, those before it are taken back, the last one first.
 * A step that cannot be taken back does not keep the others from it.
 * @throws what the failed step throws.
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
        // The error that is thrown says more. What is left does not match, and is refused or deleted later.
      }
    }
    throw error;
  }
}

/** The part of `ExtensionContext.globalState` that accounts use. */
export interface AccountState extends Pick<vscode.Memento, 'keys' | 'get' | 'update'> {
  /** Fires when changes of other windows may have arrived. */
  readonly onDidCheck?: Event<undefined>;
}

/** The part of `ExtensionContext.secrets` that accounts use. */
export interface AccountSecrets extends Pick<
  vscode.SecretStorage,
  'get' | 'store' | 'delete' | 'onDidChange'
> {
  /** Absent before VS Code 1.105. */
  keys?(): Thenable<readonly string[]>;
}

/** Of the entry of an account in SecretStorage. */
const ENTRY_PREFIX = 'account:';

/** Of an entry of globalState that says since when secrets may be there without their account. */
const ORPHAN_PREFIX = 'orphanedSecrets:';

/** The entry of globalState that names the profile. */
const PROFILE_KEY = 'accounts.profile';

/** How long secrets may be there before their account is: longer than any window takes to save one. */
const ORPHAN_GRACE_MS = 3_600_000;

/** What a {@link SecretStore} works with. */
export interface SecretStoreContext {
  readonly state: AccountState;
  readonly secrets: AccountSecrets;
  /** In milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * The secrets of accounts: one entry of SecretStorage each, which says what the secrets belong to. The entry and the
 * account are written one after the other, and a window may end in between: so while an account is changed its entry
 * holds the secrets of before and those that come, and it is known which entries may have no account.
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

  /** Notes that secrets may be there without their account from now on: an hour later they are looked for. */
  async expectOrphan(id: string): Promise<void> {
    await this.#state.update(ORPHAN_PREFIX + id, this.#now());
  }

  /** Notes that the account of secrets is saved, or that they are gone. */
  async confirm(id: string): Promise<void> {
    await this.#state.update(ORPHAN_PREFIX + id, undefined);
  }

  /**
   * Puts the secrets of a change that is about to be saved beside those of before, which hold until then.
   * @throws as `create`.
   */
  async prepare(id: string, before: SecretUse, next: BoundSecrets, onFailure: OnFailure): Promise<void> {
    const text = await this.read(id);
    const entry = parseSecretEntry(text);
    const secrets = entry && findSecrets(entry, before);
    const revision = before.revision ?? entry?.binding?.revision ?? '';
    // What did not belong to the account before does not do so now.
    const current = { revision, origins: secrets ? [...before.origins] : [], secrets: secrets ?? {} };
    const prepared = await this.#format(current, next);
    // What cannot be used may be of a later version, and stays as it is.
    const restored = secrets ? await this.#format(current) : text;
    onFailure(async () => {
      if (restored === undefined) await this.delete(id);
      else await this.#write(id, restored);
    });
    await this.#write(id, prepared);
  }

  /** Puts secrets in the place of others that belong to the same account with the same settings. @throws as `create`. */
  async replace(id: string, bound: BoundSecrets, onFailure: OnFailure): Promise<void> {
    const before = await this.read(id);
    onFailure(async () => {
      if (before === undefined) await this.delete(id);
      else await this.#write(id, before);
    });
    await this.settle(id, bound);
  }

  /** Leaves nothing but these secrets in an entry. @throws as `create` does. */
  async settle(id: string, bound: BoundSecrets): Promise<void> {
    await this.#write(id, await this.#format(bound));
  }

  /**
   * Binds secrets that version 0.1.0 stored to the account that they are used with.
   * @param text what was stored. If another window has stored something else since, nothing is done.
   */
  async bind(id: string, text: string, bound: BoundSecrets): Promise<void> {
    if ((await this.read(id)) === text) await this.settle(id, bound);
  }

  async delete(id: string): Promise<void> {
    await this.#secrets.delete(ENTRY_PREFIX + id);
  }

  /** True if secrets may be there without their account. Costs nothing. */
  get expectsOrphans(): boolean {
    return this.#expected().length > 0;
  }

  /**
   * Deletes the secrets that have had no account for an hour: a window ended before it saved one. Those that version
   * 0.1.0 stored and those of other profiles stay, because nothing says whose they are.
   * @param hasAccount true for the id of an account that is saved, readable or not.
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

  /** True for a moment that lies so far back that the window which noted it is done. */
  #isOver(moment: unknown): boolean {
    return typeof moment === 'number' && this.#now() - moment >= ORPHAN_GRACE_MS;
  }

  async #format({ revision, origins, secrets }: BoundSecrets, next?: BoundSecrets): Promise<string> {
    const binding = { revision, origins, profile: await this.#profile(), writtenAt: this.#now() };
    return formatSecretEntry({ secrets, binding: next ? { ...binding, next } : binding });
  }

  /** Stores a text, and reads it again: without a keyring, Linux may drop it silently. */
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
