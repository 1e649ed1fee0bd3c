import { formats } from '../../src/core/export/formats';
import { writeInventory, type InventoryCounts } from '../../src/core/export/writeInventory';
import { KnownSecrets } from '../../src/core/redaction/knownSecrets';
import type { Cursor } from '../../src/core/services/contract/page';
import type { Resource } from '../../src/core/services/contract/resource';
import { line, median, timed } from './figures';
import type { Store } from '../../src/core/store/store';
import { heapMeter } from '../support/heapMeter';
import { sampleStore } from './sampleStore';
import { goal, wanted } from './wanted';

const [connections, datasets] = [1000, 100];

const flags = ['--connections', String(connections), '--datasets', String(datasets), '--latency', '50'];

/**
 * Within Adobe's limit of 12 requests in 6 s, all connections would take minutes: this number is measured, and scaled
 * up.
 */
const measured = 36;

/** Exports, each with a sample service of its own. */
const rounds = 5;

const mega = 1024 * 1024;

/** What an export costs: milliseconds and bytes. */
interface Exported {
  readonly time: number;
  readonly heap: number;
  readonly size: number;
  readonly requests: number;
}

/** An inventory of 1,000 connections with 100 datasets each, against one request for each connection. */
export async function benchExport(): Promise<void> {
  const exports: Exported[] = [];
  for (let round = 0; round < rounds; round++) {
    const { store, sent, close } = await sampleStore(flags);
    exports.push({ ...(await exportAll(store)), requests: sent.length });
    close();
  }
  const middle = (key: keyof Exported): number => median(exports.map((each) => each[key]));
  const { pages, time: single } = await oneByOne();
  console.log(
    `\nExporting ${connections} connections with ${datasets} datasets each, 50 ms latency, median of ${rounds}`,
  );
  line('requests', middle('requests'), '', `${pages + connections} with one for each connection`);
  line(
    'time',
    middle('time'),
    'ms',
    `${(single / 1000).toFixed(0)} s with one for each connection, from ${measured} of them`,
  );
  line(
    'heap at most, above the start',
    middle('heap') / mega,
    'MB',
    goal(middle('heap') / mega, wanted.exportHeap, 'MB'),
    'after collections on the way',
  );
  line('the file', middle('size') / mega, 'MB');
}

/** One export, in which all of a page is held when the heap is measured. */
async function exportAll(store: Store): Promise<Omit<Exported, 'requests'>> {
  const { signal } = new AbortController();
  const secrets = new KnownSecrets();
  secrets.add(() => ['a secret of some length']);
  const heapUsed = heapMeter();
  const before = heapUsed();
  let heap = 0;
  let size = 0;
  const look = (): void => {
    heap = Math.max(heap, heapUsed() - before);
  };
  const onProgress = (so: InventoryCounts): void => {
    if (so.connections % 250 === 1) look();
  };
  const options = { format: formats.csv(), secrets, signal, onProgress };
  const time = await timed(() =>
    writeInventory(store, store.accounts(), options, async (parts) => {
      for await (const { length } of parts) size += length;
      look();
    }),
  );
  return { time, heap, size };
}

/** The pages of connections, and milliseconds with one request for what is below each connection. */
async function oneByOne(): Promise<{ readonly pages: number; readonly time: number }> {
  const { store, sent, close } = await sampleStore(flags);
  const rows: Resource[] = [];
  const pageTime = await timed(async () => rows.push(...(await connectionRows(store))));
  const pages = sent.length;
  const time = await timed(() => Promise.all(rows.slice(0, measured).map((row) => below(store, row))));
  close();
  return { pages, time: pageTime + (time * connections) / measured };
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
