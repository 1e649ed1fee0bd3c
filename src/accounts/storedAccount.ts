import * as v from 'valibot';
import type { Account, Secrets } from '../services/service';

const textMap = v.pipe(
  v.unknown(),
  // To a record, an array is an object like any other.
  v.check((value) => !Array.isArray(value)),
  v.record(v.string(), v.string()),
);

const storedAccount = v.object({
  service: v.string(),
  name: v.pipe(v.string(), v.minLength(1)),
  production: v.boolean(),
  sample: v.boolean(),
  settings: textMap,
  revision: v.string(),
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

/** Checks a text of SecretStorage. @returns undefined where it is not a JSON object of texts. */
export function readSecrets(text: string | undefined): Secrets | undefined {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), textMap), text);
  return result.success ? result.output : undefined;
}
