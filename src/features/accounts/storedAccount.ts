import type { Account } from '../../core/services/contract/signIn';

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

/**
 * Parts for decoding what this extension has stored. Accounts are read before the first row is drawn: without Valibot,
 * which is a tenth of all that activation would load.
 */

/** Members of an object, by name. */
export type Members = Readonly<Record<string, unknown>>;

/** @returns undefined for what is no object. */
export function toMembers(value: unknown): Members | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? { ...value } : undefined;
}

/** @returns undefined for what is no JSON text of an object. */
export function parseMembers(text: unknown): Members | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return toMembers(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A copy of an object whose members are all texts; undefined for anything else. */
export function toTexts(value: unknown): Readonly<Record<string, string>> | undefined {
  const members = toMembers(value);
  return members && isTextMap(members) ? members : undefined;
}

/** True for a list whose items are all texts. */
export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isTextMap(members: Members): members is Readonly<Record<string, string>> {
  return Object.values(members).every((member) => typeof member === 'string');
}
