import { createHttpClient } from '../../src/core/http/client';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { accountPath } from '../../src/core/services/contract/path';
import { services } from '../../src/core/services/registry';
import type { Session } from '../../src/core/services/contract/service';
import type { Account } from '../../src/core/services/contract/signIn';
import type { Resource } from '../../src/core/services/contract/resource';
import { signInTo, type SignIn } from './sampleSignIns';
import { readAll } from './harness/cja';

/** Every service of the registry, signed in to one small sample. */
export interface EveryService extends AsyncDisposable {
  readonly sample: SampleService;
  readonly sessions: readonly Signed[];
}

/** A session with the row of its account. */
export interface Signed {
  readonly service: string;
  readonly session: Session;
  readonly account: Resource;
}

/** Starts a sample in which each kind of row is there, and not often. */
export async function startEveryService(): Promise<EveryService> {
  const sample = await startSampleService({
    rate: 0,
    connections: 4,
    dataViews: 1,
    immuta: { databases: 1, schemas: 1, tables: 1, tasks: 1, runs: 2 },
  });
  const sessions = await Promise.all(services.map(({ id }) => signIn(signInTo(id, sample))));
  return {
    sample,
    sessions,
    [Symbol.asyncDispose]: async () => {
      for (const { session } of sessions) session.dispose();
      await sample.close();
    },
  };
}

/** All rows of an account, the account first. */
export async function everyRow({ session, account }: Signed): Promise<readonly Resource[]> {
  const rows: Resource[] = [account];
  // The list grows while it is gone through.
  for (const row of rows) {
    if (!row.hasChildren) continue;
    rows.push(...(await readAll(session, row)).map(({ resource }) => resource));
  }
  return rows;
}

async function signIn({ service, settings, secrets }: SignIn): Promise<Signed> {
  const known = services.find(({ id }) => id === service);
  if (!known) throw new Error(`No service ${service}`);
  const given: Account = {
    id: service,
    service,
    name: service,
    production: false,
    sample: false,
    settings,
  };
  const session = await known.connect(given, secrets, (options) =>
    createHttpClient(
      { ...options, rateLimit: { requests: 10_000, interval: 1 } },
      { log: () => undefined, sleep: () => Promise.resolve() },
    ),
  );
  const path = accountPath(service);
  return {
    service,
    session,
    account: { path, kind: 'account', id: service, label: service, hasChildren: true },
  };
}
