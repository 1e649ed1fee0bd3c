import * as l10n from '@vscode/l10n';
import type { HttpClientFactory } from '../../http/client';
import type { Account, Field, Glossary, Secrets, Service, SignInMethod } from '../service';
import { readError } from './errors';
import { Operations } from './operations';
import { KrenalisSession } from './session';
import { readKey, readSettings } from './settings';
import { options, signInMethods } from './signIn';
import { Transport } from './transport';

/** The service, whose sessions can do what Krenalis alone knows, such as asking an application for its user's consent. */
export interface KrenalisService extends Service {
  connect(account: Account, secrets: Secrets, http: HttpClientFactory): KrenalisSession;
}

/**
 * Krenalis, at any installation. Its texts are made when they are asked for, for the language is known late.
 * No rate limit is set: the service's own is generous (60 to 20,000 requests a minute, by organization), and its 429
 * says how long to wait.
 */
export const krenalis: KrenalisService = {
  id: 'krenalis',
  title: 'Krenalis',
  get signIn(): readonly SignInMethod[] {
    return signInMethods();
  },
  get options(): readonly Field[] {
    return options();
  },
  get glossaries(): readonly Glossary[] {
    return [{ id: 'connectors', title: l10n.t('Connectors') }];
  },
  connect,
};

function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): KrenalisSession {
  const settings = readSettings(account);
  const key = readKey(secrets);
  const http = createClient({
    origins: [settings.endpoint],
    secrets: () => transport.secrets(),
    readError,
  });
  const transport: Transport = new Transport(settings, key, http);
  return new KrenalisSession(settings, new Operations(transport), http);
}
