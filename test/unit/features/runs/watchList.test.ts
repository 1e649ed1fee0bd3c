import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Emitter } from '../../../../src/core/base/emitter';
import { childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { CrossWindowLock, RunningRuns } from '../../../../src/features/runs/crossWindow';
import { WatchList } from '../../../../src/features/runs/watchList';
import { FakeStorage } from '../../../support/fakes/accounts';
import { FakeClock } from '../../../support/fakeClock';
import { account, createAccount } from '../../../support/fakes/store';
import { openStorage } from '../../../support/fakes/storage';
import { MemoryFiles, createRun } from './work';

const connection = childPath(account, 'connection', 'c');
const run = childPath(connection, 'backfill', 'r');
const foreign = childPath('account:b' as ResourcePath, 'connection', 'c');

/** The watch list of a window with the accounts a and b. */
function watching(shared = new FakeStorage()) {
  const clock = new FakeClock();
  const changes = new Emitter<readonly string[]>();
  const accounts = {
    ids: ['a', 'b'],
    list: () => accounts.ids.map(createAccount),
    onDidChange: changes.event,
  };
  const watches = new WatchList(openStorage({ shared, clock }), accounts, () => clock.now());
  const fired: (readonly ResourcePath[])[] = [];
  watches.onDidChange((paths) => fired.push(paths));
  return { clock, changes, accounts, watches, fired };
}

describe('the watch list', () => {
  it('covers everything below, and says since when', () => {
    const { clock, watches, fired } = watching();
    watches.set([connection], true);
    const since = clock.now();
    clock.sleep(1000);
    watches.set([connection, foreign], true);
    assert.deepEqual(fired, [[connection], [foreign]], 'only what changed');
    assert.deepEqual(watches.list(), [connection, foreign]);
    assert.deepEqual(
      [account, connection, run].map((path) => watches.has(path)),
      [false, true, false],
    );
    assert.deepEqual(
      [account, connection, run].map((path) => watches.covers(path)),
      [false, true, true],
    );
    assert.deepEqual(watches.covering(run), [connection]);
    assert.deepEqual([watches.since(connection), watches.since(run)], [since, undefined]);
    watches.set([connection, run], false);
    assert.deepEqual([watches.list(), fired.at(-1)], [[foreign], [connection]]);
  });

  it('is known in the next window, without invalid paths', () => {
    const shared = new FakeStorage();
    const { watches, clock } = watching(shared);
    watches.set([connection], true);
    const next = watching(shared).watches;
    assert.deepEqual([next.list(), next.since(connection)], [[connection], clock.now()]);
  });

  it('is migrated from version 0.1.0', () => {
    const shared = new FakeStorage();
    shared.state.set('watched', [connection, 'nowhere', 7]);
    const { clock, watches } = watching(shared);
    assert.deepEqual([watches.list(), watches.since(connection)], [[connection], clock.now()]);
  });

  it('drops a removed account, and keeps a changed one', () => {
    const { accounts, changes, watches, fired } = watching();
    watches.set([connection, foreign], true);
    changes.fire(['a', 'b']);
    assert.deepEqual(watches.list(), [connection, foreign]);
    accounts.ids = ['b'];
    changes.fire(['a', 'b']);
    assert.deepEqual([watches.list(), fired.at(-1)], [[foreign], [connection]]);
  });

  it('fires no events after the window is closed', () => {
    const { accounts, changes, watches, fired } = watching();
    watches.set([connection], true);
    watches.dispose();
    accounts.ids = [];
    changes.fire(['a', 'b']);
    assert.deepEqual(fired, [[connection]]);
  });
});

describe('watched runs over restarts', () => {
  const nothingOld = { takeOld: () => undefined };

  it('are those that were active when the window closed and are watched', async () => {
    const files = new MemoryFiles();
    const running = new RunningRuns({ files: () => files, ...nothingOld });
    running.update([run, foreign]);
    running.update([run]);
    running.update([run, connection]);
    assert.deepEqual([...files.entries.values()], [run, connection]);
    const next = new RunningRuns({ files: () => files, ...nothingOld });
    assert.deepEqual(await next.load((path) => path === run), [run]);
    next.update([]);
    assert.deepEqual([...files.entries.values()], [connection], 'others are left to their windows');
  });

  it('are migrated from version 0.1.0, and are paths', async () => {
    const files = new MemoryFiles(new Map([['x', 'nowhere']]));
    const taken: string[] = [];
    const takeOld = (...from: readonly string[]): unknown => {
      taken.push(from.join(' '));
      return [run, 'elsewhere'];
    };
    assert.deepEqual(await new RunningRuns({ files: () => files, takeOld }).load(() => true), [run]);
    assert.deepEqual([taken, files.entries.get(run)], [['globalState watched.running'], run]);
  });
});

describe('the lock for the end of a run', () => {
  it('is unique for each run with an ID, by the time of its creation, else of its start', async () => {
    const claims = new CrossWindowLock(new MemoryFiles());
    const { path } = createRun('r', 'ok');
    const claim = (created?: string, started?: string): Promise<boolean> =>
      claims.tryAcquire({ path }, { ...(created && { created }), ...(started && { started }) });
    assert.deepEqual([await claim('1', '2'), await claim('1', '3')], [true, false]);
    assert.deepEqual([await claim('2', '2'), await claim(undefined, '2')], [true, false]);
    assert.deepEqual([await claim(), await claim()], [true, false]);
    const other = createRun('s', 'ok');
    assert.ok(await claims.tryAcquire(other, { created: '1' }));
  });
});
