import type { HttpClientFactory } from '../../http/client';
import type { Account, Field, Glossary, Secrets, Service, Session, SignInMethod } from '../service';
import { readError } from './errors';
import { DatadogSession } from './session';
import { readProof, readSettings } from './settings';
import { options, signInMethods } from './signIn';

/** Datadog Product Analytics. Its texts are made when they are asked for, for the language is known late. */
export const datadog: Service = {
  id: 'datadog',
  title: 'Datadog Product Analytics',
  get signIn(): readonly SignInMethod[] {
    return signInMethods();
  },
  get options(): readonly Field[] {
    return options();
  },
  get glossaries(): readonly Glossary[] {
    return [];
  },
  connect,
};

/** No rate limit is published for these operations: what is refused with 429 is waited for, see `http/retry.ts`. */
function connect(account: Account, secrets: Secrets, createClient: HttpClientFactory): Session {
  const settings = readSettings(account);
  const proof = readProof(secrets);
  const http = createClient({
    origins: [settings.endpoint],
    secrets: () => Object.values(proof),
    readError,
  });
  return new DatadogSession(settings, proof, http);
}
