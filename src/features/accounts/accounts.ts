import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { HttpError } from '../../core/http/errors';
import { accountTerms, loadService, withAccountTerms } from '../../core/services/common/accountTerms';
import { DisposableStore } from '../../core/base/disposableStore';
import { Emitter, type Disposable } from '../../core/base/emitter';
import type { LoadedService, Service } from '../../core/services/contract/service';
import type { Secrets, Account, SignIn } from '../../core/services/contract/signIn';
import { accountRemovedError } from '../../core/store/notFoundError';
import { cleanLine, isSameName } from '../../shared/plainText';
import {
  damagedSecretsError,
  unboundSecretsError,
  knownService,
  newOriginsError,
  noSecretsError,
} from './accountErrors';
import {
  bindSecrets,
  findSecrets,
  keepsOrigins,
  parseSecretEntry,
  toSecretUse,
  toUseBefore,
  type BoundSecrets,
} from './secretEntry';
import {
  SecretStore,
  type AccountSecrets,
  type AccountState,
  allOrNothing,
  type OnFailure,
} from './secretStore';
import {
  keyPrefix,
  listAccounts,
  toAccount,
  readAccount,
  storedAccounts,
  type StoredAccount,
} from './storedAccount';

/** An account before it is saved and gets an ID. */
export interface AccountDefinition {
  readonly service: string;
  readonly name: string;
  readonly production?: boolean;
  readonly sample?: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

/** The editable properties of a saved account. */
export interface AccountChanges extends Partial<Pick<Account, 'name' | 'settings'>> {
  /** True marks the account as production. Removing the mark requires proof that a user wants it. */
  readonly production?: true | ProductionUnmark;
}

/** Removes the production mark. Changes on the account then require less confirmation. */
export interface ProductionUnmark {
  /** The name of the account as the user typed it. */
  readonly typedName: string;
}

/** An account and the secrets saved with it. They may only be sent to its origins. */
export interface AccountCredentials {
  readonly account: Account;
  readonly secrets: Secrets;
}

/** A SecretStorage entry without a secret. Storing it notifies all windows that accounts changed. */
const signalKey = 'accounts.changed';

/**
 * The saved accounts. Settings are in globalState and secrets in SecretStorage, with one entry each per account, so
 * that two windows never overwrite each other's list.
 *
 * Other windows are notified of changes in SecretStorage only, and storing an unchanged text may not count as a change.
 * So every change ends by storing a signal entry, and each account has a revision that shows whether it changed.
 *
 * The two entries are written one after the other. A window may end in between, and another may read in between. So
 * secrets name the account revision they were saved with, and during a change the entry holds both the previous and the
 * new secrets. The entry in globalState decides which of them apply.
 */
export class Accounts implements Disposable {
  readonly #store: SecretStore;
  readonly #changed = new Emitter<readonly string[]>();
  readonly #subscriptions = new DisposableStore();
  #seen: ReadonlyMap<string, string>;
  #written: Promise<unknown> = Promise.resolve();
  #looksForOrphans = true;

  /** Fires with the IDs of accounts added, changed or removed in any window. */
  readonly onDidChange = this.#changed.event;

  /** @param now returns milliseconds since 1970. */
  constructor(
    private readonly state: AccountState,
    private readonly secrets: AccountSecrets,
    private readonly services: readonly Service[],
    now: () => number = Date.now,
  ) {
    this.#store = new SecretStore({ state, secrets, now });
    this.#seen = this.#revisions();
    this.#subscriptions.add(
      this.#changed,
      secrets.onDidChange(({ key }) => {
        if (key === signalKey) this.rescan();
      }),
    );
    // Secrets may arrive before the account they belong to.
    const checks = state.onDidCheck?.(() => {
      this.rescan();
    });
    if (checks) this.#subscriptions.add(checks);
    if (this.#store.expectsOrphans) void this.deleteOrphans();
  }

  /** All accounts, sorted by name, then ID. Invalid entries in globalState are skipped. */
  list(): readonly Account[] {
    return listAccounts(this.state);
  }

  /** Returns an account, or undefined if it does not exist. */
  get(id: string): Account | undefined {
    const stored = this.#read(id);
    return stored && toAccount(id, stored);
  }

  /**
   * Returns an account and its secrets by field key. Sample accounts have no secrets.
   * @throws HttpError kind `notFound` if the account was removed, `authentication` if its secrets are missing, damaged
   * or were not saved with it, `rejected` if its service is unknown or its addresses are unusable.
   */
  async credentials(id: string): Promise<AccountCredentials> {
    if (this.#looksForOrphans) void this.deleteOrphans();
    const service = await this.#loadService(id);
    const stored = this.#read(id);
    if (!stored) throw accountRemovedError();
    if (stored.sample) return { account: toAccount(id, stored), secrets: {} };
    return withAccountTerms(accountTerms(service, stored, {}, id), () => this.#credentials(id, service));
  }

  async #credentials(id: string, signIn: SignIn): Promise<AccountCredentials> {
    for (let previous: string | undefined; ;) {
      const text = await this.#store.read(id);
      // Read after the secrets, and used together with them, so that neither can change in between.
      const stored = this.#read(id);
      if (!stored) throw accountRemovedError();
      const account = toAccount(id, stored);
      const entry = parseSecretEntry(text);
      if (!entry) throw text === undefined ? noSecretsError() : damagedSecretsError();
      const secrets = findSecrets(entry, toSecretUse(stored, signIn));
      if (secrets) {
        if (!entry.binding && text !== undefined) await this.#bind(id, text, secrets, signIn);
        return { account, secrets };
      }
      // An account change may have been saved between the two reads. A mismatch that persists is not a change in
      // progress.
      if (text === previous) throw unboundSecretsError();
      previous = text;
    }
  }

  /**
   * Saves an account without verifying it. On failure neither the account nor its secrets remain.
   * @param secrets absent: the user has yet to enter them.
   * @throws HttpError kind `rejected` if the definition is unusable or the secrets cannot be stored.
   */
  add(definition: AccountDefinition, secrets?: Secrets): Promise<Account> {
    return this.#write(async () => {
      const id = randomUUID();
      const revision = randomUUID();
      const { service, name, production = false, sample = false, settings } = definition;
      const signIn = await loadService(knownService(this.services, service));
      const account = { service, name, production, sample, settings, revision };
      // The sample service provides its own secrets, even on systems that cannot store any.
      const stored = checkStored(sample ? account : { ...account, secretRevision: revision }, signIn);
      const given = sample ? undefined : secrets;
      await allOrNothing(async (onFailure) => {
        if (given) await this.#store.create(id, bindSecrets(stored, given, signIn), onFailure);
        await this.#save(id, stored, onFailure);
      });
      // The account is saved. If this fails, the orphan note is cleaned up later.
      if (given) await this.#store.confirm(id).catch(() => undefined);
      return toAccount(id, stored);
    });
  }

  /**
   * Changes an account. If secrets are given, they replace all saved ones. On failure the account works as before.
   * @throws HttpError kind `notFound` if the account was removed, `rejected` also for new origins without secrets and
   * for removing the production mark with a wrong name, otherwise as `add`.
   */
  update(id: string, changes: AccountChanges, secrets?: Secrets): Promise<Account> {
    return this.#write(async () => {
      const signIn = await this.#loadService(id);
      const before = this.#read(id);
      if (!before) throw accountRemovedError();
      const revision = randomUUID();
      const given = before.sample ? undefined : secrets;
      const { production, ...others } = changes;
      const changed = {
        ...{ ...before, ...others, revision },
        ...(production && { production: isMarked(before, production) }),
      };
      const checked = checkStored(changed, signIn);
      // If VS Code keeps secrets per window, those in other windows remain valid.
      const isSame =
        before.secretRevision !== undefined && isDeepStrictEqual(before.settings, checked.settings);
      const stored = given && !isSame ? { ...checked, secretRevision: revision } : checked;
      if (changes.settings && !given && !keepsOrigins(before, stored, signIn)) throw newOriginsError();
      const bound = given && bindSecrets(stored, given, signIn);
      await allOrNothing(async (onFailure) => {
        if (bound && isSame) await this.#store.replace(id, bound, onFailure);
        else if (bound) await this.#store.prepare(id, toUseBefore(before, signIn), bound, onFailure);
        await this.#save(id, stored, onFailure);
      });
      // Both entries are already valid. On failure the entry keeps the previous secrets, which are never used.
      if (bound) await this.#settle(id, stored, bound).catch(() => undefined);
      return toAccount(id, stored);
    });
  }

  /**
   * Saves an account as another computer of the user has it. Secrets of this computer stay, for their own addresses.
   * @throws HttpError as `add`.
   */
  adopt(id: string, { service, name, production = false, settings }: AccountDefinition): Promise<void> {
    return this.#write(async () => {
      const signIn = await loadService(knownService(this.services, service));
      const before = this.#read(id);
      // VS Code may bring an account into several windows: the secrets that are entered in one are for all.
      const account = { service, name, production, sample: false, settings, revision: randomUUID() };
      const isOld = before && !('secretRevision' in before) && keepsOrigins(before, account, signIn);
      const secretRevision = before?.secretRevision ?? `synced:${id}`;
      const stored = checkStored(isOld ? account : { ...account, secretRevision }, signIn);
      await allOrNothing((onFailure) => this.#save(id, stored, onFailure));
    });
  }

  /** Removes an account, its secrets first. Does nothing if the account was already removed. */
  remove(id: string): Promise<void> {
    return this.#write(async () => {
      // Another window that is changing the account may still store its secrets.
      await this.#store.expectOrphan(id).catch(() => undefined);
      await this.#store.delete(id);
      await allOrNothing((onFailure) => this.#save(id, undefined, onFailure));
      await this.#store.delete(id);
    });
  }

  /** Deletes secrets left without an account by a window that ended while saving. Never throws. */
  async deleteOrphans(): Promise<void> {
    this.#looksForOrphans = false;
    // Not every version of VS Code can list secrets. Remaining orphans are found next time.
    await this.#store.deleteOrphans((id) => this.#isThere(id)).catch(() => undefined);
  }

  /** Looks for changes made in other windows, and fires if there are any. */
  rescan(): void {
    const before = this.#seen;
    this.#seen = this.#revisions();
    const ids = [...new Set([...before.keys(), ...this.#seen.keys()])];
    const changed = ids.filter((id) => before.get(id) !== this.#seen.get(id));
    if (changed.length > 0) this.#changed.fire(changed);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Runs changes one at a time, so that none is lost. */
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
      // A failed change may not have been rolled back.
      this.rescan();
    }
  }

  async #signal(): Promise<void> {
    try {
      await this.secrets.store(signalKey, randomUUID());
    } catch {
      // The change itself is saved. Other windows find it at their next rescan.
    }
  }

  /** @param stored undefined removes the account. */
  async #save(id: string, stored: StoredAccount | undefined, onFailure: OnFailure): Promise<void> {
    const before = this.state.get<unknown>(keyPrefix + id);
    // After a failed write VS Code still has the new value in memory.
    onFailure(() => this.state.update(keyPrefix + id, before));
    await this.state.update(keyPrefix + id, stored);
  }

  /** Removes everything but the current secrets from the entry, unless another window has changed the account again. */
  async #settle(id: string, stored: StoredAccount, secrets: BoundSecrets): Promise<void> {
    if (this.#read(id)?.secretRevision !== stored.secretRevision) return;
    await this.#store.settle(id, secrets);
    if (!this.#isThere(id)) await this.#store.delete(id);
  }

  /** Binds secrets stored by version 0.1.0. If it fails, the next session retries. */
  async #bind(id: string, text: string, secrets: Secrets, signIn: SignIn): Promise<void> {
    const binding = this.#written.then(async () => {
      const stored = this.#read(id);
      if (!stored || stored.secretRevision !== undefined) return;
      await this.#store.bind(id, text, bindSecrets(stored, secrets, signIn));
      if (!this.#isThere(id)) await this.#store.delete(id);
    });
    this.#written = binding.catch(() => undefined);
    await this.#written;
  }

  /**
   * The service of an account. What it is loaded for is read afterwards, because the account can change meanwhile.
   * @throws HttpError kind `notFound` if the account was removed, `rejected` if its service is unknown.
   */
  #loadService(id: string): Promise<LoadedService> {
    const stored = this.#read(id);
    if (!stored) throw accountRemovedError();
    return loadService(knownService(this.services, stored.service));
  }

  #read(id: string): StoredAccount | undefined {
    return readAccount(this.state.get<unknown>(keyPrefix + id));
  }

  /** True even for an account that this version cannot read. */
  #isThere(id: string): boolean {
    return this.state.get<unknown>(keyPrefix + id) !== undefined;
  }

  #revisions(): ReadonlyMap<string, string> {
    return new Map(storedAccounts(this.state).map(([id, { revision }]) => [id, revision]));
  }
}

/** @throws HttpError kind `rejected` for an account without a name, and for a secret among its settings. */
function checkStored(stored: StoredAccount, { methods, options }: SignIn): StoredAccount {
  const checked = readAccount({ ...stored, name: cleanName(stored.name) });
  if (!checked) throw new HttpError('rejected', l10n.t('An account requires a name and text settings.'));
  const fields = [...methods.flatMap((method) => method.fields), ...options];
  const secret = fields.find((field) => field.secret && field.key in checked.settings);
  if (!secret) return checked;
  throw new HttpError(
    'rejected',
    l10n.t('"{0}" is a secret and cannot be stored in the settings.', secret.key),
  );
}

/** At run time other extensions may pass anything as the name. */
function cleanName(name: unknown): unknown {
  return typeof name === 'string' ? cleanLine(name) : name;
}

/**
 * Returns whether the account is marked as production after a change. @throws HttpError kind `rejected` if the name is
 * wrong.
 */
function isMarked({ name, production }: StoredAccount, change: true | ProductionUnmark): boolean {
  if (change === true) return true;
  if (!production || isSameName(change.typedName, name)) return false;
  throw new HttpError(
    'rejected',
    l10n.t('The account is still marked as production because the name did not match.'),
  );
}
