import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Clock } from '../../../../src/core/base/clock';
import { Emitter } from '../../../../src/core/base/emitter';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';
import type { Store } from '../../../../src/core/store/store';
import { TreeFilter } from '../../../../src/features/connections/filter';
import { RunningRuns } from '../../../../src/features/runs/crossWindow';
import { WatchList } from '../../../../src/features/runs/watchList';
import { FakeStorage } from '../../../support/fakes/accounts';
import { FakeClock } from '../../../support/fakeClock';
import { account } from '../../../support/fakes/store';
import { openStorage } from '../../../support/fakes/storage';

const [a, b, c] = ['a', 'b', 'c'].map((id) => childPath(account, 'connection', id));
if (!a || !b || !c) throw new Error('no paths');
const accounts = { list: () => [{ id: 'a' }], onDidChange: new Emitter<readonly string[]>().event };

function openWatches(shared: FakeStorage): WatchList {
  return new WatchList(openStorage({ shared }), accounts);
}

describe('the watch list', () => {
  it('in one window does not lose what is watched in another', () => {
    const shared = new FakeStorage();
    const [one, two] = [openWatches(shared), openWatches(shared)];
    one.set([a], true);
    two.set([b], true);
    assert.deepEqual(openWatches(shared).list(), [a, b]);
    for (const each of [one, two]) assert.deepEqual(each.list(), [a, b]);
  });

  it('a watch that ends in one window ends in all', () => {
    const shared = new FakeStorage();
    const [one, two] = [openWatches(shared), openWatches(shared)];
    one.set([a, b], true);
    const changed: string[] = [];
    two.onDidChange((paths) => changed.push(...paths));
    one.set([a], false);
    assert.deepEqual([two.list(), changed], [[b], [a]]);
  });

  it('is migrated from version 0.1.0', () => {
    const shared = new FakeStorage();
    shared.state.set('watched', [a, 'no path', 7, b]);
    assert.deepEqual(openWatches(shared).list(), [a, b]);
    assert.deepEqual(openWatches(shared).list(), [a, b]);
    assert.equal(shared.state.has('watched'), false);
  });

  it('a watch is removed with its account', () => {
    const shared = new FakeStorage();
    const changes = new Emitter<readonly string[]>();
    const source = { list: () => [{ id: 'a' }], onDidChange: changes.event };
    const watches = new WatchList(openStorage({ shared }), source);
    watches.set([a, childPath(accountPath('gone'), 'connection', 'x')], true);
    changes.fire(['a', 'gone']);
    assert.deepEqual(watches.list(), [a]);
  });
});

describe('the runs that are active while no window is open', () => {
  const folders: string[] = [];
  const makeFolder = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'running-'));
    folders.push(folder);
    return folder;
  };
  after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, maxRetries: 5 }))));
  const all = (): boolean => true;

  /** Waits until a window that opens now would know these. */
  const kept = async (folder: string, count: number, clock?: Clock): Promise<readonly string[]> => {
    for (;;) {
      const paths = await new RunningRuns(openStorage({ folder, ...(clock && { clock }) })).load(all);
      if (paths.length === count) return paths;
    }
  };

  it('are those of all windows', async () => {
    const folder = await makeFolder();
    const [one, two] = [1, 2].map(() => new RunningRuns(openStorage({ folder })));
    await Promise.all([one?.load(all), two?.load(all)]);
    one?.update([a]);
    two?.update([b, c]);
    assert.deepEqual((await kept(folder, 3)).toSorted(), [a, b, c]);
    two?.update([c]);
    assert.deepEqual((await kept(folder, 2)).toSorted(), [a, c]);
  });

  it('are forgotten after a month without news', async () => {
    const folder = await makeFolder();
    const clock = new FakeClock();
    const opened = (): RunningRuns => new RunningRuns(openStorage({ folder, clock }));
    const pass = (days: number): Promise<void> => clock.advance(days * 86_400_000, () => Promise.resolve());
    opened().update([a]);
    await kept(folder, 1, clock);
    await pass(29);
    assert.deepEqual(await opened().load(all), [a]);
    await pass(3);
    assert.deepEqual(await opened().load(all), []);
  });

  it('are kept by a window that does not watch them', async () => {
    const folder = await makeFolder();
    const one = new RunningRuns(openStorage({ folder }));
    one.update([a]);
    await kept(folder, 1);
    const other = new RunningRuns(openStorage({ folder }));
    assert.deepEqual(await other.load(() => false), []);
    other.update([b]);
    other.update([]);
    assert.deepEqual(await kept(folder, 1), [a]);
  });

  it('are migrated from version 0.1.0', async () => {
    const [folder, shared] = [await makeFolder(), new FakeStorage()];
    shared.state.set('watched.running', [a, 'no path']);
    const storage = openStorage({ folder, shared });
    assert.deepEqual(await new RunningRuns(storage).load(all), [a]);
    assert.equal(shared.state.get('watched.running'), undefined);
    assert.deepEqual(await kept(folder, 1), [a]);
  });
});

describe('the filter of a workspace', () => {
  const store = { get: () => undefined } as unknown as Store;

  it('is migrated from version 0.1.0', () => {
    const [shared, workspaceState] = [new FakeStorage(), new Map<string, unknown>([['filter', 'web']])];
    const open = (): TreeFilter =>
      new TreeFilter(store, openStorage({ shared, workspace: 'w', workspaceState }));
    assert.equal(open().text, 'web');
    open().set('');
    assert.equal(open().text, '');
  });

  it('is that of this workspace, and unaffected by other entries', () => {
    const shared = new FakeStorage();
    const open = (workspace: string): TreeFilter => new TreeFilter(store, openStorage({ shared, workspace }));
    const [one, two] = [open('w1'), open('w2')];
    one.set('web');
    two.set('app');
    assert.deepEqual([one.text, open('w1').text, open('w2').text], ['web', 'web', 'app']);
  });

  it('is stored as it was accepted, and not as it is typed', () => {
    const shared = new FakeStorage();
    const filter = new TreeFilter(store, openStorage({ shared }));
    filter.preview('we');
    assert.deepEqual([filter.text, shared.state.size], ['we', 0]);
  });
});

describe('the storage of a window', () => {
  it('lets accounts write their own keys, and none of its entries', () => {
    const shared = new FakeStorage();
    const storage = openStorage({ shared });
    const { accountState } = storage;
    new WatchList(storage, accounts).set([a], true);
    void accountState.update('account:1', { name: 'Retail' });
    assert.deepEqual(accountState.get('account:1'), { name: 'Retail' });
    assert.throws(() => accountState.update('watched:x', 1), /no key of accounts/);
  });

  it('forgets removed entries, after a while', () => {
    const [shared, clock] = [new FakeStorage(), new FakeClock()];
    const watches = new WatchList(openStorage({ shared, clock }), accounts);
    for (let day = 0; day < 5; day++) {
      const path = childPath(account, 'connection', String(day));
      watches.set([path], true);
      watches.set([path], false);
      clock.sleep(24 * 3_600_000);
    }
    watches.set([a], true);
    assert.deepEqual([...shared.state.keys()], [`watched:${a}`]);
  });
});
