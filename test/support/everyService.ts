import { startSampleService, type SampleService } from '../../src/sample/server';
import type { Session } from '../../src/core/services/contract/service';
import type { Resource } from '../../src/core/services/contract/resource';
import { accountRow, connectTo, SERVICE_IDS } from './service';
import { readAll } from './rows';

/** Sessions of all services, signed in to one small sample. */
export interface EveryService extends AsyncDisposable {
  readonly sample: SampleService;
  readonly sessions: readonly Signed[];
}

/** A session with its account's row. */
export interface Signed {
  readonly service: string;
  readonly session: Session;
  readonly account: Resource;
}

/** Starts a sample that contains each kind of row, but only a few of each. */
export async function startEveryService(): Promise<EveryService> {
  const sample = await startSampleService({
    rate: 0,
    connections: 4,
    dataViews: 1,
    immuta: { databases: 1, schemas: 1, tables: 1, tasks: 1, runs: 2 },
  });
  const sessions = SERVICE_IDS.map((service) => ({
    service,
    session: connectTo(service, sample.credentials(service)),
    account: accountRow,
  }));
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
  // The list grows during the iteration.
  for (const row of rows) {
    if (!row.hasChildren) continue;
    rows.push(...(await readAll(session, row)).map(({ resource }) => resource));
  }
  return rows;
}
