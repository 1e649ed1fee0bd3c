import type { Secrets, SignIn } from '../../core/services/contract/signIn';
import { isTextList, toMembers, parseMembers, toTexts, type StoredAccount } from './storedAccount';

/** What is saved in place of a secret that comes from a source of the setting `secretSources`. */
const REFERENCE = /^\$\{source:([^{}]*)\}$/;

/** The text that is saved in place of a secret from a source. */
export function sourceReference(name: string): string {
  return `\${source:${name}}`;
}

/** The name of the source of a saved secret; undefined if it is the secret itself. */
export function sourceNameIn(secret: string): string | undefined {
  return REFERENCE.exec(secret.trim())?.[1];
}

/** True if some of the secrets come from sources. */
export function hasReference(secrets: Secrets): boolean {
  return Object.values(secrets).some((secret) => sourceNameIn(secret) !== undefined);
}

/**
 * The member of an entry that contains its binding as JSON text. All other members are secrets by field key. Version
 * 0.1.0 stored only secrets, and can read entries of this version because every member is a text.
 */
const BINDING_KEY = '@binding';

/** Secrets and what they may be used for. */
export interface BoundSecrets {
  /** `StoredAccount.secretRevision` of the account they were saved with. */
  readonly revision: string;
  /** Permitted addresses: `SignIn.origins` of that account. */
  readonly origins: readonly string[];
  readonly secrets: Secrets;
}

/** Binds the secrets of an entry to their account. */
export interface SecretBinding extends Omit<BoundSecrets, 'secrets'> {
  /** The VS Code profile of the account. All profiles share one SecretStorage. */
  readonly profile: string;
  /** In milliseconds since 1970. */
  readonly writtenAt: number;
  /** Secrets of a change whose account is not saved yet. */
  readonly next?: BoundSecrets;
}

/** A SecretStorage entry: the secrets of one account. */
interface SecretEntry {
  readonly secrets: Secrets;
  /** Absent in entries of version 0.1.0. */
  readonly binding?: SecretBinding;
}

/** What secrets must match to be used with an account. */
export interface SecretUse {
  /** Absent for accounts saved by version 0.1.0, which accept any secrets for their origins. */
  readonly revision: string | undefined;
  readonly origins: readonly string[];
}

/** Parses a SecretStorage text. @returns undefined if it is damaged or missing. */
export function parseSecretEntry(text: string | undefined): SecretEntry | undefined {
  const members = toTexts(parseMembers(text));
  if (!members) return undefined;
  const { [BINDING_KEY]: bindingText, ...secrets } = members;
  if (bindingText === undefined) return { secrets };
  const binding = parseBinding(bindingText);
  return binding && { secrets, binding };
}

function parseBinding(text: string): SecretBinding | undefined {
  const { revision, origins, profile, writtenAt, ...others } = parseMembers(text) ?? {};
  if (typeof revision !== 'string' || !isTextList(origins)) return undefined;
  if (typeof profile !== 'string' || typeof writtenAt !== 'number') return undefined;
  const binding = { revision, origins, profile, writtenAt };
  if (!('next' in others)) return binding;
  const next = readBound(others.next);
  return next && { ...binding, next };
}

function readBound(value: unknown): BoundSecrets | undefined {
  const { revision, origins, secrets: given } = toMembers(value) ?? {};
  const secrets = toTexts(given);
  return typeof revision === 'string' && isTextList(origins) && secrets
    ? { revision, origins, secrets }
    : undefined;
}

/** Formats an entry for SecretStorage. */
export function formatSecretEntry({ secrets, binding }: Required<SecretEntry>): string {
  return JSON.stringify({ ...secrets, [BINDING_KEY]: JSON.stringify(binding) });
}

/** @returns the secrets of an entry that the account may use, or undefined if none match. */
export function findSecrets(
  { secrets, binding }: SecretEntry,
  { revision, origins }: SecretUse,
): Secrets | undefined {
  if (!binding) return revision === undefined ? secrets : undefined;
  const { next } = binding;
  const wanted = revision ?? binding.revision;
  const candidates: readonly BoundSecrets[] = [{ ...binding, secrets }, ...(next ? [next] : [])];
  return candidates.find((each) => each.revision === wanted && sameOrigins(each.origins, origins))?.secrets;
}

/**
 * Binds secrets to an account as given. They can only be used with it.
 * @throws HttpError kind `rejected` if an address of the account is unusable.
 */
export function bindSecrets(stored: StoredAccount, secrets: Secrets, { origins }: SignIn): BoundSecrets {
  const { secretRevision: revision = stored.revision, settings } = stored;
  return { revision, origins: [...origins(settings)], secrets };
}

/** @throws HttpError kind `rejected` if an address of the account is unusable. */
export function toSecretUse({ secretRevision, settings }: StoredAccount, { origins }: SignIn): SecretUse {
  return { revision: secretRevision, origins: origins(settings) };
}

/** Like `toSecretUse`, for an account that may be unusable, which may be why it is being edited. */
export function toUseBefore(stored: StoredAccount, signIn: SignIn): SecretUse {
  try {
    return toSecretUse(stored, signIn);
  } catch {
    return { revision: stored.secretRevision, origins: [] };
  }
}

/** True if the secrets of an account may be used after a change of its settings. */
export function keepsOrigins(before: StoredAccount, after: StoredAccount, signIn: SignIn): boolean {
  return after.sample || sameOrigins(toUseBefore(before, signIn).origins, signIn.origins(after.settings));
}

/** True if each secret is sent to the same place with both, see `SignIn.origins`. */
export function sameOrigins(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((origin, at) => origin === other[at]);
}

/** True if secrets that may be sent to the origins in `permitted` may be sent to those in `used`: none is another. */
export function coversOrigins(permitted: readonly string[], used: readonly string[]): boolean {
  return sameOrigins(permitted.slice(0, used.length), used);
}
