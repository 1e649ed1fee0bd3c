import type { Account } from '../../core/services/contract/signIn';
import { toMembers, toTexts } from './members';

/** An account as globalState holds it, below a key that carries its id. */
export interface StoredAccount extends Omit<Account, 'id'> {
  /** Changes with every change of the account. */
  readonly revision: string;
  /** The revision that its secrets were saved with. Absent for sample accounts and those that version 0.1.0 saved. */
  readonly secretRevision?: string;
}

/** Checks a value of globalState. @returns undefined where it is not an account. */
export function readAccount(value: unknown): StoredAccount | undefined {
  const { service, name, production, sample, revision, ...others } = toMembers(value) ?? {};
  const settings = toTexts(others.settings);
  if (typeof service !== 'string' || typeof name !== 'string' || name === '') return undefined;
  if (typeof production !== 'boolean' || typeof sample !== 'boolean') return undefined;
  if (typeof revision !== 'string' || !settings) return undefined;
  const account = { service, name, production, sample, settings, revision };
  if (!('secretRevision' in others)) return account;
  const { secretRevision } = others;
  return typeof secretRevision === 'string' ? { ...account, secretRevision } : undefined;
}

/** The account without what only the storage needs. */
export function toAccount(id: string, stored: StoredAccount): Account {
  const { service, name, production, sample, settings } = stored;
  return { id, service, name, production, sample, settings };
}
