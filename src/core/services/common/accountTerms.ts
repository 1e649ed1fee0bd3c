import type { HttpClientFactory } from '../../http/types';
import { type AccountTerms, HttpError } from '../../http/errors';
import type { LoadedService, Service } from '../contract/service';
import type { SignIn, SignInMethod, Secrets, Account } from '../contract/signIn';

/** The service with its sign-in. */
export async function loadService(service: Service): Promise<LoadedService> {
  return { ...service, ...(await service.loadSignIn()) };
}

/** The sign-in method of an account: the first whose secrets are all present. Undefined if there is none. */
function findSignInMethod({ methods }: SignIn, secrets: Secrets): SignInMethod | undefined {
  const has = (key: string): boolean => (secrets[key] ?? '') !== '';
  return methods.find(({ fields }) => fields.every(({ secret, key }) => !secret || has(key)));
}

/**
 * The terms of an account for messages, including the fields of its form that they may name.
 * @param id of an account that can be edited.
 */
export function accountTerms(
  service: LoadedService,
  { name, settings }: Pick<Account, 'name' | 'settings'>,
  secrets: Secrets,
  id?: string,
): AccountTerms {
  const method = findSignInMethod(service, secrets);
  const fields = [...(method?.fields ?? []), ...service.options];
  const addresses = fields.filter(({ secret, key, optional, default: standard }) => {
    // An optional address is the service's own unless the user entered one.
    const value = settings[key] ?? (optional ? undefined : standard);
    return !secret && value !== undefined && /^https?:/i.test(value.trim());
  });
  return {
    ...{ id, name, service: service.title, hasPages: service.hasPages },
    secrets: (method?.fields ?? []).filter(({ secret }) => secret).map(({ label }) => label),
    addresses: addresses.map(({ label }) => label),
  };
}

/** Attributes failures of the work to an account. @throws what the work throws. */
export async function withAccountTerms<T>(account: AccountTerms, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof HttpError ? error.ofAccount(account) : error;
  }
}

/** Creates clients whose failures are attributed to an account. */
export function createClients(account: AccountTerms, create: HttpClientFactory): HttpClientFactory {
  return (options) => {
    const client = create(options);
    return {
      send: (...request) => withAccountTerms(account, () => client.send(...request)),
      dispose: () => {
        client.dispose();
      },
    };
  };
}
