import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toTimes } from '../../../../../src/core/services/immuta/levels/currentRuns';
import { accountRow, startService } from '../../../../support/service';
import { firstRow, firstTask } from '../../../../support/rows';
import { getJson } from '../../../../../src/core/services/contract/resource';

describe('the times of a task run', () => {
  it('are those of the sample service', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const task = await firstTask(h.session, connection);
    const run = await firstRow(h.session, task, 'run');
    const { createdAt } = getJson(run) ?? assert.fail();
    assert.deepEqual(toTimes(run), { created: createdAt });
  });

  it('are when it started and ended', () => {
    const [createdAt, startedAt, completedAt] = [
      '2026-08-01',
      '2026-08-02T00:00:00Z',
      '2026-08-03T00:00:00Z',
    ];
    const run = { ...accountRow, kind: 'run', id: 'r' } as const;
    assert.deepEqual(toTimes({ ...run, json: { runId: 'r', createdAt, startedAt, completedAt } }), {
      created: createdAt,
      started: startedAt,
      completed: completedAt,
    });
    assert.deepEqual(toTimes({ ...run, json: { runId: 'r', createdAt: 'x', startedAt: null } }), {});
    assert.deepEqual(toTimes({ ...run, kind: 'task', json: { runId: 'r', createdAt } }), {});
  });
});
