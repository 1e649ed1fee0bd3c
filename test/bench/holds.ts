import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Store } from '../../src/store/store';
import { line } from './figures';
import { held } from './held';
import { sampleStore } from './sampleStore';

/** So often the event loop is looked at, in milliseconds. */
const RESOLUTION_MS = 1;

/** As of README: 1,000 connections, and Adobe allows 100 datasets in each. */
const flags = ['--connections', '1000', '--datasets', '100', '--backfills', '2'];

/** What a user may have the store do with as much data as is documented. */
const works: readonly (readonly [
  string,
  (store: Store, path: ReturnType<Store['accounts']>[number]['path']) => Promise<unknown>,
])[] = [
  ['the connections', (store, path) => store.load(path, { all: true })],
  [
    'every dataset, as for Go to Connection',
    (store, path) => store.load(path, { all: true, refresh: true, deeper: { levels: 1, keep: 'all' } }),
  ],
  [
    'every backfill, as for the status of all',
    (store, path) => store.load(path, { all: true, refresh: true, deeper: { levels: 2, keep: 'all' } }),
  ],
  ['the status again', (store) => store.refreshStatus()],
];

/**
 * The longest time in which the extension host does nothing else, with 100,000 datasets: in processor time, which nothing
 * else on the machine lengthens, and as the event loop was delayed.
 */
export async function benchHolds(): Promise<void> {
  const { store, account, close } = await sampleStore(flags);
  console.log('\nLongest hold of the event loop, with 1,000 connections of 100 datasets');
  for (const [name, work] of works) {
    const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    monitor.enable();
    const began = performance.now();
    const longest = await held(() => work(store, account));
    const took = performance.now() - began;
    monitor.disable();
    const delay = `event loop delayed by ${ms(monitor.max)} at most, ${ms(monitor.percentile(99))} in 99 %`;
    line(name, longest, 'ms', delay, `${(took / 1000).toFixed(1)} s in all`);
  }
  close();
}

function ms(nanoseconds: number): string {
  return `${(nanoseconds / 1e6).toFixed(0)} ms`;
}
