import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Emitter } from '../../../../src/core/base/emitter';
import { parentPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { NotificationSuppressor } from '../../../../src/features/runs/notificationSuppressor';
import { RunMonitor } from '../../../../src/features/runs/runMonitor';
import { WatchList } from '../../../../src/features/runs/watchList';
import { FakeClock } from '../../../support/fakeClock';
import { openStorage } from '../../../support/fakes/storage';
import { account, settle } from '../../../support/fakes/store';
import { FakeScope } from '../../../support/watching';
import { countIn, MemoryFiles, createRun, Work } from './work';

const MINUTE_MS = 60_000;

/** A monitor with its surroundings. */
async function monitoring(
  work: Work,
  watched: readonly ResourcePath[],
  { ran = [], claimed }: { readonly ran?: readonly ResourcePath[]; readonly claimed?: MemoryFiles } = {},
) {
  const clock = new FakeClock();
  const opened = openStorage({ clock });
  const changes = new Emitter<readonly string[]>();
  const folders = {
    running: new MemoryFiles(new Map(ran.map((path) => [path, path]))),
    told: claimed ?? new MemoryFiles(),
    muted: new MemoryFiles(),
  };
  const files = (name: string): MemoryFiles =>
    new Map(Object.entries(folders)).get(name) ?? assert.fail(name);
  const storage = { files, takeOld: () => undefined };
  const suppressor = new NotificationSuppressor(storage, clock);
  const watches = new WatchList(opened, work.source(), () => clock.now());
  watches.set(watched, true);
  const notices: string[] = [];
  const marked: ResourcePath[] = [];
  const scope = new FakeScope();
  const monitor = await RunMonitor.start({
    ...{ store: work.store, watches, suppressor, storage, scope, clock },
    accounts: { onDidChange: changes.event },
    settings: () => ({ pollInterval: MINUTE_MS, autoRefreshInterval: 0, notifications: 'all' }),
    show: ({ text }) => notices.push(text),
    markChanged: (paths) => marked.push(...paths),
  });
  let fired = 0;
  monitor.onDidChange(() => fired++);
  const pass = async (milliseconds: number): Promise<void> => {
    await clock.advance(milliseconds, async () => {
      for (let turn = 0; turn < 5; turn++) await settle();
    });
  };
  const finish = (): void => {
    monitor.dispose();
    suppressor.dispose();
    watches.dispose();
    opened.dispose();
    work.store.dispose();
  };
  return {
    monitor,
    clock,
    changes,
    folders,
    suppressor,
    watches,
    notices,
    marked,
    scope,
    pass,
    finish,
    fired: () => fired,
  };
}

const running = createRun('r', 'running');

describe('a watched run', () => {
  it('is reported as ended, once in all windows, and then unwatched', async () => {
    const claimed = new MemoryFiles();
    const work = new Work();
    work.all = [running, createRun('other', 'running')];
    const m = await monitoring(work, [running.path], { claimed });
    await m.monitor.loader.load();
    await m.pass(MINUTE_MS);
    assert.deepEqual([...m.folders.running.entries.keys()], [running.path]);
    work.all = [createRun('r', 'ok')];
    const fired = m.fired();
    await m.pass(2 * MINUTE_MS);
    assert.deepEqual([m.notices, m.watches.list()], [['Run finished: r'], []]);
    assert.equal(m.folders.running.entries.size, 0);
    assert.ok(m.fired() > fired);
    m.finish();
    const other = new Work();
    other.all = [createRun('r', 'ok')];
    const second = await monitoring(other, [running.path], { claimed, ran: [running.path] });
    await second.pass(2 * MINUTE_MS);
    assert.deepEqual([second.notices, second.watches.list()], [[], []]);
    second.finish();
  });

  it('marks the row above it, and an unwatched run does not', async () => {
    const work = new Work();
    work.all = [running, createRun('other', 'running')];
    const m = await monitoring(work, [running.path]);
    await m.monitor.loader.load();
    work.all = [createRun('r', 'ok'), createRun('other', 'ok')];
    await m.monitor.loader.load({ again: true });
    assert.deepEqual(m.marked, [parentPath(running.path)]);
    m.finish();
  });

  it('is reported as ended if it ended while no window was open', async () => {
    const work = new Work();
    work.all = [createRun('r', 'failed'), createRun('s', 'failed')];
    const m = await monitoring(work, [running.path], { ran: [running.path, createRun('s', 'ok').path] });
    await m.pass(2 * MINUTE_MS);
    assert.deepEqual(m.notices, ['Run failed: r']);
    m.finish();
  });

  it('is left to the action that follows it, until an answer came after the action', async () => {
    const work = new Work();
    work.all = [running];
    const m = await monitoring(work, [account]);
    const lift = m.suppressor.suppress(running.path);
    await m.pass(MINUTE_MS);
    work.all = [createRun('r', 'ok')];
    lift();
    await m.pass(MINUTE_MS);
    assert.deepEqual(m.notices, []);
    assert.ok(!m.suppressor.isSuppressed(running.path));
    assert.deepEqual(m.watches.list(), [account]);
    m.finish();
  });

  it('is reported only for ends since it was watched and the window was opened', async () => {
    const work = new Work();
    const m = await monitoring(work, [account]);
    const at = (milliseconds: number): string => new Date(m.clock.now() + milliseconds).toISOString();
    work.all = [
      { ...createRun('late', 'ok'), description: at(MINUTE_MS) },
      { ...createRun('early', 'ok'), description: at(-MINUTE_MS) },
    ];
    await m.pass(3 * MINUTE_MS);
    assert.deepEqual(m.notices, ['Run finished: late']);
    m.finish();
  });
});

describe('a run monitor', () => {
  it('forgets the runs of a changed account', async () => {
    const work = new Work();
    work.all = [createRun('r', 'failed')];
    const m = await monitoring(work, []);
    await m.monitor.loader.load();
    assert.equal(countIn(m.monitor.registry, 'failed'), 1);
    m.changes.fire(['a']);
    assert.equal(countIn(m.monitor.registry, 'failed'), 0);
    m.finish();
  });

  it('follows changes of the watch list', async () => {
    const m = await monitoring(new Work(), []);
    m.watches.set([account], true);
    assert.equal(m.fired(), 1);
    m.finish();
  });

  it('leaves no timer and no listener behind', async () => {
    const work = new Work();
    work.all = [running];
    const m = await monitoring(work, [running.path]);
    await m.pass(MINUTE_MS / 2);
    m.monitor.dispose();
    assert.equal(m.clock.timers, 0);
    const fired = m.fired();
    m.watches.set([account], true);
    m.monitor.registry.expect([createRun('other', 'running').path]);
    assert.equal(m.fired(), fired);
    m.finish();
  });
});
