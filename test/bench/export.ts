import { formats } from '../../src/inventory/formats';
import { writeInventory } from '../../src/inventory/writeInventory';
import type { Cursor, Resource } from '../../src/services/service';
import { line, ratio, timed } from './figures';
import { heapMeter } from './heapMeter';
import { sampleStore } from './sampleStore';

const [connections, datasets] = [1000, 100];

/** An inventory of 1,000 connections with 100 datasets each, against one request for each connection. */
export async function benchExport(): Promise<void> {
  const flags = ['--connections', String(connections), '--datasets', String(datasets), '--latency', '50'];
  const { store, sent, close } = await sampleStore(flags);
  const { signal } = new AbortController();
  const heapUsed = heapMeter();
  const before = heapUsed();
  let peak = before;
  let size = 0;
  const time = await timed(async () => {
    const { parts } = await writeInventory(store, store.accounts(), formats.csv(), signal, (so) => {
      if (so.connections % 250 === 0) peak = Math.max(peak, heapUsed());
    });
    size = parts.reduce((sum, { length }) => sum + length, 0);
  });
  const requests = sent.length;
  sent.length = 0;
  const single = await timed(() => oneByOne(store));
  const singleRequests = sent.length;
  close();
  const mega = 1024 * 1024;
  console.log(`\nExporting ${connections} connections with ${datasets} datasets each, 50 ms latency`);
  line('requests', requests, '', ratio(singleRequests, requests, 'as many with one for each connection'));
  line('time', time, 'ms', ratio(single, time, 'as long with one for each connection'));
  line('heap at most, above the start', (peak - before) / mega, 'MB', 'after collections on the way');
  line('the file', size / mega, 'MB');
}

/** What an export would read that asks each connection for what lies below it, six at a time as the client allows. */
async function oneByOne(store: Awaited<ReturnType<typeof sampleStore>>['store']): Promise<void> {
  const [account] = store.accounts();
  const { signal } = new AbortController();
  if (!account) return;
  const rows = new Map<string, Resource>();
  const known = new Set<Cursor | undefined>([undefined]);
  for (const cursor of known) {
    const page = await store.page(account, { levels: 0, ...(cursor && { cursor }) }, signal);
    for (const { resource } of page.items) rows.set(resource.path, resource);
    for (const next of page.next) known.add(next);
  }
  const waiting = [...rows.values()];
  const next = async (): Promise<void> => {
    for (let row = waiting.pop(); row; row = waiting.pop()) await store.page(row, { levels: 0 }, signal);
  };
  await Promise.all(Array.from({ length: 6 }, next));
}
