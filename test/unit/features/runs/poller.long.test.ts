import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  childPath,
  idInPath,
  isWithin,
  parentPath,
  type ResourcePath,
} from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { ACCOUNT_PATH } from '../../../support/service';
import { startWatching, type Watching } from '../../../support/watching';
import { countIn } from './work';

/** One connection of ten has backfills that run until they are ended: one each below 3 of 8 datasets. */
const busy = { connections: 200, datasets: 8, backfills: 1 };
const minute = 60;
const tenMinutes = 10 * minute;

/** The running backfills of 20 connections: 50 of them, 2 or 3 of each connection. */
async function fiftyRunning({ sample, store }: Watching): Promise<readonly ResourcePath[]> {
  await store.load(ACCOUNT_PATH, { all: true, prefetch: { depth: 2, scope: 'all' } });
  const running = [...store.loaded()].filter(isRunningBackfill).map(({ path }) => path);
  const counts = new Map<string, number>();
  const chosen = running.filter((path) => {
    const connection = idInPath(path, 'connection') ?? '';
    counts.set(connection, (counts.get(connection) ?? 0) + 1);
    return (counts.get(connection) ?? 0) <= (counts.size % 2 === 0 ? 3 : 2);
  });
  assert.deepEqual([chosen.length, counts.size], [50, 20]);
  sample.clearRequests();
  return chosen;
}

function isRunningBackfill({ kind, status }: Resource): boolean {
  return kind === 'backfill' && status?.state === 'running';
}

/** Number of requests since the last count, without tokens. */
function asked({ sample }: Watching): number {
  const count = sample.requests.filter(({ path }) => path.startsWith('/data/')).length;
  sample.clearRequests();
  return count;
}

describe('watching 50 running backfills over 20 connections', () => {
  it('takes one request per interval and account, and none once nothing runs', async () => {
    await using w = await startWatching(busy);
    const paths = await fiftyRunning(w);
    w.watches.set(paths, true);
    await w.pass(tenMinutes - 1);
    assert.equal(asked(w), 10);
    w.sample.cja.finishBackfills();
    await w.pass(minute);
    assert.deepEqual(new Set(w.ended.map(({ run }) => run.path)), new Set(paths));
    assert.equal(asked(w), 1);
    await w.pass(tenMinutes);
    assert.equal(asked(w), 0);
    assert.equal(w.clock.timers, 0);
    assert.equal(w.ended.length, 50);
  });

  it('updates the tree, and fires only for rows that changed', async () => {
    await using w = await startWatching(busy);
    const paths = await fiftyRunning(w);
    w.watches.set(paths, true);
    await w.pass(minute);
    const changes: ResourcePath[] = [];
    w.store.onDidChange((changed) => changes.push(...changed));
    await w.pass(minute);
    assert.equal(changes.length, 0);
    w.sample.cja.finishBackfills();
    await w.pass(minute);
    assert.ok(paths.every((path) => w.store.get(path)?.status?.label === 'COMPLETED'));
    assert.ok(paths.every((path) => changes.includes(path)));
    const running = [...w.store.loaded()].filter(({ status }) => status?.state === 'running');
    assert.deepEqual(running, []);
  });

  it('polls five times less often in a window in the background, and at once when it comes back', async () => {
    await using w = await startWatching(busy);
    w.watches.set(await fiftyRunning(w), true);
    w.scope.set({ focused: false });
    await w.pass(tenMinutes - 1);
    assert.equal(asked(w), 2);
    await w.pass(2 * minute);
    assert.equal(asked(w), 1);
    w.scope.set({ focused: true });
    await w.pass(1);
    assert.equal(asked(w), 1);
  });

  it('polls once after a sleep of hours', async () => {
    await using w = await startWatching(busy);
    w.watches.set(await fiftyRunning(w), true);
    await w.pass(minute);
    w.sample.clearRequests();
    w.clock.sleep(5 * 3_600_000);
    await w.pass(1);
    assert.equal(asked(w), 1);
    await w.pass(minute);
    assert.equal(asked(w), 1);
  });

  it('waits longer after each failure, reports it once at the account, and continues', async () => {
    await using w = await startWatching(busy);
    w.watches.set(await fiftyRunning(w), true);
    const mend = w.sample.inject({ match: { path: /^\/data/ }, status: 401, body: {} });
    const states: (string | undefined)[] = [];
    w.store.onDidChange((paths) => {
      if (paths.includes(ACCOUNT_PATH)) states.push(w.store.get(ACCOUNT_PATH)?.status?.state);
    });
    await w.pass(31 * minute);
    const polls = new Set(w.sample.requests.map(({ at }) => at)).size;
    assert.equal(polls, 5, 'after 0, 2, 6, 14 and 30 minutes');
    assert.deepEqual(states, ['failed']);
    mend();
    await w.pass(32 * minute);
    assert.deepEqual(states, ['failed', undefined]);
    w.sample.clearRequests();
    await w.pass(tenMinutes);
    assert.equal(asked(w), 10);
  });
});

describe('a poller', () => {
  const small = { connections: 12, datasets: 3, backfills: 2 };

  it('polls for what the tree shows, and for nothing while it is hidden', async () => {
    await using w = await startWatching(small);
    await w.store.load(ACCOUNT_PATH);
    w.sample.clearRequests();
    await w.pass(tenMinutes);
    assert.deepEqual([asked(w), w.clock.timers], [0, 0]);
    w.scope.set({ treeVisible: true });
    await w.pass(tenMinutes);
    assert.ok(asked(w) >= 9);
    w.scope.set({ treeVisible: false });
    await w.pass(tenMinutes);
    assert.deepEqual([asked(w), w.clock.timers], [0, 0]);
  });

  it('shows runs that started below an expanded row, and requests nothing more', async () => {
    await using w = await startWatching(small);
    const [connection = assert.fail()] = (await w.store.load(ACCOUNT_PATH)).filter(
      ({ status }) => status?.state === 'running',
    );
    const [dataset = assert.fail()] = await w.store.load(connection.path);
    const before = await w.store.load(dataset.path);
    w.scope.expanded.add(connection.path).add(dataset.path);
    w.scope.set({ treeVisible: true });
    await w.pass(minute);
    asked(w);
    w.sample.cja.beginBackfill(connection.id);
    await w.pass(minute);
    assert.equal(asked(w), 1);
    const [first, ...others] = w.store.rows(dataset.path) ?? [];
    assert.equal(first?.status?.state, 'running');
    assert.deepEqual(
      others.map(({ path }) => path),
      before.map(({ path }) => path),
    );
    const [read] = await w.store.load(dataset.path, { refresh: true });
    assert.deepEqual(read, first);
  });

  it('polls for the resource of an open panel and what is below it, and for nothing when it is hidden', async () => {
    await using w = await startWatching(busy);
    const [path = assert.fail()] = await fiftyRunning(w);
    const connection = idInPath(path, 'connection') ?? '';
    for (const shown of [path, childPath(ACCOUNT_PATH, 'connection', connection)]) {
      w.scope.set({ panels: [shown] });
      await w.pass(2 * minute);
      const [request] = w.sample.requests.filter((each) => each.query.has('connectionIds'));
      assert.equal(request?.query.get('connectionIds'), connection);
      assert.ok(asked(w) >= 1);
    }
    w.scope.set({ panels: [] });
    await w.pass(tenMinutes);
    assert.deepEqual([asked(w), w.clock.timers], [0, 0]);
    w.scope.set({ panels: [path] });
    w.sample.cja.finishBackfills();
    await w.pass(minute);
    assert.equal(w.store.get(path)?.status?.state, 'ok');
  });

  it('polls for the runs that the Runs view shows', async () => {
    await using w = await startWatching(small);
    const session = await w.store.session(ACCOUNT_PATH);
    const runs = session.runs ?? assert.fail();
    const account = w.store.get(ACCOUNT_PATH) ?? assert.fail();
    w.scope.set({ runsVisible: true });
    w.book.apply({ account: ACCOUNT_PATH, within: [], runs, report: await runs.fetchRuns(account, [], {}) });
    w.sample.clearRequests();
    let changes = 0;
    w.book.onDidChange(() => changes++);
    await w.pass(2 * minute);
    assert.ok(asked(w) >= 1);
    assert.equal(changes, 0, 'the view is drawn anew for changes alone');
    w.sample.cja.finishBackfills();
    await w.pass(minute);
    assert.deepEqual([countIn(w.book, 'running'), changes], [0, 1]);
  });

  it('polls for nothing of an account that was never viewed', async () => {
    await using w = await startWatching(small);
    w.scope.set({ treeVisible: true, runsVisible: true });
    await w.pass(tenMinutes);
    assert.deepEqual([w.sample.requests.length, w.clock.timers], [0, 0]);
  });

  it('continues after a restart with what was watched, and notifies of the end in between once', async () => {
    await using w = await startWatching(busy);
    const [path] = await fiftyRunning(w);
    w.watches.set([path ?? assert.fail()], true);
    await w.pass(minute);
    const later = await w.reload();
    w.sample.cja.finishBackfills();
    await later.pass(1);
    assert.deepEqual(
      later.ended.map(({ run, ancestors }) => [run.path, ancestors.length]),
      [[path, 2]],
    );
    await later.pass(tenMinutes);
    assert.equal(later.ended.length, 1);
  });

  it('notifies of an end that the list of all runs left out', async () => {
    await using w = await startWatching(busy);
    const [path] = await fiftyRunning(w);
    w.watches.set([path ?? assert.fail()], true);
    await w.pass(minute);
    w.sample.cja.finishBackfills();
    const { runs } = await w.store.session(ACCOUNT_PATH);
    const account = w.store.get(ACCOUNT_PATH) ?? assert.fail();
    const report = (await runs?.fetchRuns(account, [], {})) ?? assert.fail();
    w.book.apply({ account: ACCOUNT_PATH, within: [], runs: runs ?? assert.fail(), report });
    await w.pass(2 * minute);
    assert.deepEqual(
      w.ended.map(({ run }) => run.path),
      [path],
    );
  });

  it('checks once per interval whether runs started in what is watched, and notices their end', async () => {
    await using w = await startWatching(small);
    const rows = await w.store.load(ACCOUNT_PATH);
    const idle = rows.find(({ status }) => status?.state === 'ok') ?? assert.fail();
    w.watches.set([idle.path], true);
    w.sample.clearRequests();
    await w.pass(tenMinutes - 1);
    assert.equal(asked(w), 10);
    w.sample.cja.beginBackfill(idle.id);
    await w.pass(minute);
    assert.equal(w.book.activePaths(idle.path).length, 1);
    w.sample.cja.finishBackfills();
    await w.pass(minute);
    assert.deepEqual(
      w.ended.map(({ run }) => idInPath(run.path, 'connection')),
      [idle.id],
    );
    w.watches.set([idle.path], false);
    asked(w);
    await w.pass(tenMinutes);
    assert.deepEqual([asked(w), w.clock.timers], [0, 0]);
  });

  it('notices runs that started and ended between two answers, once, and none from before the watch', async () => {
    await using w = await startWatching(small);
    const rows = await w.store.load(ACCOUNT_PATH);
    const idle = rows.find(({ status }) => status?.state === 'ok') ?? assert.fail();
    w.watches.set([idle.path], true);
    await w.pass(2 * minute);
    assert.deepEqual(w.ended, []);
    for (let day = 1; day <= 2; day++) {
      w.sample.cja.beginBackfill(idle.id);
      w.sample.cja.finishBackfills();
      await w.pass(5 * minute);
      assert.equal(w.ended.length, day);
    }
  });

  it('notices a run that ends before it is polled for the first time, though only the number was known', async () => {
    await using w = await startWatching(busy);
    const rows = await w.store.load(ACCOUNT_PATH);
    const atWork = rows.find(({ status }) => status?.state === 'running') ?? assert.fail();
    const { runs } = await w.store.session(ACCOUNT_PATH);
    const count = runs?.countActive?.(atWork) ?? assert.fail();
    w.watches.set([atWork.path], true);
    w.sample.cja.finishBackfills();
    await w.pass(minute);
    const endedPaths = w.ended.map(({ run }) => run.path);
    assert.deepEqual([endedPaths.length, new Set(endedPaths).size], [count, count]);
    assert.ok(endedPaths.every((path) => isWithin(path, atWork.path)));
    await w.pass(tenMinutes);
    assert.equal(w.ended.length, count);
  });

  it('notices the end of as many runs as have ended, and of the rest when they end', async () => {
    await using w = await startWatching(busy);
    const rows = await w.store.load(ACCOUNT_PATH);
    const atWork = rows.find(({ status }) => status?.state === 'running') ?? assert.fail();
    const { runs } = await w.store.session(ACCOUNT_PATH);
    const count = runs?.countActive?.(atWork) ?? assert.fail();
    const mend = w.sample.inject({ match: { path: /^\/data/ }, status: 503, body: {} });
    w.watches.set([atWork.path], true);
    await w.pass(1);
    mend();
    w.sample.cja.beginBackfill(atWork.id);
    await w.pass(tenMinutes);
    assert.deepEqual(w.ended, []);
    w.sample.cja.finishBackfills();
    await w.pass(tenMinutes);
    assert.equal(w.ended.length, count + 1);
  });

  it('notices the end of a run that another load reports before it is polled', async () => {
    await using w = await startWatching(busy);
    const [path = assert.fail()] = await fiftyRunning(w);
    w.watches.set([path], true);
    w.sample.cja.finishBackfills();
    await w.store.load(parentPath(path) ?? assert.fail(), { refresh: true });
    assert.equal(w.store.get(path)?.status?.state, 'ok');
    await w.pass(tenMinutes);
    assert.deepEqual(
      w.ended.map(({ run }) => run.path),
      [path],
    );
  });

  it('notices nothing of runs that were shown as ended when they were chosen', async () => {
    await using w = await startWatching(busy);
    const rows = await w.store.load(ACCOUNT_PATH);
    const atWork = rows.find(({ status }) => status?.state === 'running') ?? assert.fail();
    w.sample.cja.finishBackfills();
    await w.store.load(ACCOUNT_PATH, { refresh: true });
    w.watches.set([atWork.path], true);
    await w.pass(tenMinutes);
    assert.deepEqual(w.ended, []);
  });

  it('polls at once for what is newly watched', async () => {
    await using w = await startWatching(small);
    const [first, second] = (await w.store.load(ACCOUNT_PATH)).filter(({ status }) => status?.state === 'ok');
    w.watches.set([first?.path ?? assert.fail()], true);
    await w.pass(1);
    asked(w);
    w.watches.set([second?.path ?? assert.fail()], true);
    await w.pass(1);
    assert.equal(asked(w), 1);
  });

  it('leaves every second turn to active runs if what is watched needs many requests', async () => {
    await using w = await startWatching({ ...busy, connections: 450 });
    await w.store.load(ACCOUNT_PATH, { all: true });
    const rows = w.store.rows(ACCOUNT_PATH) ?? [];
    const running = rows.find(({ status }) => status?.state === 'running') ?? assert.fail();
    const idle = rows.filter(({ kind, status }) => kind === 'connection' && status?.state === 'ok');
    w.watches.set(
      [...idle, running].map(({ path }) => path),
      true,
    );
    w.sample.clearRequests();
    await w.pass(tenMinutes - 1);
    const polls = w.sample.requests.filter(({ query }) => query.has('connectionIds'));
    const ofRunning = polls.filter(({ query }) =>
      query.get('connectionIds')?.split(',').includes(running.id),
    );
    assert.deepEqual([polls.length, ofRunning.length], [10, 5]);
  });

  it('notices the end of a watched run that the list of all runs reported first', async () => {
    await using w = await startWatching(busy);
    const [path = assert.fail()] = await fiftyRunning(w);
    const { runs = assert.fail() } = await w.store.session(ACCOUNT_PATH);
    const account = w.store.get(ACCOUNT_PATH) ?? assert.fail();
    const mend = w.sample.inject({ match: { path: /^\/data/ }, status: 503, body: {} });
    w.watches.set([path], true);
    await w.pass(1);
    mend();
    w.sample.cja.finishBackfills();
    const report = await runs.fetchRuns(account, [path], {});
    w.book.apply({ account: ACCOUNT_PATH, within: [], runs, report });
    assert.deepEqual(
      w.ended.map(({ run }) => run.path),
      [path],
    );
  });
});
