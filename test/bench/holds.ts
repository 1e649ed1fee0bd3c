import { monitorEventLoopDelay } from 'node:perf_hooks';
import { loadedItems } from '../../src/ui/commands/loadedItems';
import { KnownSecrets } from '../../src/core/redaction/knownSecrets';
import { inTurns } from '../../src/core/base/turns';
import { formats } from '../../src/core/export/formats';
import { writeInventory } from '../../src/core/export/writeInventory';
import type { ResourcePath } from '../../src/core/services/contract/path';
import type { Store } from '../../src/core/store/store';
import { parseFilter, matches } from '../../src/ui/filter/terms';
import { line, median } from './figures';
import { held } from './held';
import { sampleStore, type Measured } from './sampleStore';
import { goal, wanted } from './wanted';

/** Sampling interval of the event loop, in milliseconds. */
const RESOLUTION_MS = 1;

type Work = (store: Store, account: ReturnType<Store['accounts']>[number]['path']) => Promise<unknown>;

/** How often a work with a goal is measured. */
const ROUNDS = 5;

/** Data of one size, and what a user may have the store do with it, one after the other. */
interface Case {
  readonly title: string;
  readonly service: Measured;
  readonly flags: readonly string[];
  /** Those with a goal are measured several times. */
  readonly works: readonly (readonly [name: string, work: Work, goal?: true])[];
}

const cases: readonly Case[] = [
  {
    // As of README: 1,000 connections, and Adobe allows 100 datasets in each.
    title: '1,000 connections of 100 datasets',
    service: 'cja',
    flags: ['--connections', '1000', '--datasets', '100', '--backfills', '2'],
    works: [
      ['the connections', (store, path) => store.load(path, { all: true })],
      ['an inventory of all', (store) => exportAll(store)],
      [
        'every dataset, as for Go to Connection',
        (store, path) => store.load(path, { all: true, refresh: true, prefetch: { depth: 1, scope: 'all' } }),
        true,
      ],
      [
        'every backfill, as for the status of all',
        (store, path) => store.load(path, { all: true, refresh: true, prefetch: { depth: 2, scope: 'all' } }),
        true,
      ],
      ['the status again', (store, path) => store.refreshStatus(path)],
      ['the answer to a poll, about 5,000 backfills', (store) => poll(store, 5000)],
      ['a filter while somebody types', (store, path) => filter(store, path)],
      ['the connections again', (store, path) => store.refresh(path)],
    ],
  },
  {
    // Twice as many exceed the maximum size of an answer.
    title: 'one connection of 50,000 datasets',
    service: 'cja',
    flags: ['--connections', '1', '--datasets', '50000'],
    works: [
      ['the datasets', (store, path) => loadFirst(store, path)],
      ['the datasets again', (store, path) => loadFirst(store, path, { refresh: true })],
    ],
  },
  {
    title: '500 connections of Krenalis',
    service: 'krenalis',
    flags: ['--krenalis', '500'],
    works: [
      ['the connections', (store, path) => store.load(path, { all: true })],
      ['an inventory of all', (store) => exportAll(store)],
    ],
  },
  {
    title: '1,000 connections of Immuta',
    service: 'immuta',
    flags: ['--connections', '1000'],
    works: [
      ['the connections', (store, path) => store.load(path, { all: true })],
      ['an inventory of all', (store) => exportAll(store)],
    ],
  },
];

/**
 * The longest time in which the extension host does nothing else: in processor time of its thread, which nothing else on
 * the machine lengthens, and as the event loop was delayed.
 */
export async function benchHolds(): Promise<void> {
  for (const { title, service, flags, works } of cases) {
    const { store, account, close } = await sampleStore(flags, service);
    console.log(`\nLongest hold of the event loop, with ${title}`);
    for (const [name, work, isGoal] of works) {
      const rounds = isGoal ? ROUNDS : 1;
      await measure(name, rounds, () => work(store, account));
    }
    close();
  }
}

async function measure(name: string, rounds: number, work: () => Promise<unknown>): Promise<void> {
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  monitor.enable();
  const began = performance.now();
  const longest: number[] = [];
  for (let round = 0; round < rounds; round++) longest.push(await held(work));
  const took = (performance.now() - began) / rounds;
  monitor.disable();
  const worst = Math.max(...longest);
  const goals = rounds > 1 ? [`median of ${rounds}`, goal(median(longest), wanted.hold, 'ms')] : [];
  const worsts = rounds > 1 ? [`worst ${worst.toFixed(0)} ms`, goal(worst, wanted.worstHold, 'ms')] : [];
  const delay = `event loop delayed by ${ms(monitor.max)} at most, ${ms(monitor.percentile(99))} in 99 %`;
  line(name, median(longest), 'ms', ...goals, ...worsts, delay, `${(took / 1000).toFixed(1)} s in all`);
}

async function loadFirst(store: Store, account: ResourcePath, { refresh = false } = {}): Promise<void> {
  const [connection] = await store.load(account);
  if (!connection) throw new Error('The account has no connection.');
  await store.load(connection.path, { all: true, refresh });
  const failure = store.getFailure(connection.path);
  if (failure) throw new Error(`The datasets cannot be read: ${failure.detail}`);
}

async function exportAll(store: Store): Promise<void> {
  const { signal } = new AbortController();
  const secrets = new KnownSecrets();
  secrets.add(() => ['a secret of some length']);
  const options = { format: formats.csv(), secrets, signal };
  await writeInventory(store, store.accounts(), options, async (parts) => {
    for await (const part of parts) if (part.length === 0) continue;
  });
}

/** Each of this number of backfills has a new status. */
async function poll(store: Store, count: number): Promise<void> {
  const all = await inTurns(loadedItems(store.loaded(), ['backfill'], (backfill) => backfill));
  const backfills = all.slice(0, count);
  const status = { state: 'running', label: 'RUNNING' } as const;
  await new Promise(setImmediate);
  await store.put(
    backfills.map((backfill) => ({ ...backfill, status })),
    Date.now(),
  );
}

/** The connections that a filter shows. */
async function filter(store: Store, account: ResourcePath): Promise<void> {
  await new Promise(setImmediate);
  const terms = parseFilter('ret status:ok owner:a');
  const rows = store.rows(account) ?? [];
  rows.filter((row) => matches(row, terms, () => true));
}

function ms(nanoseconds: number): string {
  return `${(nanoseconds / 1e6).toFixed(0)} ms`;
}
