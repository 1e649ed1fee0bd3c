import { createServer } from 'node:http';
import { line, median, ratio, timed } from './figures';
import { heapMeter } from './heapMeter';
import { sampleStore, type SentRequest } from './sampleStore';

const latency = 50;
const rounds = 3;

/** Time to the first rows and to all rows of 1,000 connections, against a bare loop and against the bytes alone. */
export async function benchReading(): Promise<void> {
  const flags = ['--connections', '1000', '--latency', String(latency)];
  const times: { first: number; all: number; loop: number; bytes: number; pages: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const { store, account, sent, close } = await sampleStore(flags);
    const began = performance.now();
    await store.load(account);
    const first = performance.now() - began;
    await store.load(account, { all: true });
    const all = performance.now() - began;
    const bodies: string[] = [];
    const loop = await timed(() => fetchSerially(sent, bodies));
    times.push({ first, all, loop, bytes: await bytesAlone(bodies), pages: bodies.length });
    close();
  }
  const middle = (key: keyof (typeof times)[number]): number => median(times.map((time) => time[key]));
  const [first, all, loop, bytes] = [middle('first'), middle('all'), middle('loop'), middle('bytes')];
  console.log(
    `\nReading 1,000 connections, ${latency} ms latency, ${middle('pages')} pages, signed in, median of ${rounds}`,
  );
  line(
    'first rows',
    first,
    'ms',
    ratio(first, latency, 'the latency'),
    `${(first - latency).toFixed(0)} ms above it`,
  );
  line('all rows', all, 'ms', ratio(all, loop, 'the bare loop'), ratio(all, bytes, 'the bytes alone'));
  line('bare loop over the same pages', loop, 'ms', 'one after the other, bodies parsed');
  line('the bytes alone', bytes, 'ms', 'the same bodies from memory, no latency');
}

/** Requests of a full refresh of the backfill status, against one call for each dataset. */
export async function benchStatusRefresh(): Promise<void> {
  const [connections, datasets] = [1000, 20];
  const { store, account, sent, close } = await sampleStore(['--connections', '1000', '--datasets', '20']);
  await store.load(account, { all: true });
  const pages = sent.length;
  sent.length = 0;
  const time = await timed(() => store.refreshStatus());
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

/** Heap that 1,000 connections with 100 datasets each take once all of them are loaded. */
export async function benchMemory(): Promise<void> {
  const { store, account, close } = await sampleStore([
    '--connections',
    '1000',
    '--datasets',
    '100',
    '--backfills',
    '2',
  ]);
  const heapUsed = heapMeter();
  const before = heapUsed();
  await store.load(account, { all: true });
  const connections = heapUsed() - before;
  await store.load(account, { all: true, refresh: true, deep: 'all' });
  const all = heapUsed() - before;
  const rows = [...store.loaded()].length;
  close();
  const mega = 1024 * 1024;
  console.log('\nMemory for 1,000 connections with 100 datasets each');
  line(
    'connections alone',
    connections / mega,
    'MB',
    `${(connections / 1000 / 1024).toFixed(1)} kB a connection`,
  );
  line(
    'every level loaded',
    all / mega,
    'MB',
    `${rows} resources`,
    `${(all / rows).toFixed(0)} bytes a resource`,
  );
}

async function fetchSerially(requests: readonly SentRequest[], bodies: string[]): Promise<void> {
  for (const { url, headers } of requests) {
    const text = await (await fetch(url, { headers })).text();
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
