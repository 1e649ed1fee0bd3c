import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath } from '../../../../src/core/services/contract/path';
import type { RunEntry, Runs } from '../../../../src/core/services/contract/runs';
import type { Session } from '../../../../src/core/services/contract/service';
import type { PageItem } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { Store } from '../../../../src/core/store/store';
import { Poller } from '../../../../src/features/runs/poller';
import { RunRegistry } from '../../../../src/features/runs/runRegistry';
import { WatchList } from '../../../../src/features/runs/watchList';
import { FakeClock } from '../../../support/fakeClock';
import { openStorage } from '../../../support/fakes/storage';
import { account, FakeAccounts, page, resource, settle } from '../../../support/fakes/store';
import { assertLinearCost } from '../../../support/growth';
import { FakeScope, trackPut } from '../../../support/watching';

const RUNS_EACH = 5;
const MINUTE_MS = 60_000;

/** Connections with runs, as in one answer. */
function getItems(connections: number, word: string): readonly PageItem[] {
  return Array.from({ length: connections }, (_, at) => {
    const connection = resource(account, 'connection', `c${String(at).padStart(5, '0')}`);
    const runs = Array.from({ length: RUNS_EACH }, (_run, each): PageItem => {
      const status = { state: 'running', label: word } as const;
      return { resource: { ...resource(connection.path, 'backfill', `b${each}`), status } };
    });
    return { resource: connection, children: page(runs) };
  });
}

/** Milliseconds of processor time that one answer about all runs costs, while every connection is watched. */
async function measureCost(connections: number): Promise<number> {
  const clock = new FakeClock();
  let answers = 0;
  const all = (): readonly Resource[] =>
    getItems(connections, `RUNNING ${answers}`).flatMap(({ children }) =>
      (children?.items ?? []).map((item) => item.resource),
    );
  const runs: Runs = {
    fetchRuns: () => {
      answers++;
      const seen = all();
      return Promise.resolve({
        entries: seen.map((run): RunEntry => ({ run, ancestors: [] })),
        updated: seen,
      });
    },
    batches: (paths) => [paths],
    isActive: ({ status }) => status?.state === 'running',
    times: () => ({ created: '2026-11-26T08:00:00Z' }),
  };
  const accounts = new FakeAccounts(() => page(getItems(connections, 'RUNNING')));
  const session = async (): Promise<Session> => ({ ...(await accounts.session()), runs });
  const source = { list: () => accounts.list(), onDidChange: accounts.onDidChange };
  const store = new Store({ ...source, session }, () => 100);
  const pending = { count: 0 };
  trackPut(store, pending);
  const idle = async (): Promise<void> => {
    do await settle();
    while (pending.count > 0);
    await settle();
  };
  await store.load(account, { prefetch: { depth: 1, scope: 'all' } });
  const watches = new WatchList(openStorage({ clock }), source, () => clock.now());
  watches.set(
    Array.from({ length: connections }, (_, at) =>
      childPath(account, 'connection', `c${String(at).padStart(5, '0')}`),
    ),
    true,
  );
  const book = new RunRegistry({ notifySince: (path) => watches.since(path) });
  const scope = new FakeScope();
  const poller = new Poller({ store, scope, watches, registry: book, clock, interval: () => MINUTE_MS });
  await clock.advance(MINUTE_MS, idle);
  const began = process.cpuUsage();
  const before = answers;
  await clock.advance(3 * MINUTE_MS, idle);
  const { user, system } = process.cpuUsage(began);
  assert.equal(book.activePaths(account).length, connections * RUNS_EACH);
  poller.dispose();
  return (user + system) / 1000 / (answers - before);
}

describe('a watch over very many runs', () => {
  it('takes four times as long for four times as many runs and watches', async () => {
    await measureCost(100);
    await assertLinearCost('an answer about all runs', measureCost, 400);
  });
});
