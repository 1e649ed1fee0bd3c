import * as v from 'valibot';
import type { Account } from '../services/service';
import { textMap } from './textMap';

const storedAccount = v.object({
  service: v.string(),
  name: v.pipe(v.string(), v.minLength(1)),
  production: v.boolean(),
  sample: v.boolean(),
  settings: textMap,
  /** Changes with every change of the account. */
  revision: v.string(),
  /** The revision that its secrets were saved with. Absent for sample accounts and those that version 0.1.0 saved. */
  secretRevision: v.exactOptional(v.string()),
});

/** An account as globalState holds it, below a key that carries its id. */
export type StoredAccount = v.InferOutput<typeof storedAccount>;

/** Checks a value of globalState. @returns undefined where it is not an account. */
export function readAccount(value: unknown): StoredAccount | undefined {
  const result = v.safeParse(storedAccount, value);
  return result.success ? result.output : undefined;
}

/** The account without what only the storage needs. */
export function accountOf(id: string, stored: StoredAccount): Account {
  const { service, name, production, sample, settings } = stored;
  return { id, service, name, production, sample, settings };
}
