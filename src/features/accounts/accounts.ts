import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { HttpError } from '../../core/http/errors';
import { accountTerms, withAccountTerms } from '../../core/services/common/accountTerms';
import { Emitter, type Disposable } from '../../core/base/emitter';
import type { Service } from '../../core/services/contract/service';
import type { Secrets, Account } from '../../core/services/contract/signIn';
import { accountRemovedError } from '../../core/store/notFoundError';
import { cleanLine, isSameName } from '../../shared/plainText';
import { unboundSecretsError, knownService, missingSecretsError, newOriginsError } from './accountErrors';
import { findSecrets, parseSecretEntry, sameOrigins, type BoundSecrets, type SecretUse } from './secretEntry';
import {
  SecretStore,
  type AccountSecrets,
  type AccountState,
  allOrNothing,
  type OnFailure,
} from './secretStore';
import { toAccount, readAccount, type StoredAccount } from './storedAccount';

/** What an account is made from; its id is given when it is saved. */
export interface AccountDefinition {
  readonly service: string;
  readonly name: string;
  readonly production?: boolean;
  readonly sample?: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

/** What of a saved account may change. */
export interface AccountChanges extends Partial<Pick<Account, 'name' | 'settings'>> {
  /** True marks it as production. The mark is taken off with proof that a person wants that. */
  readonly production?: true | ProductionUnmark;
}

/** Takes the production mark off an account, which then asks less before it changes something. */
export interface ProductionUnmark {
  /** The name of the account as a person typed it. */
  readonly typedName: string;
}

/** An account, and the secrets that were saved with it: they may be sent to its origins, and to no other. */
export interface AccountCredentials {
  readonly account: Account;
  readonly secrets: Secrets;
}

/** Of the account's part of globalState. */
const keyPrefix = 'account:';

/** An entry of SecretStorage that holds nothing secret: storing it tells all windows that accounts changed. */
const signalKey = 'accounts.changed';

/**
 * The saved accounts: what is not secret in globalState, the secrets in SecretStorage, one entry each per account,
 * so that two windows never overwrite each other's list.
 *
 * Only SecretStorage tells other windows of a change, and an unchanged text may be no change to it.
 * So every change ends with a signal entry of its own, and each account carries a revision to tell what changed.
 *
 * The two entries are written one after the other, and a window may end in between or read them there. So secrets say
 * which account they were saved with, and while an account is changed its entry holds those of before and those that
 * come. The entry in globalState decides which of them hold.
 */
export class Accounts implements Disposable {
  readonly #store: SecretStore;
  readonly #changed = new Emitter<readonly string[]>();
  readonly #subscriptions: readonly (Disposable | undefined)[];
  #seen: ReadonlyMap<string, string>;
  #written: Promise<unknown> = Promise.resolve();
  #looksForOrphans = true;

  /** Fires with the ids of the accounts that were added, changed or removed, in this window or another. */
  readonly onDidChange = this.#changed.event;

  /** @param now in milliseconds since 1970. */
  constructor(
    private readonly state: AccountState,
    private readonly secrets: AccountSecrets,
    private readonly services: readonly Service[],
    now: () => number = Date.now,
  ) {
    this.#store = new SecretStore({ state, secrets, now });
    this.#seen = this.#revisions();
    this.#subscriptions = [
      secrets.onDidChange(({ key }) => {
        if (key === signalKey) this.rescan();
      }),
      // Secrets may arrive before what was saved with them.
      state.onDidCheck?.(() => {
        this.rescan();
      }),
    ];
    if (this.#store.expectsOrphans) void this.deleteOrphans();
  }

  /** All accounts, by name, then id. An entry of globalState that is no account is left out. */
  list(): readonly Account[] {
    return this.#stored()
      .map(([id, stored]) => toAccount(id, stored))
      .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }) || (a.id < b.id ? -1 : 1));
  }

  /** The account of that id, or undefined where there is none. */
  get(id: string): Account | undefined {
    const stored = this.#read(id);
    return stored && toAccount(id, stored);
  }

  /**
   * An account with its secrets by field key; a sample account has none.
   * @throws HttpError kind `notFound` if the account is gone, `authentication` if its secrets are missing or damaged or
   * were not saved with it, `rejected` if its service is unknown or its addresses are unusable.
   */
  credentials(id: string): Promise<AccountCredentials> {
    const stored = this.#read(id);
    const service = this.services.find((one) => one.id === stored?.service);
    const credentials = (): Promise<AccountCredentials> => this.#credentials(id);
    return stored && service
      ? withAccountTerms(accountTerms(service, stored, {}, id), credentials)
      : credentials();
  }

  async #credentials(id: string): Promise<AccountCredentials> {
    if (this.#looksForOrphans) void this.deleteOrphans();
    for (let previous: string | undefined; ;) {
      const text = await this.#store.read(id);
      // Read after the secrets have come and used with them, so that no change of either lies in between.
      const stored = this.#read(id);
      if (!stored) throw accountRemovedError();
      const account = toAccount(id, stored);
      if (stored.sample) return { account, secrets: {} };
      const entry = parseSecretEntry(text);
      if (!entry) throw missingSecretsError();
      const secrets = findSecrets(entry, this.#useOf(stored));
      if (secrets) {
        if (!entry.binding && text !== undefined) await this.#bind(id, text, secrets);
        return { account, secrets };
      }
      // A change may have been saved between the two readings: what does not match twice is not on its way.
      if (text === previous) throw unboundSecretsError();
      previous = text;
    }
  }

  /**
   * Saves an account, unverified. If that fails, neither it nor its secrets are there.
   * @throws HttpError kind `rejected` where the definition is unusable or the secrets cannot be kept.
   */
  add(definition: AccountDefinition, secrets: Secrets): Promise<Account> {
    return this.#write(async () => {
      const id = randomUUID();
      const revision = randomUUID();
      const { service, name, production = false, sample = false, settings } = definition;
      const account = { service, name, production, sample, settings, revision };
      // The sample service gives its secrets itself, also where none can be kept.
      const stored = this.#check(sample ? account : { ...account, secretRevision: revision });
      await allOrNothing(async (onFailure) => {
        if (!sample) await this.#store.create(id, this.#bound(stored, secrets), onFailure);
        await this.#save(id, stored, onFailure);
      });
      // The account is there: what is noted of it otherwise is found to be over.
      if (!sample) await this.#store.confirm(id).catch(() => undefined);
      return toAccount(id, stored);
    });
  }

  /**
   * Changes an account; its secrets are replaced as a whole where they are given, and stay otherwise. If that fails, the
   * account works as before.
   * @throws HttpError kind `notFound` for an account that is gone, `rejected` also for other addresses without secrets
   * and for a production mark that shall go by a wrong name, else as `add`.
   */
  update(id: string, changes: AccountChanges, secrets?: Secrets): Promise<Account> {
    return this.#write(async () => {
      const before = this.#read(id);
      if (!before) throw accountRemovedError();
      const revision = randomUUID();
      const given = before.sample ? undefined : secrets;
      const { production, ...others } = changes;
      const checked = this.#check({
        ...{ ...before, ...others, revision },
        ...(production && { production: isMarked(before, production) }),
      });
      // Where VS Code keeps secrets in each window alone, those of other windows go on belonging to the account.
      const isSame =
        before.secretRevision !== undefined && isDeepStrictEqual(before.settings, checked.settings);
      const stored = given && !isSame ? { ...checked, secretRevision: revision } : checked;
      if (changes.settings && !given && !this.#keepsOrigins(before, stored)) throw newOriginsError();
      await allOrNothing(async (onFailure) => {
        const bound = given && this.#bound(stored, given);
        if (bound && isSame) await this.#store.replace(id, bound, onFailure);
        else if (bound) await this.#store.prepare(id, this.#useBefore(before), bound, onFailure);
        await this.#save(id, stored, onFailure);
      });
      // Both hold already. What fails here leaves those of before in the entry, and nothing takes them.
      if (given) await this.#settle(id, stored, given).catch(() => undefined);
      return toAccount(id, stored);
    });
  }

  /** Forgets an account, its secrets first. An account that is gone already is no error. */
  remove(id: string): Promise<void> {
    return this.#write(async () => {
      // Another window that is changing the account may store its secrets meanwhile, or soon.
      await this.#store.expectOrphan(id).catch(() => undefined);
      await this.#store.delete(id);
      await allOrNothing((onFailure) => this.#save(id, undefined, onFailure));
      await this.#store.delete(id);
    });
  }

  /** Deletes secrets without an account, which a window leaves behind that ends while it saves one. Never fails. */
  async deleteOrphans(): Promise<void> {
    this.#looksForOrphans = false;
    // Not every VS Code lists its secrets. What is left is found the next time.
    await this.#store.deleteOrphans((id) => this.#isThere(id)).catch(() => undefined);
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
    for (const subscription of this.#subscriptions) subscription?.dispose();
    this.#changed.dispose();
  }

  /** Makes one change after the other, so that none is lost. */
  #write<T>(change: () => Promise<T>): Promise<T> {
    const written = this.#written.then(() => this.#writeNow(change));
    this.#written = written.catch(() => undefined);
    return written;
  }

  async #writeNow<T>(change: () => Promise<T>): Promise<T> {
    try {
      const result = await change();
      await this.#signal();
      return result;
    } finally {
      // A change that failed may not have been taken back.
      this.rescan();
    }
  }

  async #signal(): Promise<void> {
    try {
      await this.secrets.store(signalKey, randomUUID());
    } catch {
      // The change itself is saved; other windows find it at their next rescan.
    }
  }

  /** @param stored undefined: the account goes. */
  async #save(id: string, stored: StoredAccount | undefined, onFailure: OnFailure): Promise<void> {
    const before = this.state.get<unknown>(keyPrefix + id);
    // VS Code has in memory what it failed to write.
    onFailure(() => this.state.update(keyPrefix + id, before));
    await this.state.update(keyPrefix + id, stored);
  }

  /** Leaves in the entry what holds now, unless another window has changed the account again. */
  async #settle(id: string, stored: StoredAccount, secrets: Secrets): Promise<void> {
    if (this.#read(id)?.secretRevision !== stored.secretRevision) return;
    await this.#store.settle(id, this.#bound(stored, secrets));
    if (!this.#isThere(id)) await this.#store.delete(id);
  }

  /** Binds secrets that version 0.1.0 stored. If it fails, the next session tries again. */
  async #bind(id: string, text: string, secrets: Secrets): Promise<void> {
    const binding = this.#written.then(async () => {
      const stored = this.#read(id);
      if (!stored || stored.secretRevision !== undefined) return;
      await this.#store.bind(id, text, this.#bound(stored, secrets));
      if (!this.#isThere(id)) await this.#store.delete(id);
    });
    this.#written = binding.catch(() => undefined);
    await this.#written;
  }

  /** Secrets that may be used with an account as it is given, and nowhere else. */
  #bound(stored: StoredAccount, secrets: Secrets): BoundSecrets {
    const { secretRevision: revision = stored.revision } = stored;
    return { revision, origins: [...this.#originsOf(stored)], secrets };
  }

  #check(stored: StoredAccount): StoredAccount {
    const service = knownService(this.services, stored.service);
    const checked = readAccount({ ...stored, name: cleanName(stored.name) });
    if (!checked) throw new HttpError('rejected', l10n.t('An account requires a name and text settings.'));
    const fields = [...service.signIn.flatMap((method) => method.fields), ...service.options];
    const secret = fields.find((field) => field.secret && field.key in checked.settings);
    if (!secret) return checked;
    throw new HttpError(
      'rejected',
      l10n.t('"{0}" is a secret and cannot be stored in the settings.', secret.key),
    );
  }

  /** Where the secrets of an account may be sent. @throws HttpError kind `rejected` */
  #originsOf({ service, settings }: StoredAccount): readonly string[] {
    return knownService(this.services, service).origins(settings);
  }

  #useOf(stored: StoredAccount): SecretUse {
    return { revision: stored.secretRevision, origins: this.#originsOf(stored) };
  }

  /** As `#useOf`, for an account that may be unusable, which is why it is changed. */
  #useBefore(stored: StoredAccount): SecretUse {
    try {
      return this.#useOf(stored);
    } catch {
      return { revision: stored.secretRevision, origins: [] };
    }
  }

  #keepsOrigins(before: StoredAccount, stored: StoredAccount): boolean {
    return stored.sample || sameOrigins(this.#useBefore(before).origins, this.#originsOf(stored));
  }

  #stored(): readonly (readonly [string, StoredAccount])[] {
    const keys = this.state.keys().filter((key) => key.startsWith(keyPrefix));
    return keys.flatMap((key) => {
      const id = key.slice(keyPrefix.length);
      const stored = this.#read(id);
      return stored ? [[id, stored] as const] : [];
    });
  }

  #read(id: string): StoredAccount | undefined {
    return readAccount(this.state.get<unknown>(keyPrefix + id));
  }

  /** True also for an account that this version cannot read. */
  #isThere(id: string): boolean {
    return this.state.get<unknown>(keyPrefix + id) !== undefined;
  }

  #revisions(): ReadonlyMap<string, string> {
    return new Map(this.#stored().map(([id, { revision }]) => [id, revision]));
  }
}

/** Other extensions may name an account anything at run time. */
function cleanName(name: unknown): unknown {
  return typeof name === 'string' ? cleanLine(name) : name;
}

/** Whether an account is marked as production after a change. @throws HttpError kind `rejected` for a wrong name. */
function isMarked({ name, production }: StoredAccount, change: true | ProductionUnmark): boolean {
  if (change === true) return true;
  if (!production || isSameName(change.typedName, name)) return false;
  throw new HttpError(
    'rejected',
    l10n.t('The account is still marked as production because the name did not match.'),
  );
}
