import type { HttpClientFactory } from '../../http/types';
import { type AccountTerms, HttpError } from '../../http/errors';
import type { Service } from '../contract/service';
import type { SignInMethod, Secrets, Account } from '../contract/signIn';

/** The way that an account signs in: the first whose secrets are all there. Undefined where there is none. */
export function findSignInMethod({ signIn }: Service, secrets: Secrets): SignInMethod | undefined {
  const has = (key: string): boolean => (secrets[key] ?? '') !== '';
  return signIn.find(({ fields }) => fields.every(({ secret, key }) => !secret || has(key)));
}

/**
 * What messages call an account, and the fields of its form that they may name.
 * @param id of an account that can be edited.
 */
export function accountTerms(
  service: Service,
  { name, settings }: Pick<Account, 'name' | 'settings'>,
  secrets: Secrets,
  id?: string,
): AccountTerms {
  const method = findSignInMethod(service, secrets);
  const fields = [...(method?.fields ?? []), ...service.options];
  const addresses = fields.filter(({ secret, key, optional, default: standard }) => {
    // An address that nobody has to enter is the service's own until somebody does.
    const value = settings[key] ?? (optional ? undefined : standard);
    return !secret && value !== undefined && /^https?:/i.test(value.trim());
  });
  return {
    ...{ id, name, service: service.title, hasPages: service.hasPages },
    secrets: (method?.fields ?? []).filter(({ secret }) => secret).map(({ label }) => label),
    addresses: addresses.map(({ label }) => label),
  };
}

/** Does work whose failures say whose account they are about. @throws what the work throws. */
export async function withAccountTerms<T>(account: AccountTerms, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof HttpError ? error.ofAccount(account) : error;
  }
}

/** Makes clients whose failures say whose account they are about. */
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
