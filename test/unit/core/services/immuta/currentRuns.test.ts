import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountRow, startService, stopped } from '../../../../support/service';
import { getFailure, readAll, rows, firstTask } from '../../../../support/rows';

const small = { connections: 3 };
const DAY_SECONDS = 86_400;

describe('current runs of Immuta', () => {
  it('are requested by connection, and by tasks that are active or failed', async () => {
    await using h = await startService('immuta', small);
    const { entries, updated } = (await h.session.runs?.fetchRuns(accountRow, [], {})) ?? assert.fail();
    const asked = h.asked().filter((line) => line.startsWith('GET'));
    const telling = updated.filter(({ kind, status }) => kind === 'task' && status?.state !== 'ok');
    assert.ok(telling.length >= 3);
    assert.equal(asked.length, 1 + 3 + telling.length);
    assert.ok(entries.some(({ run }) => h.session.runs?.isActive(run)));
    assert.ok(entries.every(({ ancestors }) => ancestors.length === 2));
  });

  it('are requested of all connections, however many lists these take', async () => {
    await using h = await startService('immuta', { connections: 101 });
    await h.session.runs?.fetchRuns(accountRow, [], {});
    const ofConnections = h.asked().filter((line) => /^GET .*task/i.test(line) && !line.includes('/runs'));
    assert.equal(ofConnections.length, 101);
  });

  it('are at the places where the tree shows them', async () => {
    await using h = await startService('immuta', { ...small, ...stopped() });
    const { entries, updated } = (await h.session.runs?.fetchRuns(accountRow, [], {})) ?? assert.fail();
    const connection = rows(await readAll(h.session, accountRow), 'connection')[0] ?? assert.fail();
    const task = await firstTask(h.session, connection);
    assert.deepEqual(updated.find(({ path }) => path === task.path)?.label, task.label);
    const [newest] = rows(await readAll(h.session, task), 'run');
    assert.ok(entries.some(({ run }) => run.path === newest?.path));
    const [subtask] = rows(await readAll(h.session, task), 'task');
    assert.ok(updated.some(({ path }) => path === subtask?.path));
  });

  it('of a connection include those of tasks that have ended since the last answer, once', async () => {
    await using h = await startService('immuta', small);
    const { runs, actions } = h.session;
    const [connection = assert.fail()] = rows(await readAll(h.session, accountRow), 'connection');
    const read = async (active: boolean): Promise<readonly string[]> => {
      const { entries } = (await runs?.fetchRuns(accountRow, [connection.path], {})) ?? assert.fail();
      return entries.filter(({ run }) => runs?.isActive(run) === active).map(({ run }) => run.path);
    };
    const known = await read(false);
    const active = await read(true);
    assert.ok(active.length > 0);
    const sync = actions?.(connection).find(({ verb }) => verb === 'sync') ?? assert.fail();
    await sync.perform({ kind: 'none' }, {});
    h.sample.advance(DAY_SECONDS);
    const ended = (await read(false)).filter((path) => !known.includes(path));
    assert.deepEqual(ended.filter((path) => active.includes(path)).toSorted(), active.toSorted());
    assert.equal(ended.length, active.length + 1, 'and the one that began meanwhile');
    h.sample.clearRequests();
    assert.deepEqual(await read(false), []);
    assert.equal(h.asked().filter((line) => line.includes('/runs')).length, 0);
  });

  it('take one request for a run, and for the runs of a task', async () => {
    await using h = await startService('immuta', small);
    const { entries } = (await h.session.runs?.fetchRuns(accountRow, [], {})) ?? assert.fail();
    const { run } = entries[0] ?? assert.fail();
    for (const path of [run.path, run.path.slice(0, run.path.lastIndexOf('/')) as typeof run.path]) {
      h.sample.clearRequests();
      const one = (await h.session.runs?.fetchRuns(accountRow, [path], {})) ?? assert.fail();
      assert.equal(h.asked().length, 1);
      assert.ok(one.entries.some((entry) => entry.run.path === run.path));
      assert.deepEqual(h.session.runs?.batches([path, path]), [[path], [path]]);
    }
  });

  it('are in the list of a task, except those that the settings exclude', async () => {
    await using h = await startService('immuta', small, { settings: { runStatus: 'FAILED' } });
    const { runs } = h.session;
    const listed = (word: string): boolean | undefined =>
      runs?.matchesListFilter?.({ ...accountRow, kind: 'run', status: { state: 'unknown', label: word } });
    assert.deepEqual(['FAILED', 'RUNNING'].map(listed), [true, false]);
  });

  it('fail if the service does, and are not reported as none', async () => {
    await using h = await startService('immuta', small);
    h.sample.inject({ match: { path: /tasks/ }, status: 403, body: { message: 'no' } });
    const read = h.session.runs?.fetchRuns(accountRow, [], {}) ?? assert.fail();
    assert.equal((await getFailure(read)).kind, 'permission');
  });

  it('are left out if they are gone', async () => {
    await using h = await startService('immuta', small);
    const { entries } = (await h.session.runs?.fetchRuns(accountRow, [], {})) ?? assert.fail();
    const { run } = entries[0] ?? assert.fail();
    const gone = `${run.path}0` as typeof run.path;
    assert.deepEqual(await h.session.runs?.fetchRuns(accountRow, [gone], {}), { entries: [], updated: [] });
  });
});
