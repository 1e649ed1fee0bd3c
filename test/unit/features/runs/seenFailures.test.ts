import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Emitter } from '../../../../src/core/base/emitter';
import { accountPath } from '../../../../src/core/services/contract/path';
import type { KnownRun } from '../../../../src/features/runs/runRegistry';
import { SeenFailures } from '../../../../src/features/runs/seenFailures';
import { FakeStorage } from '../../../support/fakes/accounts';
import { FakeClock } from '../../../support/fakeClock';
import { openStorage } from '../../../support/fakes/storage';
import { judge, createRun } from './work';

const DAY_MS = 86_400_000;

/** Windows over the same storage, and the accounts in them. */
class Windows {
  readonly shared = new FakeStorage();
  now = 1_000 * DAY_MS;
  ids = ['a', 'b'];
  readonly changes = new Emitter<readonly string[]>();

  open(): SeenFailures {
    const storage = openStorage({ shared: this.shared, clock: new FakeClock() });
    const accounts = { list: () => this.ids.map((id) => ({ id })), onDidChange: this.changes.event };
    return new SeenFailures(storage, accounts, () => this.now);
  }
}

function failed(id: string, day?: number, account = 'a'): KnownRun {
  const parent = accountPath(account);
  const run = createRun(id, 'failed', { parent, ...(day !== undefined && { day }) });
  return { run, ancestors: [], active: false, rules: judge };
}

describe('failed runs that were seen', () => {
  it('are known after a restart, by their identity and the time when they ended', () => {
    const windows = new Windows();
    const first = windows.open();
    first.see([failed('r1', 1), failed('undated'), failed('r1', 2, 'b')]);
    first.clear([failed('r1', 1)]);
    const second = windows.open();
    const seen = [failed('r1', 1), failed('undated'), failed('r1', 2, 'b'), failed('r1', 2), failed('r2', 1)];
    assert.deepEqual(
      seen.map((run) => [second.isSeen(run), second.isCleared(run)]),
      [
        [true, true],
        [true, false],
        [true, false],
        [false, false],
        [false, false],
      ],
    );
  });

  it('stay removed from the list if they are seen again', () => {
    const seen = new Windows().open();
    seen.clear([failed('r1', 1)]);
    seen.see([failed('r1', 1)]);
    assert.equal(seen.isCleared(failed('r1', 1)), true);
  });

  it('are forgotten after some time, and beyond a number, oldest first', () => {
    const windows = new Windows();
    const seen = windows.open();
    seen.see([failed('r1', 1)]);
    windows.now += 9 * DAY_MS;
    seen.see([failed('r2', 1)]);
    assert.equal(seen.isSeen(failed('r1', 1)), true);
    windows.now += 2 * DAY_MS;
    seen.see([failed('r3', 1)]);
    assert.deepEqual([seen.isSeen(failed('r1', 1)), seen.isSeen(failed('r2', 1))], [false, true]);
    seen.see(Array.from({ length: 500 }, (_, at) => failed(`more${at}`)));
    assert.deepEqual([seen.isSeen(failed('r3', 1)), seen.isSeen(failed('more0'))], [false, true]);
  });

  it('are forgotten with their account', () => {
    const windows = new Windows();
    const seen = windows.open();
    seen.see([failed('r1', 1), failed('r1', 1, 'b')]);
    windows.ids = ['b'];
    windows.changes.fire(['a']);
    assert.deepEqual([seen.isSeen(failed('r1', 1)), seen.isSeen(failed('r1', 1, 'b'))], [false, true]);
  });

  it('fire one event, and none if nothing is new', () => {
    const seen = new Windows().open();
    let fired = 0;
    seen.onDidChange(() => fired++);
    seen.see([failed('r1', 1)]);
    seen.see([failed('r1', 1)]);
    seen.see([]);
    seen.clear([failed('r1', 1)], false);
    assert.equal(fired, 1);
  });

  it('may be stored in any form', () => {
    const windows = new Windows();
    windows.open().see([failed('r1', 1)]);
    const state = windows.shared.memento();
    for (const key of state.keys().filter((each) => each.startsWith('seenFailures:')))
      void state.update(key, { at: 1, value: [{ path: 4 }] });
    assert.equal(windows.open().isSeen(failed('r1', 1)), false);
  });
});
