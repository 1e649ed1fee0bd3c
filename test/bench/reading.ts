import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import fetch from 'node-fetch';
import { line, median, ratio, timed } from './figures';
import { heapMeter } from '../support/heapMeter';
import { sampleStore, type Measured, type SentRequest } from './sampleStore';
import { goal, wanted } from './wanted';

const latency = 50;
const rounds = 5;

/** A list to be read whole. */
interface List {
  readonly service: Measured;
  readonly title: string;
  readonly flags: readonly string[];
}

const lists: readonly List[] = [
  { service: 'cja', title: '1,000 connections of Adobe CJA', flags: ['--connections', '1000'] },
  { service: 'krenalis', title: '500 connections of Krenalis', flags: ['--krenalis', '500'] },
  { service: 'immuta', title: '1,000 connections of Immuta', flags: ['--connections', '1000'] },
];

/** The cost of one load of a list: milliseconds, and what was loaded. */
interface Reading {
  readonly first: number;
  readonly all: number;
  readonly loop: number;
  readonly bare: number;
  readonly bytes: number;
  readonly pages: number;
  readonly size: number;
}

/** Time to the first rows and to all rows of each list, compared with a bare loop and with the bytes only. */
export async function benchReading(): Promise<void> {
  for (const list of lists) {
    const readings: Reading[] = [];
    for (let round = 0; round < rounds; round++) readings.push(await read(list));
    const middle = (key: keyof Reading): number => median(readings.map((reading) => reading[key]));
    const [first, all, loop, bytes] = [middle('first'), middle('all'), middle('loop'), middle('bytes')];
    const bare = middle('bare') - latency;
    console.log(
      `\nReading ${list.title}, ${latency} ms latency, pages: ${middle('pages')}, ` +
        `${(middle('size') / 1000).toFixed(0)} kB, signed in, median of ${rounds}`,
    );
    const above = first - latency;
    const ofBare = `of that, ${bare.toFixed(0)} ms of bare requests`;
    const goalOfFirst = goal(above, wanted.firstRows, 'ms');
    line('first rows', first, 'ms', `${above.toFixed(0)} ms above it`, goalOfFirst, ofBare);
    const most = wanted.allRows[list.service];
    line(
      'all rows',
      all,
      'ms',
      ratio(all, loop, 'the bare loop'),
      goal(all / loop, most, '×'),
      ratio(all, bytes, 'the bytes alone'),
    );
    line('bare loop over the same pages', loop, 'ms', 'node-fetch, one after the other, bodies parsed');
    line('the bytes alone', bytes, 'ms', 'the same bodies from memory, no latency');
  }
}

async function read({ service, flags }: List): Promise<Reading> {
  const sample = await sampleStore([...flags, '--latency', String(latency)], service);
  const { account, sent, another, close } = sample;
  // The sample's first answers take several times as long: it is a new process.
  await sample.store.load(account, { all: true });
  const store = await another();
  const began = performance.now();
  await store.load(account);
  const first = performance.now() - began;
  const asked = sent.length;
  await store.load(account, { all: true });
  const all = performance.now() - began;
  const bodies: string[] = [];
  const loop = await timed(() => fetchSerially(sent, bodies));
  const bare = await timed(() => Promise.all(sent.slice(0, asked).map((one) => fetchSerially([one], []))));
  const bytes = await bytesAlone(bodies);
  close();
  return { first, all, loop, bare, bytes, pages: bodies.length, size: Buffer.byteLength(bodies.join('')) };
}

/** Requests of a full refresh of the backfill status, against one call for each dataset. */
export async function benchStatusRefresh(): Promise<void> {
  const [connections, datasets] = [1000, 20];
  const { store, account, sent, close } = await sampleStore(['--connections', '1000', '--datasets', '20']);
  await store.load(account, { all: true });
  const pages = sent.length;
  sent.length = 0;
  const time = await timed(() => store.refreshStatus(account));
  close();
  console.log(
    `\nRefreshing the backfill status of ${connections} connections with ${datasets} datasets each`,
  );
  const calls = connections * datasets;
  line(
    'requests',
    sent.length,
    '',
    `${pages} pages`,
    `${(calls / sent.length).toFixed(0)} times fewer than ${calls}, one for each dataset`,
  );
  line('time', time, 'ms', "within Adobe's limit of 12 requests in 6 s");
}

/** Memory that 1,000 connections with 100 datasets each take once all of them are loaded, by row. */
export async function benchMemory(): Promise<void> {
  console.log('\nMemory for 1,000 connections with 100 datasets each, heap and buffers');
  for (const [depth, most] of [wanted.memoryOfDataset, wanted.memoryOfBackfill].entries()) {
    const { connections, all, rows } = await measureMemory(depth + 1);
    if (depth === 0) {
      const each = `${(connections / 1000 / 1024).toFixed(1)} kB a connection`;
      line('connections alone', connections / MEGA, 'MB', each);
    }
    const each = all / rows;
    const what = depth === 0 ? 'with datasets' : 'with datasets and backfills';
    const megabytes = `${(all / MEGA).toFixed(0)} MB for ${rows} rows`;
    line(`a row, ${what}`, each, 'bytes', goal(each, most, 'bytes'), megabytes);
  }
}

const MEGA = 1024 * 1024;

async function measureMemory(depth: number): Promise<{ connections: number; all: number; rows: number }> {
  const flags = ['--connections', '1000', '--datasets', '100', '--backfills', '2'];
  const { store, account, close } = await sampleStore(flags);
  const heapUsed = heapMeter();
  const used = (): number => heapUsed() + process.memoryUsage().arrayBuffers;
  const before = used();
  await store.load(account, { all: true });
  const connections = used() - before;
  await store.load(account, { all: true, refresh: true, prefetch: { depth, scope: 'all' } });
  const all = (await settled(used)) - before;
  const rows = [...store.loaded()].length;
  close();
  return { connections, all, rows };
}

/** The value once it changes by less than a hundredth: texts are compressed beside other work. */
async function settled(measure: () => number): Promise<number> {
  for (let before = Infinity; ;) {
    const now = measure();
    if (Math.abs(before - now) < now / 100) return now;
    before = now;
    await sleep(1000);
  }
}

async function fetchSerially(requests: readonly SentRequest[], bodies: string[]): Promise<void> {
  for (const { url, headers } of requests) {
    const text = await (await fetch(url, { headers: { ...headers } })).text();
    JSON.parse(text);
    bodies.push(text);
  }
}

/** Milliseconds to fetch bodies one after the other from a server that has them in memory. */
async function bytesAlone(bodies: readonly string[]): Promise<number> {
  const server = createServer((request, response) => {
    response.end(bodies[Number(request.url?.slice(1))]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const time = await timed(async () => {
    for (const index of bodies.keys())
      await (await fetch(`http://127.0.0.1:${String(port)}/${index}`)).text();
  });
  server.close();
  server.closeAllConnections();
  return time;
}
