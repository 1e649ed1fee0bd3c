import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { AgeClock } from '../../../../src/features/runs/runRows';
import { account, settle } from '../../../support/fakes/store';
import { FakeClock } from '../../../support/fakeClock';

const young = childPath(account, 'run', 'young');
const old = childPath(account, 'run', 'old');
const undated = childPath(account, 'run', 'undated');

/** A list of three rows that redraws itself, and reports the redrawn rows. */
function list(): { clock: FakeClock; ages: AgeClock; redrawn: ResourcePath[] } {
  const clock = new FakeClock();
  const redrawn: ResourcePath[] = [];
  const begun = clock.now();
  const draw = (path: ResourcePath): void => {
    ages.drawn(path, path === undated ? undefined : begun - (path === old ? 3 * 86_400_000 : 0));
  };
  const ages = new AgeClock(clock, (paths) => {
    redrawn.push(...paths);
    paths.forEach(draw);
  });
  [young, old, undated].forEach(draw);
  return { clock, ages, redrawn };
}

describe('ages in a list of runs', () => {
  it('follow the clock, only for rows whose text changes', async () => {
    const { clock, ages, redrawn } = list();
    ages.run(true);
    await clock.advance(59_000, settle);
    assert.equal(redrawn.length, 0);
    await clock.advance(16_000, settle);
    assert.deepEqual(redrawn, [young]);
    await clock.advance(120_000, settle);
    assert.deepEqual(redrawn, [young, young, young]);
    await clock.advance(86_400_000, settle);
    assert.equal(redrawn.filter((path) => path === old).length, 1);
    assert.ok(!redrawn.includes(undated));
  });

  it('are at most 15 seconds late, whenever the list was shown', async () => {
    for (let shownAt = 0; shownAt < 60_000; shownAt += 5000) {
      const { clock, ages, redrawn } = list();
      await clock.advance(shownAt, settle);
      ages.run(true);
      await clock.advance(75_000 - shownAt, settle);
      assert.deepEqual(redrawn, [young], String(shownAt));
    }
  });

  it('are not updated while hidden, and are right when shown', async () => {
    const { clock, ages, redrawn } = list();
    ages.run(true);
    assert.equal(clock.timers, 1);
    ages.run(false);
    await clock.advance(600_000, settle);
    assert.deepEqual([redrawn.length, clock.timers], [0, 0]);
    ages.run(true);
    assert.deepEqual([redrawn.join(), clock.timers], [young, 1]);
    ages.dispose();
    assert.equal(clock.timers, 0);
  });

  it('are no longer updated for rows that are gone, or have lost their date', async () => {
    const { clock, ages, redrawn } = list();
    ages.drawn(young, undefined);
    ages.run(true);
    await clock.advance(4 * 86_400_000, settle);
    assert.deepEqual(new Set(redrawn), new Set([old]));
    ages.clear();
    const before = redrawn.length;
    await clock.advance(4 * 86_400_000, settle);
    assert.equal(redrawn.length, before);
  });
});
