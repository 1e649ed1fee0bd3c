import * as l10n from '@vscode/l10n';
import type { HttpClientFactory } from '../../http/client';
import { accountPath } from '../path';
import type { Account, Glossary, Resource, Secrets, Service, Session, Field, SignInMethod } from '../service';
import type { TokenSource } from '../tokens';
import { readError } from './errors';
import { Operations } from './operations';
import { CjaSession } from './session';
import { readProof, readSettings } from './settings';
import { options, signInMethods } from './signIn';
import { tokenSource } from './token';
import { Transport } from './transport';

/** Adobe's limit for each user of the API (CJA API FAQ): 12 requests in any 6 seconds. */
const RATE_LIMIT = { requests: 12, interval: 6000 } as const;

/** Adobe Customer Journey Analytics. Its texts are made when they are asked for, for the language is known late. */
export const cja: Service = {
  id: 'cja',
  title: 'Adobe Customer Journey Analytics',
  get signIn(): readonly SignInMethod[] {
    return signInMethods();
  },
  get options(): readonly Field[] {
    return options();
  },
  get glossaries(): readonly Glossary[] {
    return [{ id: 'dataSourceTypes', title: l10n.t('Data Source Types') }];
  },
  connect,
};

function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): Session {
  const settings = readSettings(account);
  const proof = readProof(secrets);
  const http = createClient({
    origins: [settings.endpoint, settings.imsEndpoint],
    rateLimit: RATE_LIMIT,
    secrets: () => tokens.secrets(),
    readError,
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
