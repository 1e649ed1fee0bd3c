/** The only way in which tests start a sample service and sign in to it. */
import { createHttpClient } from '../../src/core/http/client';
import type { HttpClientDependencies } from '../../src/core/http/dependencies';
import type { HttpClientFactory } from '../../src/core/http/types';
import { Emitter } from '../../src/core/base/emitter';
import { connect as connectCja, type CjaSession } from '../../src/core/services/cja/session';
import { connect as connectDatadog } from '../../src/core/services/datadog/session';
import { connect as connectImmuta } from '../../src/core/services/immuta/session';
import { connect as connectKrenalis, type KrenalisSession } from '../../src/core/services/krenalis/session';
import { accountPath } from '../../src/core/services/contract/path';
import type { Session } from '../../src/core/services/contract/service';
import type { Account, Secrets } from '../../src/core/services/contract/signIn';
import type { Resource } from '../../src/core/services/contract/resource';
import { Store } from '../../src/core/store/store';
import type { SampleOptions } from '../../src/sample/common/options';
import {
  startSampleService,
  type Credentials,
  type SampleService,
  type SampleServiceId,
} from '../../src/sample/server';

/** The session type of each service. */
export interface Sessions extends Readonly<Record<SampleServiceId, Session>> {
  readonly cja: CjaSession;
  readonly krenalis: KrenalisSession;
}

type Connects = {
  readonly [Id in SampleServiceId]: (
    account: Account,
    secrets: Secrets,
    createClient: HttpClientFactory,
  ) => Sessions[Id];
};

const CONNECTS: Connects = {
  cja: connectCja,
  datadog: connectDatadog,
  krenalis: connectKrenalis,
  immuta: connectImmuta,
};

/** The IDs of all services. */
export const SERVICE_IDS: readonly SampleServiceId[] = Object.keys(CONNECTS).filter(isServiceId);

function isServiceId(id: string): id is SampleServiceId {
  return Object.hasOwn(CONNECTS, id);
}

/** The path of the account of every session that {@link connectTo} opens. */
export const ACCOUNT_PATH = accountPath('a1');

/** The row of that account. */
export const accountRow: Resource = {
  ...{ path: ACCOUNT_PATH, kind: 'account', id: 'a1', label: 'Test', hasChildren: true },
};

export function accountOfService(service: string, settings: Credentials['settings']): Account {
  return { id: 'a1', service, name: 'Test', production: false, sample: false, settings };
}

/** One whose ID and name are those of its service, so that accounts of several services differ. */
export function accountNamedAfter(service: string, settings: Credentials['settings']): Account {
  return { ...accountOfService(service, settings), id: service, name: service };
}

/** A session of a service at any origin. It never waits, neither before retries nor for a rate limit. */
export function connectTo<Id extends SampleServiceId>(
  service: Id,
  { settings, secrets }: Credentials,
  dependencies: Partial<HttpClientDependencies> = {},
): Sessions[Id] {
  return CONNECTS[service](accountOfService(service, settings), secrets, (options) =>
    createHttpClient(
      { ...options, rateLimit: { requests: 10_000, interval: 1 } },
      { log: () => undefined, sleep: () => Promise.resolve(), ...dependencies },
    ),
  );
}

/** A store with one account. */
export function createStore(account: Account, session: Promise<Session>, pageSize = 100): Store {
  return new Store(
    {
      list: () => [account],
      session: () => session,
      onDidChange: new Emitter<readonly string[]>().event,
    },
    () => pageSize,
  );
}

/** The settings with which an account for the sample of Adobe CJA asks it for batches. */
export function withBatches({ origin }: SampleService): Credentials['settings'] {
  return { batches: 'on', platformEndpoint: origin };
}

/** For a sample in which no time passes: its runs are the same in every answer. */
export function stopped(): Pick<SampleOptions, 'now'> {
  const now = Date.now();
  return { now: () => now };
}

/** Differences from an account that a user adds with the credentials of the sample. */
export interface AccountOptions {
  /** Added to, or replacing, those of the sample. */
  readonly settings?: Credentials['settings'] | ((sample: SampleService) => Credentials['settings']);
  /** Replace all of the sample's. */
  readonly secrets?: Credentials['secrets'] | ((sample: SampleService) => Credentials['secrets']);
  /** Of the HTTP client. */
  readonly dependencies?: Partial<HttpClientDependencies>;
  /** Items per request of the store. */
  readonly pageSize?: number;
}

/** A sample service, and an account that is signed in to one of the services that it simulates. */
export interface StartedService<Id extends SampleServiceId = SampleServiceId> extends AsyncDisposable {
  readonly sample: SampleService;
  readonly account: Account;
  readonly session: Sessions[Id];
  readonly store: Store;
  /** The log entries of the client, as JSON. */
  readonly log: string[];
  /** Requested paths since the start or the last `clearRequests`, without queries. */
  paths(): readonly string[];
  /** The same with their methods: `GET /v1/connections`. */
  asked(): readonly string[];
}

/**
 * Starts a sample service, without a rate limit unless one is given, and signs in to it.
 * @throws what signing in throws; the sample is closed then
 */
export async function startService<Id extends SampleServiceId>(
  service: Id,
  sampleOptions: SampleOptions = {},
  { settings, secrets, dependencies, pageSize }: AccountOptions = {},
): Promise<StartedService<Id>> {
  const sample = await startSampleService({ rate: 0, ...sampleOptions });
  const given = sample.credentials(service);
  const credentials: Credentials = {
    settings: { ...given.settings, ...(typeof settings === 'function' ? settings(sample) : settings) },
    secrets: (typeof secrets === 'function' ? secrets(sample) : secrets) ?? given.secrets,
  };
  const account = accountOfService(service, credentials.settings);
  const log: string[] = [];
  try {
    const session = connectTo(service, credentials, {
      log: (entry) => log.push(JSON.stringify(entry)),
      ...dependencies,
    });
    const store = createStore(account, Promise.resolve(session), pageSize);
    return {
      ...{ sample, account, session, store, log },
      paths: () => sample.requests.map(({ path }) => path),
      asked: () => sample.requests.map(({ method, path }) => `${method} ${path}`),
      [Symbol.asyncDispose]: async () => {
        store.dispose();
        session.dispose();
        await sample.close();
      },
    };
  } catch (error) {
    await sample.close();
    throw error;
  }
}
