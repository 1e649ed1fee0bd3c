import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath, idInPath } from '../../../../../src/core/services/contract/path';
import { accountRow, startService, stopped } from '../../../../support/service';
import { firstPage, firstRow, readAll, rows } from '../../../../support/rows';

const work = { connections: 12, datasets: 3, backfills: 2 };

describe('current backfills of Adobe CJA', () => {
  it('take two requests for a whole account, newest first', async () => {
    await using h = await startService('cja', work);
    const { entries, updated } = await h.session.runs.fetchRuns(accountRow, [], {});
    assert.deepEqual(h.paths(), ['/ims/token/v3', '/data/connections', '/data/connections']);
    const states = new Set(entries.map(({ run }) => run.status?.state));
    assert.deepEqual([...states].sort(), ['failed', 'ok', 'queued', 'running']);
    const dates = entries.map(({ run }) => h.session.runs.times(run).created ?? '');
    assert.deepEqual(dates, dates.toSorted().toReversed());
    assert.ok(entries.every(({ ancestors }) => ancestors.length === 2));
    const connections = updated.filter(({ kind }) => kind === 'connection');
    assert.equal(new Set(connections.map(({ path }) => path)).size, 12);
  });

  it('name the rows that the tree shows', async () => {
    await using h = await startService('cja', { ...work, ...stopped() });
    const { entries, updated } = await h.session.runs.fetchRuns(accountRow, [], {});
    const [entry] = entries;
    const connections = rows(await readAll(h.session, accountRow), 'connection');
    const connection = connections.find(({ id }) => id === idInPath(entry?.run.path ?? fail(), 'connection'));
    assert.equal(entry?.ancestors[0], connection?.label);
    const datasets = rows(await readAll(h.session, connection ?? fail()), 'dataset');
    const dataset = datasets.find(({ label }) => label === entry?.ancestors[1]) ?? fail();
    assert.deepEqual(updated.find(({ path }) => path === dataset.path)?.status, dataset.status);
    const backfills = await readAll(h.session, dataset);
    assert.deepEqual(
      backfills.find(({ resource }) => resource.path === entry?.run.path)?.resource,
      entry?.run,
    );
  });

  it('take one request for a page of connections, restricted to them', async () => {
    await using h = await startService('cja', { ...work, connections: 60 });
    const connections = rows(await readAll(h.session, accountRow), 'connection');
    const busy = connections.filter((row) => h.session.runs.isActive(row));
    assert.ok(busy.length > 20, String(busy.length));
    h.sample.clearRequests();
    const paths = busy.map(({ path }) => path);
    const { entries } = await h.session.runs.fetchRuns(accountRow, paths, {});
    assert.deepEqual(h.paths(), ['/data/connections']);
    assert.equal(new Set(entries.map(({ ancestors }) => ancestors[0])).size, busy.length);
    const [first] = entries;
    const one = await h.session.runs.fetchRuns(accountRow, [first?.run.path ?? fail()], {});
    assert.deepEqual(one.entries, [first]);
  });

  it('are left out for connections that are gone', async () => {
    await using h = await startService('cja', work);
    const gone = [childPath(accountRow.path, 'connection', 'dg_gone')];
    assert.deepEqual(await h.session.runs.fetchRuns(accountRow, gone, {}), { entries: [], updated: [] });
  });

  it('are split into batches of 100 connections', async () => {
    await using h = await startService('cja', work);
    const paths = Array.from({ length: 250 }, (_, index) =>
      childPath(accountRow.path, 'connection', `dg_${index}`),
    );
    const below = paths.map((path) => childPath(path, 'dataset', 'one'));
    const parts = h.session.runs.batches([...paths, ...below]);
    assert.deepEqual(
      parts.map(({ length }) => length),
      [200, 200, 100],
    );
    assert.deepEqual(h.session.runs.batches([]), []);
  });

  it('are in the list of a dataset, except those that the settings exclude', async () => {
    await using h = await startService('cja', work, { settings: { backfillStatus: 'inProgress, failed' } });
    const { runs } = h.session;
    const connection = await firstRow(h.session, accountRow, 'connection');
    const listed = (word: string): boolean | undefined =>
      runs.matchesListFilter({ ...connection, kind: 'backfill', status: { state: 'unknown', label: word } });
    assert.deepEqual(['IN_PROGRESS', 'FAILED', 'COMPLETED', 'IN_QUEUE'].map(listed), [
      true,
      true,
      false,
      false,
    ]);
  });

  it('are active while they run or wait, also below a connection with another failed one', async () => {
    await using h = await startService('cja', work);
    const connection = await firstRow(h.session, accountRow, 'connection');
    const alive = (backfillSummary: Readonly<Record<string, number>>): boolean | undefined =>
      h.session.runs.isActive({ ...connection, json: { backfillSummary } });
    assert.equal(alive({ total: 3, failed: 1, inProgress: 1, completed: 1 }), true);
    assert.equal(alive({ total: 3, failed: 1, inProgress: 0, completed: 1 }), true);
    assert.equal(alive({ total: 3, failed: 2, inProgress: 0, completed: 1 }), false);
    h.sample.cja.finishBackfills();
    const { items } = await h.session.children(accountRow, firstPage(), {});
    assert.ok(rows(items, 'connection').every((row) => !h.session.runs.isActive(row)));
  });
});

function fail(): never {
  assert.fail();
}
