import { formats } from '../../src/core/export/formats';
import { writeInventory } from '../../src/core/export/writeInventory';
import type { Cursor } from '../../src/core/services/contract/page';
import type { Resource } from '../../src/core/services/contract/resource';
import { line, timed } from './figures';
import type { Store } from '../../src/core/store/store';
import { heapMeter } from '../support/heapMeter';
import { sampleStore } from './sampleStore';

const [connections, datasets] = [1000, 100];

/**
 * Within Adobe's limit of 12 requests in 6 s, all connections would take minutes: this number is measured, and scaled
 * up.
 */
const measured = 36;

/** An inventory of 1,000 connections with 100 datasets each, against one request for each connection. */
export async function benchExport(): Promise<void> {
  const flags = ['--connections', String(connections), '--datasets', String(datasets), '--latency', '50'];
  const { store, sent, close } = await sampleStore(flags);
  const { signal } = new AbortController();
  const heapUsed = heapMeter();
  const before = heapUsed();
  let peak = before;
  let size = 0;
  const rows: Resource[] = [];
  const time = await timed(async () => {
    const { parts } = await writeInventory(store, store.accounts(), {
      format: formats.csv(),
      secrets: ['a secret of some length'],
      signal,
      onProgress: (so) => {
        if (so.connections % 250 === 0) peak = Math.max(peak, heapUsed());
      },
    });
    size = parts.reduce((sum, { length }) => sum + length, 0);
  });
  const requests = sent.length;
  sent.length = 0;
  const pageTime = await timed(async () => rows.push(...(await connectionRows(store))));
  const pages = sent.length;
  const sampleTime = await timed(() => Promise.all(rows.slice(0, measured).map((row) => below(store, row))));
  close();
  const single = pageTime + (sampleTime * connections) / measured;
  const mega = 1024 * 1024;
  console.log(`\nExporting ${connections} connections with ${datasets} datasets each, 50 ms latency`);
  line('requests', requests, '', `${pages + connections} with one for each connection`);
  line(
    'time',
    time,
    'ms',
    `${(single / 1000).toFixed(0)} s with one for each connection, from ${measured} of them`,
  );
  line('heap at most, above the start', (peak - before) / mega, 'MB', 'after collections on the way');
  line('the file', size / mega, 'MB');
}

/** Only the connections, like an export that requests the children of each. */
async function connectionRows(store: Store): Promise<readonly Resource[]> {
  const rows: Resource[] = [];
  const known = new Set<Cursor | undefined>([undefined]);
  for (const account of store.accounts()) {
    for (const cursor of known) {
      const page = await store.page(account, { depth: 0, ...(cursor && { cursor }) });
      rows.push(...page.items.map(({ resource }) => resource));
      for (const next of page.nextCursors) known.add(next);
    }
  }
  return rows;
}

function below(store: Store, row: Resource): Promise<unknown> {
  return store.page(row, { depth: 0 });
}
