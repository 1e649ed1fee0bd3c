import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toTimes } from '../../../../../src/core/services/cja/levels/currentRuns';
import type { RunTimes } from '../../../../../src/core/services/contract/runs';
import type { JsonObject } from '../../../../../src/core/http/json';
import { accountRow, startService } from '../../../../support/service';
import { readAll, rows } from '../../../../support/rows';

const createdDate = '2024-03-31T12:00:00.816Z';

function times(json: JsonObject): RunTimes {
  return toTimes({ ...accountRow, kind: 'backfill', id: 'b', json: { id: 'b', ...json } });
}

describe('the times of a backfill', () => {
  it('are when it was requested, and the days that it loads', () => {
    const json = { createdDate, startDate: '2023-01-01', endDate: '2023-02-01', allData: false };
    const covers = { from: '2023-01-01', to: '2023-02-01', all: false };
    assert.deepEqual(times(json), { created: createdDate, covers });
  });

  it('leave an end open, and say if all data is loaded', () => {
    assert.deepEqual(times({ startDate: '2023-01-01' }), { covers: { from: '2023-01-01', all: false } });
    assert.deepEqual(times({ allData: true, startDate: null }), { covers: { all: true } });
    assert.deepEqual(times({ allData: false }), {});
  });

  it('are omitted if they cannot be parsed', () => {
    assert.deepEqual(times({ createdDate: '20XX-01-01', startDate: 'soon', endDate: 5 }), {});
    assert.deepEqual(toTimes({ ...accountRow, json: { id: 'b', createdDate } }), {});
    assert.deepEqual(toTimes({ ...accountRow, kind: 'backfill' }), {});
  });

  it('are known for every backfill that came with its dataset', async () => {
    await using h = await startService('cja', { connections: 1, datasets: 2, backfills: 3 });
    const [connection] = await readAll(h.session, accountRow, { depth: 2 });
    const datasets = connection?.children?.items ?? [];
    const backfills = rows(
      datasets.flatMap(({ children }) => children?.items ?? []),
      'backfill',
    );
    assert.equal(backfills.length, 6);
    assert.equal(backfills.filter((backfill) => toTimes(backfill).covers?.all).length, 2);
    assert.ok(backfills.every((backfill) => toTimes(backfill).created));
  });
});
