import { Readable } from 'node:stream';
import { nodeFetch, type Fetch } from '../../../src/core/http/fetch';
import type { Resource } from '../../../src/core/services/contract/resource';
import type { SampleServiceId } from '../../../src/sample/server';
import { readAll } from '../../support/rows';
import { accountRow, startService } from '../../support/service';

/** What the sample answers to the requests of one service: bodies by method and path, queries left out. */
export type Corpus = ReadonlyMap<string, string>;

/** The request without what may differ from one time to the next. */
export function toKey(method: string, path: string): string {
  return `${method} ${path.split('?', 1)[0] ?? ''}`;
}

/** Sends every request of a session to a small sample, and records the answers. */
export async function recordCorpus(service: SampleServiceId): Promise<Corpus> {
  const bodies = new Map<string, string>();
  await using started = await startService(
    service,
    {
      ...{ connections: 3, datasets: 2, backfills: 2, dataViews: 2, krenalisConnections: 3 },
      immuta: { databases: 1, schemas: 1, tables: 2, tasks: 2, runs: 2 },
    },
    { dependencies: { fetch: recordingIn(bodies) } },
  );
  const { session } = started;
  const rows: Resource[] = [accountRow];
  await session.verify({});
  // The list grows while it is gone through.
  for (const row of rows) {
    if (row.kind !== 'account' && row.kind !== 'problem') await session.read(row, {}).catch(() => '');
    if (row.hasChildren) rows.push(...(await readAll(session, row)).map(({ resource }) => resource));
  }
  return bodies;
}

/** Records the bodies of successful answers. */
function recordingIn(bodies: Map<string, string>): Fetch {
  return async (url, init) => {
    const response = await nodeFetch(url, init);
    if (response.status >= 300 || !response.body) return response;
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    const key = toKey(init.method, url.slice(new URL(url).origin.length));
    bodies.set(key, Buffer.concat(chunks).toString());
    return { status: response.status, headers: response.headers, body: Readable.from(chunks) };
  };
}
