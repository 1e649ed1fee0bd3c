import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { runSchema } from '../../../../../src/core/services/krenalis/client/schemas';
import { runStatus } from '../../../../../src/core/services/krenalis/levels/status';
import { toTimes } from '../../../../../src/core/services/krenalis/levels/runs';
import { accountRow, startService } from '../../../../support/service';
import { firstRow, connectionNamed } from '../../../../support/rows';
import { getJson } from '../../../../../src/core/services/contract/resource';

it('one rejected item is a warning, and none is not', () => {
  const run = { id: 'r', endTime: '2026-08-01T10:00:00Z', passed: [2, 1] };
  const states = [[0, 1], [0, 0], []].map(
    (failed) => runStatus(v.parse(runSchema, { ...run, failed })).state,
  );
  assert.deepEqual(states, ['warning', 'ok', 'ok']);
});

describe('the times of a pipeline run', () => {
  it('are those of the sample service', async () => {
    let now = 1_790_000_000_000;
    await using h = await startService('krenalis', { now: () => now, backfillSeconds: 70 });
    const connection = await connectionNamed(h.session, 'PostgreSQL', 'Source');
    const pipeline = await firstRow(h.session, connection, 'pipeline');
    const during = await firstRow(h.session, pipeline, 'run');
    assert.deepEqual(toTimes(during), { started: getJson(during)?.startTime });
    now += 80_000;
    const { startTime, endTime } = getJson(await firstRow(h.session, pipeline, 'run')) ?? assert.fail();
    assert.deepEqual([typeof endTime, startTime], ['string', getJson(during)?.startTime]);
    assert.deepEqual(toTimes(await firstRow(h.session, pipeline, 'run')), {
      started: startTime,
      completed: endTime,
    });
  });

  it('have no end while it is active, and no invalid dates', () => {
    const startTime = '2026-08-01T10:00:00.123456Z';
    const run = { ...accountRow, kind: 'run', id: 'r' } as const;
    assert.deepEqual(toTimes({ ...run, json: { id: 'r', startTime, endTime: null } }), {
      started: startTime,
    });
    assert.deepEqual(toTimes({ ...run, json: { id: 'r', startTime: 'soon' } }), {});
    assert.deepEqual(toTimes({ ...run, kind: 'pipeline', json: { id: 'r', startTime } }), {});
  });
});
