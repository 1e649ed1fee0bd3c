import type { HttpClientFactory, CallOptions } from '../../core/http/types';
import type { KnownSecrets } from '../../core/redaction/knownSecrets';
import {
  accountTerms,
  createClients,
  loadService,
  withAccountTerms,
} from '../../core/services/common/accountTerms';
import type { Disposable } from '../../core/base/emitter';
import type { Service, Session } from '../../core/services/contract/service';
import type { Choice, Secrets, Account, Identity } from '../../core/services/contract/signIn';
import type { AccountDefinition, Accounts } from './accounts';
import { knownService } from './accountErrors';
import { hasReference } from './secretEntry';

/** Credentials for the running sample service. */
export interface SampleSignIn {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Secrets;
}

export interface SessionsContext {
  readonly accounts: Pick<Accounts, 'credentials' | 'onDidChange'>;
  readonly services: readonly Service[];
  /** Masked in everything that sessions return. */
  readonly knownSecrets: KnownSecrets;
  /** Loads the HTTP client. */
  readonly http: () => Promise<HttpClientFactory>;
  /** Asks the sources of secrets for the values of references, see `secretSources.ts`. */
  readonly resolveSecrets: (secrets: Secrets) => Promise<Secrets>;
  /** Starts the sample service if it is not running, and returns the credentials of a service. */
  readonly startSample: (service: string) => Promise<SampleSignIn>;
}

/** The open session of each account, until the account changes. */
export class Sessions implements Disposable {
  readonly #open = new Map<string, Promise<Session>>();
  readonly #subscription: Disposable;

  constructor(private readonly context: SessionsContext) {
    this.#subscription = context.accounts.onDidChange((ids) => {
      for (const id of ids) this.#drop(id);
    });
  }

  /**
   * Returns the session of an account, opening it on first use. If opening fails, the next call retries.
   * @throws HttpError kind `notFound` if the account was removed, `authentication` if its secrets are missing or were
   * not saved with it, `rejected` for an unknown service or unusable settings.
   */
  of(accountId: string): Promise<Session> {
    const open = this.#open.get(accountId);
    if (open) return open;
    const opening = this.#saved(accountId);
    this.#open.set(accountId, opening);
    opening.catch(() => {
      if (this.#open.get(accountId) === opening) this.#open.delete(accountId);
    });
    return opening;
  }

  /**
   * Verifies a sign-in in a temporary session, so that no cached token hides a wrong secret.
   * @throws HttpError if verification fails; the signal's reason.
   */
  verify(draft: AccountDefinition, secrets: Secrets, call: CallOptions): Promise<Identity> {
    return this.#briefly(draft, secrets, (session) => session.verify(call));
  }

  /**
   * Returns the choices of a sign-in field, or an empty list if the service has none.
   * @throws HttpError if they cannot be loaded; the signal's reason.
   */
  choices(
    draft: AccountDefinition,
    secrets: Secrets,
    fieldKey: string,
    call: CallOptions,
  ): Promise<readonly Choice[]> {
    return this.#briefly(draft, secrets, async (session) => (await session.choices?.(fieldKey, call)) ?? []);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const id of [...this.#open.keys()]) this.#drop(id);
  }

  /** Runs one request in a temporary session. */
  async #briefly<T>(
    draft: AccountDefinition,
    secrets: Secrets,
    ask: (session: Session) => Promise<T>,
  ): Promise<T> {
    const values = hasReference(secrets) ? await this.context.resolveSecrets(secrets) : secrets;
    const session = await this.#connect({ production: false, sample: false, ...draft, id: 'draft' }, values);
    try {
      return await ask(session);
    } finally {
      session.dispose();
    }
  }

  async #saved(id: string): Promise<Session> {
    const { account, secrets } = await this.context.accounts.credentials(id);
    if (account.sample) return this.#connect(account, secrets);
    if (!hasReference(secrets)) return this.#connect(account, secrets, id);
    const { openRenewed } = await import('./renewedSession');
    return openRenewed({
      resolve: () => this.#resolve(account, secrets),
      connect: (values) => this.#connect(account, values, id),
    });
  }

  async #resolve(account: Account, references: Secrets): Promise<Secrets> {
    const service = await loadService(knownService(this.context.services, account.service));
    const terms = accountTerms(service, account, references, account.id);
    return withAccountTerms(terms, () => this.context.resolveSecrets(references));
  }

  /** @param editable the ID of a saved account that the user can edit. */
  async #connect(account: Account, secrets: Secrets, editable?: string): Promise<Session> {
    const { services, http, startSample, knownSecrets } = this.context;
    const service = await loadService(knownService(services, account.service));
    const { cleanSession } = await import('../../core/services/common/cleanSession');
    if (account.sample) {
      const sample = await startSample(account.service);
      const settings = { ...account.settings, ...sample.settings };
      // The user cannot correct the addresses and secrets of the sample.
      const terms = { ...accountTerms(service, account, {}), addresses: [] };
      const session = await service.connect({ ...account, settings }, sample.secrets, await http());
      return cleanSession(session, knownSecrets, terms);
    }
    const terms = accountTerms(service, account, secrets, editable);
    const session = await withAccountTerms(terms, async () =>
      service.connect(account, secrets, createClients(terms, await http())),
    );
    return cleanSession(session, knownSecrets, terms);
  }

  #drop(id: string): void {
    const open = this.#open.get(id);
    this.#open.delete(id);
    open?.then(
      (session) => {
        session.dispose();
      },
      () => undefined, // The caller of `of` gets the error.
    );
  }
}
