import type { HttpClientFactory } from '../../http/client';
import type { Account, Secrets, Session } from '../service';
import type { TokenSource } from '../tokens';
import { readError } from './errors';
import { Operations } from './operations';
import { ImmutaSession } from './session';
import { readProof, readSettings } from './settings';
import { origins } from './signIn';
import { tokenSource } from './token';
import { Transport } from './transport';

/**
 * Opens a session. Makes no request. Immuta documents no rate limit.
 * @throws HttpError kind `rejected` where settings or secrets are unusable.
 */
export function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): Session {
  const settings = readSettings(account);
  const proof = readProof(secrets);
  const http = createClient({
    origins: origins(account.settings),
    secrets: () => tokens.secrets(),
    readError: (response) => readError(response, 'token' in proof),
  });
  const tokens: TokenSource = tokenSource(settings, proof, http);
  return new ImmutaSession(settings, new Operations(new Transport(settings.endpoint, tokens, http)), http);
}
