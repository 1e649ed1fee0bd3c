import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { RunTimes } from '../../../../src/core/services/contract/runs';
import type { StatusState } from '../../../../src/shared/status';
import { CrossWindowLock, LOCK_LIFETIME_MS } from '../../../../src/features/runs/crossWindow';
import { NotificationSuppressor } from '../../../../src/features/runs/notificationSuppressor';
import {
  withoutKind,
  type NotificationChoice,
  RunNotifier,
  type RunNotification,
} from '../../../../src/features/runs/runNotifier';
import type { KnownRun } from '../../../../src/features/runs/runRegistry';
import { FakeClock } from '../../../support/fakeClock';
import { openStorage } from '../../../support/fakes/storage';
import { account, resource, settle } from '../../../support/fakes/store';

function ended(id: string, state: StatusState = 'ok', times: RunTimes = {}): KnownRun {
  const run = { ...resource(account, 'backfill', id), status: { state, label: state.toUpperCase() } };
  const judge = { isActive: () => false, times: () => times };
  return { run, ancestors: ['Checkout', 'Web events'], active: false, rules: judge };
}

/** A teller of a window of its own. */
function createWindow(
  choice: NotificationChoice,
  claim: (run: KnownRun) => Promise<boolean> = () => Promise.resolve(true),
  suppressor?: NotificationSuppressor,
): (...entries: readonly KnownRun[]) => Promise<readonly string[]> {
  const [clock, notices] = [new FakeClock(), [] as RunNotification[]];
  let pending = 0;
  const tracked = async <T>(work: Promise<T>): Promise<T> => {
    pending++;
    return work.finally(() => pending--);
  };
  const notifier = new RunNotifier({
    isWatched: (path) => !path.includes('unwatched'),
    isSuppressed: (path) => suppressor?.isSuppressed(path) ?? false,
    suppressedElsewhere: (paths) =>
      tracked(suppressor?.suppressedElsewhere(paths) ?? Promise.resolve(new Set<ResourcePath>())),
    acquire: (run) => tracked(claim(run)),
    choice: () => choice,
    show: (notice) => notices.push(notice),
    clock,
  });
  return async (...entries) => {
    notifier.add(entries);
    await clock.advance(1000, settle);
    do await settle();
    while (pending > 0);
    await settle();
    return notices.splice(0).map(({ text }) => text);
  };
}

describe('the end of a watched run', () => {
  it('is reported with its name, and several ends in one message', async () => {
    const notify = createWindow('all');
    assert.deepEqual(await notify(ended('a')), ['Backfill finished: Checkout › Web events · a']);
    assert.deepEqual(await notify(ended('b', 'failed')), ['Backfill failed: Checkout › Web events · b']);
    assert.deepEqual(await notify(ended('c'), ended('d')), ['2 watched runs finished.']);
    assert.deepEqual(await notify(ended('e'), ended('f', 'failed')), ['2 watched runs ended. Failed: 1.']);
    assert.deepEqual(await notify(ended('g', 'inactive')), [
      'Backfill ended (INACTIVE): Checkout › Web events · g',
    ]);
  });

  it('is reported for a run of any kind, and for one with an unknown status', async () => {
    const notify = createWindow('all');
    const { run, ...rest } = ended('a');
    const { status, ...unknown } = run;
    assert.deepEqual(
      await notify({ ...rest, run: { ...run, kind: 'run', label: '' }, ancestors: ['Shop'] }),
      ['Run finished: Shop'],
    );
    assert.ok(status);
    assert.deepEqual(await notify({ ...rest, run: unknown, ancestors: [] }), ['Backfill ended (): a']);
  });

  it('is not reported for what is not watched, nor against the setting', async () => {
    assert.deepEqual(await createWindow('all')(ended('unwatched')), []);
    assert.deepEqual(await createWindow('none')(ended('a', 'failed')), []);
    assert.deepEqual(await createWindow('failures')(ended('a'), ended('b', 'failed')), [
      'Backfill failed: Checkout › Web events · b',
    ]);
    assert.deepEqual(await createWindow('successes')(ended('a'), ended('b', 'warning')), [
      'Backfill finished: Checkout › Web events · a',
    ]);
  });

  it('is muted by its kind, and the other kind is unchanged', () => {
    assert.equal(withoutKind('all', 'failures'), 'successes');
    assert.equal(withoutKind('all', 'successes'), 'failures');
    for (const kind of ['failures', 'successes'] as const) assert.equal(withoutKind(kind, kind), 'none');
    assert.equal(withoutKind('failures', 'successes'), 'failures');
    assert.equal(withoutKind('none', 'successes'), 'none');
  });
});

describe('the end of a watched run in several windows', () => {
  const folders: string[] = [];
  const makeFolder = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'watch-'));
    folders.push(folder);
    return folder;
  };
  after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, maxRetries: 5 }))));
  /** Waits until there is this number of files of suppressed notifications. */
  const filesIn = async (folder: string, count: number): Promise<void> => {
    const names = (): Promise<readonly string[]> => readdir(join(folder, 'muted')).catch(() => []);
    while ((await names()).filter((name) => !name.endsWith('.tmp')).length !== count) await settle();
  };
  const createLock = (folder: string, clock = new FakeClock()): CrossWindowLock =>
    new CrossWindowLock(openStorage({ folder, clock }).files('told', LOCK_LIFETIME_MS));

  it('is reported in one of them, and not again in a later one', async () => {
    const folder = await makeFolder();
    const [run, times] = [ended('x').run, { created: '2026-11-26T08:00:00Z' }];
    const both = await Promise.all([folder, folder].map((each) => createLock(each).tryAcquire(run, times)));
    assert.deepEqual(both.toSorted(), [false, true]);
    const later = createLock(folder);
    const notify = createWindow('all', (entry) => later.tryAcquire(entry.run, times));
    assert.deepEqual(await notify(ended('x')), []);
  });

  it('is reported for each run with the same ID, because services reuse IDs', async () => {
    const folder = await makeFolder();
    const notify = createWindow('all', ({ run, rules: judge }) =>
      createLock(folder).tryAcquire(run, judge.times(run)),
    );
    const run = (day: number): KnownRun => ended('x', 'ok', { started: `2026-11-${day}T08:00:00Z` });
    assert.equal((await notify(run(26))).length, 1);
    assert.equal((await notify(run(26))).length, 0);
    assert.equal((await notify(run(27))).length, 1);
  });

  it('leaves no claims behind for longer than windows may differ', async () => {
    const [folder, clock] = [await makeFolder(), new FakeClock()];
    const claims = createLock(folder, clock);
    for (let hour = 0; hour < 24; hour++) {
      await claims.tryAcquire(ended(String(hour)).run, {});
      clock.sleep(3_600_000);
    }
    const left = await readdir(join(folder, 'told'));
    assert.ok(left.length <= 4, `${left.length} claims`);
  });

  it('is left to the action that follows it, in any window, until the run was polled once more', async () => {
    const [folder, clock] = [await makeFolder(), new FakeClock()];
    const [own, other] = [1, 2].map(() => new NotificationSuppressor(openStorage({ folder, clock }), clock));
    const claims = createLock(folder);
    const claim = ({ run, rules: judge }: KnownRun): Promise<boolean> =>
      claims.tryAcquire(run, judge.times(run));
    const [notify, notifyElsewhere] = [createWindow('all', claim, own), createWindow('all', claim, other)];
    const lift = own?.suppress(account) ?? assert.fail();
    await filesIn(folder, 1);
    assert.deepEqual(await notifyElsewhere(ended('a')), []);
    assert.deepEqual(await notify(ended('a')), []);
    clock.sleep(100);
    lift();
    own?.prune(account, clock.now() - 50);
    assert.deepEqual(await notifyElsewhere(ended('b')), []);
    assert.deepEqual(await notify(ended('b')), []);
    clock.sleep(100);
    own?.prune(account, clock.now());
    await filesIn(folder, 0);
    assert.deepEqual(await notifyElsewhere(ended('b')), [], 'reported by the action');
    assert.equal((await notifyElsewhere(ended('c'))).length, 1);
    assert.equal((await notify(ended('d'))).length, 1);
  });

  it('is reported by another window if the one with the action has ended silently', async () => {
    const [folder, clock] = [await makeFolder(), new FakeClock()];
    const [own, other] = [1, 2].map(() => new NotificationSuppressor(openStorage({ folder, clock }), clock));
    own?.suppress(account);
    await filesIn(folder, 1);
    const notify = createWindow('all', undefined, other);
    assert.deepEqual(await notify(ended('a')), []);
    clock.sleep(120_000);
    assert.equal((await notify(ended('b'))).length, 1);
    own?.dispose();
  });
});
