import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compare, findLeaks, type Allowances } from '../../../scripts/soak/figures';
import type { PlantedLeak } from '../../../scripts/soak/leaks';
import { startSimulation } from '../../../scripts/soak/simulation';

/** Minutes in which every activity of {@link startSimulation} occurs. */
const HALF_AN_HOUR = 30;
/** Enough to show what accumulates each minute. */
const FEW_MINUTES = 10;

/** In addition to the values after half an hour. Code is still being compiled. */
const allowances: Allowances = {
  ...{ heap: 8 * 1024 * 1024, data: 384 * 1024 },
  ...{ timers: 6, listeners: 4, sockets: 8, entries: 2, files: 12 },
};

/** The growth in the second of two spans of this number of minutes. */
async function soak(minutes: number, leaks: readonly PlantedLeak[] = []): Promise<readonly string[]> {
  await using simulation = await startSimulation(leaks);
  await simulation.pass(minutes);
  const before = await simulation.measure();
  await simulation.pass(minutes);
  const { first, last } = await compare(before, await simulation.measure());
  assert.ok(simulation.notified > 0, 'ends were notified');
  return findLeaks(first, last, allowances);
}

describe('an hour of watching, failing and recovering with four accounts', () => {
  it('an hour of watching, failing and recovering leaves nothing behind', async () => {
    assert.deepEqual(await soak(HALF_AN_HOUR), []);
  });

  it('would not hide a leak of memory, listeners or timers', async () => {
    const found = (await soak(FEW_MINUTES, ['memory', 'listener', 'timer'])).join('\n');
    for (const figure of ['data', 'listeners', 'timers'])
      assert.match(found, new RegExp(`^${figure} grew`, 'm'));
  });
});
