import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ResourcePath } from '../../src/services/path';
import type { RunEntry } from '../../src/services/runs';
import type { StatusState } from '../../src/services/service';
import { Claims } from '../../src/watch/claims';
import { Mutes } from '../../src/watch/mutes';
import { Teller, type Notice, type NotificationChoice } from '../../src/watch/teller';
import { account, resource, settle } from '../store/fakes';
import { FakeClock } from './fakeClock';

function ended(id: string, state: StatusState = 'ok'): RunEntry {
  const run = { ...resource(account, 'backfill', id), status: { state, word: state.toUpperCase() } };
  return { run, of: ['Checkout', 'Web events'] };
}

/** A teller of a window of its own. */
function windowOf(
  choice: NotificationChoice,
  claim: (path: ResourcePath) => Promise<boolean>,
  mutes = new Mutes(),
): (...entries: readonly RunEntry[]) => Promise<readonly string[]> {
  const [clock, notices] = [new FakeClock(), [] as Notice[]];
  const teller = new Teller({
    isWatched: (path) => !path.includes('unwatched'),
    isMuted: (path) => mutes.covers(path),
    claim,
    choice: () => choice,
    show: (notice) => notices.push(notice),
    clock,
  });
  return async (...entries) => {
    teller.add(entries);
    await clock.advance(1000, settle);
    for (let wait = 0; wait < 20; wait++) await settle();
    return notices.splice(0).map(({ text }) => text);
  };
}

const free = (): Promise<boolean> => Promise.resolve(true);

describe('the end of watched work', () => {
  it('is told with its name, and several ends in one message', async () => {
    const tell = windowOf('all', free);
    assert.deepEqual(await tell(ended('a')), ['Backfill finished: Checkout › Web events · a']);
    assert.deepEqual(await tell(ended('b', 'failed')), ['Backfill failed: Checkout › Web events · b']);
    assert.deepEqual(await tell(ended('c'), ended('d')), ['2 watched runs finished.']);
    assert.deepEqual(await tell(ended('e'), ended('f', 'failed')), [
      '2 watched runs ended, 1 of them failed.',
    ]);
    assert.deepEqual(await tell(ended('g', 'inactive')), [
      'Backfill ended (INACTIVE): Checkout › Web events · g',
    ]);
  });

  it('is not told of what is not watched, nor against the setting', async () => {
    assert.deepEqual(await windowOf('all', free)(ended('unwatched')), []);
    assert.deepEqual(await windowOf('none', free)(ended('a', 'failed')), []);
    assert.deepEqual(await windowOf('failures', free)(ended('a'), ended('b', 'failed')), [
      'Backfill failed: Checkout › Web events · b',
    ]);
  });

  it('is told in one of several windows, and not again in a later one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'claims-'));
    const claims = [new Claims(join(folder, 'told')), new Claims(join(folder, 'told'))];
    const both = await Promise.all(claims.map((each) => each.claim(ended('x').run.path)));
    assert.deepEqual(both.toSorted(), [false, true]);
    const later = new Claims(join(folder, 'told'));
    assert.deepEqual(await windowOf('all', () => later.claim(ended('x').run.path))(ended('x')), []);
    await rm(folder, { recursive: true });
  });

  it('is left to the action that follows it, until the work was asked for once more', async () => {
    const mutes = new Mutes();
    const lift = mutes.mute(account);
    const tell = windowOf('all', free, mutes);
    assert.deepEqual(await tell(ended('a')), []);
    lift(100);
    mutes.settle(account, 50);
    assert.deepEqual(await tell(ended('b')), []);
    mutes.settle(account, 150);
    assert.equal((await tell(ended('c'))).length, 1);
  });
});
