import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { NotificationSuppressor } from '../../../../src/features/runs/notificationSuppressor';
import { FakeClock } from '../../../support/fakeClock';
import { account, settle } from '../../../support/fakes/store';
import { MemoryFiles } from './work';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const connection = childPath(account, 'connection', 'c');
const run = childPath(connection, 'backfill', 'r');
const sibling = childPath(account, 'connection', 'cc');

/** Two windows on one machine. */
function windows(): {
  clock: FakeClock;
  files: MemoryFiles;
  own: NotificationSuppressor;
  other: NotificationSuppressor;
} {
  const [clock, files] = [new FakeClock(), new MemoryFiles()];
  const [own, other] = [0, 1].map(() => new NotificationSuppressor({ files: () => files }, clock));
  return { clock, files, own: own ?? assert.fail(), other: other ?? assert.fail() };
}

async function elsewhere(
  suppressor: NotificationSuppressor,
  ...paths: readonly ResourcePath[]
): Promise<readonly ResourcePath[]> {
  return [...(await suppressor.suppressedElsewhere(paths))];
}

describe('a suppression of notifications', () => {
  it('covers what is at and below its path, in its own window and in others', async () => {
    const { own, other } = windows();
    own.suppress(connection);
    const covered = [account, connection, run, sibling].map((path) => own.isSuppressed(path));
    assert.deepEqual(covered, [false, true, true, false]);
    assert.deepEqual(await elsewhere(other, account, connection, run, sibling), [connection, run]);
    assert.deepEqual(await elsewhere(own, connection), [], 'it is its own');
    assert.ok(!other.isSuppressed(connection));
  });

  it('lasts as long as its action, and a minute and a half after its window crashed', async () => {
    const { clock, files, own, other } = windows();
    own.suppress(connection);
    await clock.advance(5 * HOUR_MS, settle);
    assert.deepEqual([await elsewhere(other, run), own.isSuppressed(run)], [[run], true]);
    assert.deepEqual([files.entries.size, clock.timers], [1, 1]);
    clock.sleep(59 * SECOND_MS);
    assert.deepEqual(await elsewhere(other, run), [run]);
    clock.sleep(31 * SECOND_MS);
    assert.deepEqual(await elsewhere(other, run), []);
  });

  it('that was released lasts until its runs were polled once more', async () => {
    const { clock, files, own, other } = windows();
    const lift = own.suppress(connection);
    const before = clock.now();
    clock.sleep(SECOND_MS);
    lift();
    own.prune(account, before);
    own.prune(account, clock.now());
    own.prune(sibling, clock.now() + 1);
    own.prune(run, clock.now() + 1);
    assert.deepEqual([own.isSuppressed(run), await elsewhere(other, run)], [true, [run]]);
    own.prune(account, clock.now() + 1);
    assert.deepEqual([own.isSuppressed(run), await elsewhere(other, run)], [false, []]);
    assert.deepEqual([files.entries.size, clock.timers], [0, 0]);
  });

  it('that is active is not settled by any answer', () => {
    const { clock, own } = windows();
    own.suppress(connection);
    own.prune(account, clock.now() + HOUR_MS);
    assert.ok(own.isSuppressed(run));
  });

  it('that was released and never settled ends by itself after an hour', async () => {
    const { clock, files, own, other } = windows();
    own.suppress(connection)();
    await clock.advance(HOUR_MS - SECOND_MS, settle);
    assert.deepEqual([own.isSuppressed(run), await elsewhere(other, run), clock.timers], [true, [run], 1]);
    await clock.advance(SECOND_MS, settle);
    assert.deepEqual([own.isSuppressed(run), files.entries.size, clock.timers], [false, 0, 0]);
  });

  it('a suppression for a window ends with it', () => {
    const { clock, files, own } = windows();
    own.suppress(connection);
    own.suppress(sibling)();
    assert.equal(files.entries.size, 2);
    own.dispose();
    assert.deepEqual([files.entries.size, clock.timers, own.isSuppressed(run)], [0, 0, false]);
  });

  it('is not read from a file that is damaged or has no path', async () => {
    const { clock, files, other } = windows();
    const until = clock.now() + HOUR_MS;
    for (const text of ['', '{', '{"id":"x"}', JSON.stringify({ id: 'x', path: 'nowhere', until })])
      files.entries.set(text, text);
    assert.deepEqual(await elsewhere(other, run), []);
    files.entries.set('good', JSON.stringify({ id: 'y', path: connection, until }));
    assert.deepEqual(await elsewhere(other, run), [run]);
  });
});
