import type { HttpClientFactory } from '../../http/client';
import type { Account, Secrets } from '../service';
import { readError } from './errors';
import { Operations } from './operations';
import { KrenalisSession } from './session';
import { readKey, readSettings } from './settings';
import { origins } from './signIn';
import { Transport } from './transport';

/**
 * Opens a session. Makes no request.
 * @throws HttpError kind `rejected` where settings or secrets are unusable.
 */
export function connect(
  account: Account,
  secrets: Secrets,
  createClient: HttpClientFactory,
): KrenalisSession {
  const settings = readSettings(account);
  const key = readKey(secrets);
  const http = createClient({
    origins: origins(account.settings),
    secrets: () => transport.secrets(),
    readError,
  });
  const transport: Transport = new Transport(settings, key, http);
  return new KrenalisSession(settings, new Operations(transport), http);
}
