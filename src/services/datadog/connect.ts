import type { HttpClientFactory } from '../../http/client';
import type { Account, Secrets, Session } from '../service';
import { readError } from './errors';
import { DatadogSession } from './session';
import { readProof, readSettings } from './settings';
import { origins } from './signIn';

/**
 * Opens a session. Makes no request. No rate limit is published for these operations: what is refused with 429 is waited for, see `http/retry.ts`.
 * @throws HttpError kind `rejected` where settings or secrets are unusable.
 */
export function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): Session {
  const settings = readSettings(account);
  const proof = readProof(secrets);
  const http = createClient({
    origins: origins(account.settings),
    secrets: () => Object.values(proof),
    readError: (response) =>
      readError(response, { withKeys: 'apiKey' in proof, hasSite: settings.site !== undefined }),
  });
  return new DatadogSession(settings, proof, http);
}
