import type { HttpClientFactory } from '../../http/client';
import { accountPath } from '../path';
import type { Account, Resource, Secrets } from '../service';
import type { TokenSource } from '../tokens';
import { readError } from './errors';
import { Operations } from './operations';
import { CjaSession } from './session';
import { readProof, readSettings } from './settings';
import { origins } from './signIn';
import { tokenSource } from './token';
import { Transport } from './transport';

/** Adobe's limit for each user of the API (CJA API FAQ): 12 requests in any 6 seconds. */
const RATE_LIMIT = { requests: 12, interval: 6000 } as const;

/**
 * Opens a session. Makes no request.
 * @throws HttpError kind `rejected` where settings or secrets are unusable.
 */
export function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): CjaSession {
  const settings = readSettings(account);
  const proof = readProof(secrets);
  const http = createClient({
    origins: origins(account.settings),
    rateLimit: RATE_LIMIT,
    secrets: () => tokens.secrets(),
    readError: (response) => readError(response, 'accessToken' in proof),
  });
  const tokens: TokenSource = tokenSource(settings, proof, http);
  return new CjaSession(
    accountResource(account),
    settings,
    new Operations(new Transport(settings, tokens, http)),
    http,
  );
}

function accountResource({ id, name }: Account): Resource {
  return { path: accountPath(id), kind: 'account', id, label: name, hasChildren: true };
}
