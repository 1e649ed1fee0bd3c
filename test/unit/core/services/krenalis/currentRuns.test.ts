import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountRow, startService, stopped } from '../../../../support/service';
import { readAll } from '../../../../support/rows';

describe('current runs of Krenalis', () => {
  it('are loaded with their connections, and then by themselves', async () => {
    await using h = await startService('krenalis');
    const { entries, updated } = await h.session.runs.fetchRuns(accountRow, [], {});
    assert.deepEqual(h.asked(), ['GET /v1/pipelines/runs', 'GET /v1/connections']);
    assert.ok(entries.length > 0);
    assert.ok(entries.every(({ ancestors }) => ancestors.length === 2));
    h.sample.clearRequests();
    await h.session.runs.fetchRuns(
      accountRow,
      updated.map(({ path }) => path),
      {},
    );
    assert.deepEqual(h.asked(), ['GET /v1/pipelines/runs']);
  });

  it('are at the places where the tree shows them, and look the same', async () => {
    await using h = await startService('krenalis', stopped());
    const connections = await readAll(h.session, accountRow);
    const { entries, updated } = await h.session.runs.fetchRuns(accountRow, [], {});
    const { run, ancestors } = entries[0] ?? assert.fail();
    const connection = connections.find(({ resource }) => run.path.startsWith(`${resource.path}/`));
    assert.equal(connection?.resource.label, ancestors[0]);
    const pipelines = connection?.children?.items ?? [];
    const pipeline =
      pipelines.find(({ resource }) => resource.label === ancestors[1])?.resource ?? assert.fail();
    const runs = await readAll(h.session, pipeline);
    assert.deepEqual(runs.find(({ resource }) => resource.path === run.path)?.resource, run);
    for (const { resource } of connections) {
      const update = updated.find(({ path }) => path === resource.path);
      assert.deepEqual(update?.status, resource.status);
    }
  });

  it('are those of one pipeline if only that is requested', async () => {
    await using h = await startService('krenalis');
    const { entries } = await h.session.runs.fetchRuns(accountRow, [], {});
    const { run } = entries[0] ?? assert.fail();
    const only = await h.session.runs.fetchRuns(accountRow, [run.path], {});
    assert.deepEqual(
      only.entries.map((entry) => entry.run.path),
      [run.path],
    );
  });

  it('are one batch, however many are requested', async () => {
    await using h = await startService('krenalis');
    const { updated } = await h.session.runs.fetchRuns(accountRow, [], {});
    const paths = updated.map(({ path }) => path);
    assert.deepEqual(h.session.runs.batches(paths), [paths]);
    assert.deepEqual(h.session.runs.batches([]), []);
  });
});
