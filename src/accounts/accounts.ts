import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { HttpError } from '../http/errors';
import { Emitter, type Disposable, type Event } from '../services/emitter';
import type { Account, Secrets, Service } from '../services/service';
import { knownService } from './knownService';
import { accountOf, readAccount, readSecrets, type StoredAccount } from './storedAccount';

/** What an account is made from; its id is given when it is saved. */
export interface AccountDefinition {
  readonly service: string;
  readonly name: string;
  readonly production?: boolean;
  readonly sample?: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

/** What of a saved account may change. */
export type AccountChanges = Partial<Pick<Account, 'name' | 'production' | 'settings'>>;

/** The part of `ExtensionContext.globalState` that accounts use. */
export type AccountState = Pick<vscode.Memento, 'keys' | 'get' | 'update'>;

/** The part of `ExtensionContext.secrets` that accounts use. */
export interface AccountSecrets extends Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'> {
  readonly onDidChange: Event<{ readonly key: string }>;
}

/** Of the account's part of globalState and of its entry in SecretStorage alike. */
const keyPrefix = 'account:';

/** An entry of SecretStorage that holds nothing secret: storing it tells all windows that accounts changed. */
const signalKey = 'accounts.changed';

/**
 * The saved accounts: what is not secret in globalState, the secrets in SecretStorage, one entry each per account,
 * so that two windows never overwrite each other's list.
 *
 * Only SecretStorage tells other windows of a change, and an unchanged text may be no change to it.
 * So every change ends with a signal entry of its own, and each account carries a revision to tell what changed.
 */
export class Accounts implements Disposable {
  readonly #state: AccountState;
  readonly #secrets: AccountSecrets;
  readonly #services: readonly Service[];
  readonly #changed = new Emitter<readonly string[]>();
  readonly #subscription: Disposable;
  #seen: ReadonlyMap<string, string>;
  #written: Promise<unknown> = Promise.resolve();

  /** Fires with the ids of the accounts that were added, changed or removed, in this window or another. */
  readonly onDidChange = this.#changed.event;

  constructor(state: AccountState, secrets: AccountSecrets, services: readonly Service[]) {
    this.#state = state;
    this.#secrets = secrets;
    this.#services = services;
    this.#seen = this.#revisions();
    this.#subscription = secrets.onDidChange(({ key }) => {
      if (key === signalKey) this.rescan();
    });
  }

  /** All accounts, by name, then id. An entry of globalState that is no account is left out. */
  list(): readonly Account[] {
    return this.#stored()
      .map(([id, stored]) => accountOf(id, stored))
      .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }) || (a.id < b.id ? -1 : 1));
  }

  /** The account of that id, or undefined where there is none. */
  get(id: string): Account | undefined {
    const stored = this.#read(id);
    return stored && accountOf(id, stored);
  }

  /**
   * The secrets of an account, by field key.
   * @throws HttpError kind `authentication` where they are missing or damaged.
   */
  async secrets(id: string): Promise<Secrets> {
    const secrets = readSecrets(await this.#secrets.get(keyPrefix + id));
    if (secrets) return secrets;
    throw new HttpError(
      'authentication',
      l10n.t('The saved credentials of this account are missing or damaged.'),
      {
        advice: l10n.t('Edit the account and enter the credentials again.'),
      },
    );
  }

  /**
   * Saves an account, unverified.
   * @throws HttpError kind `rejected` where the definition is unusable or the secrets cannot be kept.
   */
  add(definition: AccountDefinition, secrets: Secrets): Promise<Account> {
    return this.#write(async () => {
      const id = randomUUID();
      const { service, name, production = false, sample = false, settings } = definition;
      const stored = this.#check({ service, name, production, sample, settings, revision: randomUUID() });
      // The sample service gives its secrets itself, also where none can be kept.
      if (!sample) await this.#keep(id, secrets);
      await this.#state.update(keyPrefix + id, stored);
      return accountOf(id, stored);
    });
  }

  /**
   * Changes an account; its secrets are replaced as a whole where they are given, and stay otherwise.
   * @throws HttpError kind `notFound` for an account that is gone, else as `add`.
   */
  update(id: string, changes: AccountChanges, secrets?: Secrets): Promise<Account> {
    return this.#write(async () => {
      const before = this.#read(id);
      if (!before) throw noSuchAccount();
      const stored = this.#check({ ...before, ...changes, revision: randomUUID() });
      if (secrets) await this.#keep(id, secrets);
      await this.#state.update(keyPrefix + id, stored);
      return accountOf(id, stored);
    });
  }

  /** Forgets an account, its secrets first. An account that is gone already is no error. */
  remove(id: string): Promise<void> {
    return this.#write(async () => {
      await this.#secrets.delete(keyPrefix + id);
      await this.#state.update(keyPrefix + id, undefined);
    });
  }

  /** Looks for changes that another window made, and fires where there are any. */
  rescan(): void {
    const before = this.#seen;
    this.#seen = this.#revisions();
    const ids = [...new Set([...before.keys(), ...this.#seen.keys()])];
    const changed = ids.filter((id) => before.get(id) !== this.#seen.get(id));
    if (changed.length > 0) this.#changed.fire(changed);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /**
   * Makes one change after the other, so that none is lost and no secret outlives its account.
   * Secrets come first in each: once a revision is seen to differ, they are in place.
   */
  #write<T>(change: () => Promise<T>): Promise<T> {
    const written = this.#written.then(() => this.#writeNow(change));
    this.#written = written.catch(() => undefined);
    return written;
  }

  async #writeNow<T>(change: () => Promise<T>): Promise<T> {
    const result = await change();
    await this.#signal();
    this.rescan();
    return result;
  }

  async #signal(): Promise<void> {
    try {
      await this.#secrets.store(signalKey, randomUUID());
    } catch {
      // The change itself is saved; other windows find it at their next rescan.
    }
  }

  /** Stores secrets and proves that they can be read again: without a keyring, Linux may drop them silently. */
  async #keep(id: string, secrets: Secrets): Promise<void> {
    const text = JSON.stringify(secrets);
    await this.#secrets.store(keyPrefix + id, text);
    if ((await this.#secrets.get(keyPrefix + id)) === text) return;
    await this.#secrets.delete(keyPrefix + id);
    throw new HttpError(
      'rejected',
      l10n.t('The credentials could not be saved: this system gives back something else.'),
      {
        advice: l10n.t(
          'On Linux, install and unlock a keyring such as gnome-keyring or KWallet, then restart the editor.',
        ),
      },
    );
  }

  #check(stored: StoredAccount): StoredAccount {
    const service = knownService(this.#services, stored.service);
    const checked = readAccount(stored);
    if (!checked)
      throw new HttpError('rejected', l10n.t('An account needs a name, and settings that are text.'));
    const fields = [...service.signIn.flatMap((method) => method.fields), ...service.options];
    const secret = fields.find((field) => field.secret && field.key in checked.settings);
    if (!secret) return checked;
    throw new HttpError(
      'rejected',
      l10n.t('"{0}" is a secret and may not be among the settings.', secret.key),
    );
  }

  #stored(): readonly (readonly [string, StoredAccount])[] {
    const keys = this.#state.keys().filter((key) => key.startsWith(keyPrefix));
    return keys.flatMap((key) => {
      const id = key.slice(keyPrefix.length);
      const stored = this.#read(id);
      return stored ? [[id, stored] as const] : [];
    });
  }

  #read(id: string): StoredAccount | undefined {
    return readAccount(this.#state.get<unknown>(keyPrefix + id));
  }

  #revisions(): ReadonlyMap<string, string> {
    return new Map(this.#stored().map(([id, { revision }]) => [id, revision]));
  }
}

/** What an operation on an account that was removed meanwhile fails with. */
export function noSuchAccount(): HttpError {
  return new HttpError('notFound', l10n.t('This account does not exist any more.'), {
    advice: l10n.t('Refresh the view.'),
  });
}
