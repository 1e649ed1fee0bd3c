import type { Secrets } from '../../core/services/contract/signIn';
import { isTextList, toMembers, parseMembers, toTexts } from './storedAccount';

/**
 * The member of an entry that holds its binding, as JSON text. All others are secrets by field key. Version 0.1.0 stored
 * nothing else, and can read entries of this version because every member is a text.
 */
const BINDING_KEY = '@binding';

/** Secrets, with what they may be used for. */
export interface BoundSecrets {
  /** `StoredAccount.secretRevision` of the account that they were saved with. */
  readonly revision: string;
  /** Where they may be sent: `Service.origins` of that account. */
  readonly origins: readonly string[];
  readonly secrets: Secrets;
}

/** What binds the secrets of an entry to their account. */
export interface SecretBinding extends Omit<BoundSecrets, 'secrets'> {
  /** The profile of VS Code whose account it is: all profiles share one SecretStorage. */
  readonly profile: string;
  /** In milliseconds since 1970. */
  readonly writtenAt: number;
  /** The secrets of a change whose account is not saved yet. */
  readonly next?: BoundSecrets;
}

/** An entry of SecretStorage: the secrets of one account. */
export interface SecretEntry {
  readonly secrets: Secrets;
  /** Absent in entries of version 0.1.0, which did not say what they belong to. */
  readonly binding?: SecretBinding;
}

/** What an account asks of secrets: that they were saved with it, and for the same places. */
export interface SecretUse {
  /** Absent if the account was saved by version 0.1.0: any secrets for its origins are its own then. */
  readonly revision: string | undefined;
  readonly origins: readonly string[];
}

/** Decodes a text of SecretStorage. @returns undefined if it is damaged or missing. */
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

/** The entry as a text of SecretStorage. */
export function formatSecretEntry({ secrets, binding }: Required<SecretEntry>): string {
  return JSON.stringify({ ...secrets, [BINDING_KEY]: JSON.stringify(binding) });
}

/** @returns the secrets of an entry that an account may use, or undefined if none of them belong to it. */
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

/** True if each secret goes to the same place with both: see `Service.origins`. */
export function sameOrigins(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((origin, at) => origin === other[at]);
}
