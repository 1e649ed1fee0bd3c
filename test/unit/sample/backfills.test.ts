import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { SampleOptions } from '../../../src/sample/common/options';
import { at, column, content, items, signedIn } from './signedIn';

const list = '/data/connections';

/** The first dataset of the first connection, whose newest backfill moves. */
async function firstDataSet(options: SampleOptions) {
  const client = await signedIn({ connections: 1, ...options });
  const [connection] = content(await client.get(`${list}?expansion=dataSets`));
  const [id, dataSetId] = [String(at(connection, 'id')), String(at(connection, 'dataSets', 0, 'dataSetId'))];
  return { ...client, id, path: `${list}/${id}/datasets/${dataSetId}/backfills` };
}

it('lists backfills by 10, oldest first, and sorts and filters them', async () => {
  const { get, path } = await firstDataSet({ backfills: 12 });
  const all = await get(`${path}?limit=100`);
  assert.deepEqual(Object.keys(content(all)[0] ?? {}), [
    'id',
    'dataSetId',
    'status',
    'startDate',
    'endDate',
    'createdDate',
    'allData',
  ]);
  assert.deepEqual(column(all, 'createdDate'), column(all, 'createdDate').toSorted());
  assert.deepEqual(column(all, 'allData').indexOf(true), 0);
  assert.deepEqual(
    [at(content(all)[0], 'startDate'), at(content(all)[1], 'startDate') === null],
    [null, false],
  );
  assert.equal(content(await get(path)).length, 10);
  const newest = await get(`${path}?limit=1&sortDirection=DESC&sortProperty=createdDate`);
  assert.deepEqual(column(newest, 'status'), ['IN_QUEUE']);
  assert.equal(content(await get(`${path}?limit=100&includeStatus=completed,failed`)).length, 11);
  assert.equal(content(await get(`${path}?includeStatus=inProgress`)).length, 0);
  assert.equal((await get(`${path}?includeStatus=IN_PROGRESS`)).status, 400);
  assert.equal((await get(`${path}?sortProperty=name`)).status, 400);
});

it('advances a backfill with time: queued, running, done', async () => {
  let now = 1_700_000_000_000;
  const { get, path } = await firstDataSet({ backfillSeconds: 5, now: () => now });
  const newest = async () => at(content(await get(`${path}?sortDirection=DESC`))[0], 'status');
  const seen = [await newest()];
  for (const seconds of [4.9, 0.1, 5, 1000]) {
    now += seconds * 1000;
    seen.push(await newest());
  }
  assert.deepEqual(seen, ['IN_QUEUE', 'IN_QUEUE', 'IN_PROGRESS', 'COMPLETED', 'COMPLETED']);
});

it('is consistent: list, detail and backfills', async () => {
  const { service, get } = await signedIn({ connections: 10 });
  const expansion = 'dataSets,backfillsSummaryConnection,backfillsSummaryDataSets,granularBackfills';
  const statuses = new Set<unknown>();
  for (const connection of content(await get(`${list}?expansion=${expansion}`))) {
    const id = String(at(connection, 'id'));
    assert.deepEqual((await get(`${list}/${id}?expansion=${expansion}`)).json, connection);
    const total = { total: 0, failed: 0, inProgress: 0, completed: 0, invalid: false };
    for (const dataSet of items(at(connection, 'dataSets'))) {
      const reply = await get(
        `${list}/${id}/datasets/${String(at(dataSet, 'dataSetId'))}/backfills?limit=100`,
      );
      const found = column(reply, 'status');
      found.forEach((status) => statuses.add(status));
      const count = (status: string) => found.filter((one) => one === status).length;
      const summary = { total: found.length, failed: count('FAILED'), inProgress: count('IN_PROGRESS') };
      assert.deepEqual(at(dataSet, 'backfillSummary'), {
        ...summary,
        completed: count('COMPLETED'),
        invalid: false,
      });
      assert.deepEqual([...content(reply)].toReversed(), at(dataSet, 'backfills'));
      total.total += summary.total;
      total.failed += summary.failed;
      total.inProgress += summary.inProgress;
      total.completed += count('COMPLETED');
    }
    assert.deepEqual(at(connection, 'backfillSummary'), total);
  }
  assert.deepEqual([...statuses].map(String).toSorted(), ['COMPLETED', 'FAILED', 'IN_PROGRESS', 'IN_QUEUE']);
  service.cja.finishBackfills();
  const ended = content(await get(`${list}?expansion=backfillsSummaryConnection`)).map((c) =>
    at(c, 'backfillSummary'),
  );
  assert.ok(
    ended.every((one) => Number(at(one, 'failed')) + Number(at(one, 'completed')) === at(one, 'total')),
  );
});

it('has connections without backfills, and answers 404 for a dataset of another connection', async () => {
  const { get, id } = await firstDataSet({ backfills: 0 });
  const summary = at(
    (await get(`${list}/${id}?expansion=backfillsSummaryConnection`)).json,
    'backfillSummary',
  );
  assert.equal(at(summary, 'total'), 0);
  assert.equal((await get(`${list}/${id}/datasets/5f24c4f6ecffd11638000000/backfills`)).status, 404);
});
