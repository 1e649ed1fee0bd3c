import type { HttpClientFactory } from '../../http/client';
import type { Account, Field, Secrets, Service, Session, SignInMethod } from '../service';
import type { TokenSource } from '../tokens';
import { readError } from './errors';
import { Operations } from './operations';
import { ImmutaSession } from './session';
import { readProof, readSettings } from './settings';
import { options, signInMethods } from './signIn';
import { tokenSource } from './token';
import { Transport } from './transport';

/** Immuta, by its Connections API. Its texts are made when they are asked for, for the language is known late. */
export const immuta: Service = {
  id: 'immuta',
  title: 'Immuta',
  get signIn(): readonly SignInMethod[] {
    return signInMethods();
  },
  get options(): readonly Field[] {
    return options();
  },
  glossaries: [],
  connect,
};

/** Immuta documents no rate limit. */
function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): Session {
  const settings = readSettings(account);
  const proof = readProof(secrets);
  const http = createClient({
    origins: [settings.endpoint],
    secrets: () => tokens.secrets(),
    readError,
  });
  const tokens: TokenSource = tokenSource(settings, proof, http);
  return new ImmutaSession(settings, new Operations(new Transport(settings.endpoint, tokens, http)), http);
}
