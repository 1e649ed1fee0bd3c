import { createHttpClient } from '../../../src/core/http/client';
import { accountPath } from '../../../src/core/services/contract/path';
import { findService } from '../../../src/core/services/registry';
import type { Resource } from '../../../src/core/services/contract/resource';
import { startSampleService } from '../../../src/sample/server';
import { readAll } from '../../support/harness/cja';
import { targets } from '../../support/stage';

/** What the sample answers to the requests of one service: bodies by method and path, queries left out. */
export type Corpus = ReadonlyMap<string, string>;

/** The request without what may differ from one time to the next. */
export function keyOf(method: string, path: string): string {
  return `${method} ${path.split('?', 1)[0] ?? ''}`;
}

/** Goes through everything that a session can be asked of a small sample, and keeps the answers. */
export async function recordCorpus(service: string): Promise<Corpus> {
  const sample = await startSampleService({
    ...{ rate: 0, connections: 3, datasets: 2, backfills: 2, dataViews: 2, krenalisConnections: 3 },
    immuta: { databases: 1, schemas: 1, tables: 2, tasks: 2, runs: 2 },
  });
  const bodies = new Map<string, string>();
  const target = targets.find(({ id }) => id === service);
  const known = findService(service);
  if (!target || !known) throw new Error(`No service ${service}`);
  const { settings, secrets } = target.signIn(sample);
  const account = { id: service, service, name: service, production: false, sample: false };
  const session = await known.connect(
    { ...account, settings: { ...settings } },
    { ...secrets },
    (options) => {
      const client = createHttpClient(
        { ...options, rateLimit: { requests: 10_000, interval: 1 } },
        { log: () => undefined },
      );
      return {
        send: async (request, call) => {
          const response = await client.send(request, call);
          bodies.set(keyOf(request.method, request.path), response.text);
          return response;
        },
        dispose: () => {
          client.dispose();
        },
      };
    },
  );
  const path = accountPath(service);
  const rows: Resource[] = [{ path, kind: 'account', id: service, label: service, hasChildren: true }];
  await session.verify({});
  // The list grows while it is gone through.
  for (const row of rows) {
    if (row.kind !== 'account' && row.kind !== 'problem') await session.read(row, {}).catch(() => '');
    if (row.hasChildren) rows.push(...(await readAll(session, row)).map(({ resource }) => resource));
  }
  session.dispose();
  await sample.close();
  return bodies;
}
