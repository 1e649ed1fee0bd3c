import type { Account } from '../../core/services/contract/signIn';

/** An account in globalState, under a key that contains its ID. */
export interface StoredAccount extends Omit<Account, 'id'> {
  /** Changes with every change of the account. */
  readonly revision: string;
  /** The revision that its secrets were saved with. Absent for sample accounts and those saved by version 0.1.0. */
  readonly secretRevision?: string;
}

/** Prefix of account keys in globalState. */
export const keyPrefix = 'account:';

/** The part of globalState that is read. */
interface State {
  keys(): readonly string[];
  get(key: string): unknown;
}

/** All accounts, sorted by name, then ID. Invalid entries are skipped. */
export function listAccounts(state: State): readonly Account[] {
  return storedAccounts(state)
    .map(([id, stored]) => toAccount(id, stored))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }) || (a.id < b.id ? -1 : 1));
}

/** All accounts by their IDs. Invalid entries are skipped. */
export function storedAccounts(state: State): readonly (readonly [string, StoredAccount])[] {
  const keys = state.keys().filter((key) => key.startsWith(keyPrefix));
  return keys.flatMap((key) => {
    const stored = readAccount(state.get(key));
    return stored ? [[key.slice(keyPrefix.length), stored] as const] : [];
  });
}

/** Parses a globalState value. @returns undefined if it is not an account. */
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

/** Removes what only the storage needs. */
export function toAccount(id: string, stored: StoredAccount): Account {
  const { service, name, production, sample, settings } = stored;
  return { id, service, name, production, sample, settings };
}

/**
 * Decoding of stored values. Accounts are read before the first row is drawn, so without Valibot, which would be a
 * tenth of what activation loads.
 */

/** The members of an object by name. */
export type Members = Readonly<Record<string, unknown>>;

/** @returns undefined if the value is not an object. */
export function toMembers(value: unknown): Members | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? { ...value } : undefined;
}

/** @returns undefined if the text is not the JSON of an object. */
export function parseMembers(text: unknown): Members | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return toMembers(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Copies an object whose members are all texts. @returns undefined for anything else. */
export function toTexts(value: unknown): Readonly<Record<string, string>> | undefined {
  const members = toMembers(value);
  return members && isTextMap(members) ? members : undefined;
}

/** True for a list of texts. */
export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isTextMap(members: Members): members is Readonly<Record<string, string>> {
  return Object.values(members).every((member) => typeof member === 'string');
}
