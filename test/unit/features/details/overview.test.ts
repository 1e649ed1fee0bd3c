import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OverviewModel } from '../../../../src/shared/models';
import { toOverview } from '../../../../src/features/details/overview';
import { childPath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { account, resource } from '../../../support/fakes/store';
import { ACCOUNT_PATH } from '../../../support/service';
import { startTabs } from './startTabs';

/** True when nothing of an overview is being read or missing. */
function isComplete({ tables }: OverviewModel): boolean {
  return tables.every(({ loading, more }) => !loading && !more);
}

describe('a table of very many rows', () => {
  it('shows the first of them, and says so', async () => {
    await using s = await startTabs('datadog');
    const source = childPath(account, 'connection', 'c');
    const fields = Array.from({ length: 10_000 }, (_, index): Resource => ({
      ...resource(source, 'field', `f${index}`, '\u202e'),
      json: { id: `f${index}`, groups: 5, description: 'x'.repeat(10_000) },
    }));
    const lists = { get: s.store.get.bind(s.store), rows: () => fields, state: s.store.state.bind(s.store) };
    const [table] = toOverview(lists, s.session, resource(account, 'connection', 'c')).tables;
    assert.equal(table?.rows.length, 5000);
    assert.equal(table.note, 'Showing the first 5000 of 10000 rows.');
    assert.deepEqual([table.rows[0]?.name, table.rows[0]?.cells[3]?.length], ['(no name)', 2000]);
  });
});

describe('the overview', () => {
  it('shows the properties at once, and fills its tables with one request each', async () => {
    await using s = await startTabs('cja', { connections: 2, datasets: 20 });
    const connection = await s.first(ACCOUNT_PATH, 'connection');
    s.sample.clearRequests();
    const ask = (): OverviewModel => s.tabs.overview(s.session, s.store.get(connection.path) ?? connection);
    const early = ask();
    assert.ok(early.facts.length > 3);
    assert.ok(!early.facts.some(({ value }) => value === connection.id), 'the header shows it');
    assert.deepEqual(
      early.tables.map(({ title, rows, loading }) => [title, rows.length, loading]),
      [
        ['Datasets', 0, true],
        ['Data Views', 0, true],
      ],
    );
    const { tables } = await s.until(() => (isComplete(ask()) ? ask() : undefined));
    assert.equal(s.asked().length, 2);
    const [datasets, dataViews] = tables;
    assert.equal(datasets?.rows.length, 20);
    assert.ok(dataViews && dataViews.rows.length > 0);
    const [row] = datasets.rows;
    assert.equal(row?.cells.length, datasets.columns.length);
    assert.match(row.cells[1] ?? '', /^\d{4}-\d\d-\d\dT/);
    assert.match(row.status?.text ?? '', /^\d+ \w+/);
  });

  it('says why a table is empty, and retries on request', async () => {
    await using s = await startTabs('cja', { connections: 1 });
    const connection = await s.first(ACCOUNT_PATH, 'connection');
    s.sample.inject({ match: { path: /\/data\/connections\/dg_/ }, times: 3, status: 500 });
    const datasets = (): OverviewModel['tables'][number] | undefined =>
      s.tabs.overview(s.session, connection).tables[0];
    const failed = await s.until(() => (datasets()?.problem ? datasets() : undefined));
    assert.match(failed.problem ?? '', /internal error/);
    assert.equal(failed.rows.length, 0);
    await s.tabs.load(connection.path);
    assert.ok((await s.until(() => (datasets()?.rows.length ? datasets() : undefined))).rows.length > 0);
  });

  it('shows the last known state of a deleted resource, with nothing in progress', async () => {
    await using s = await startTabs('cja', { connections: 2, datasets: 3 });
    const connection = await s.first(ACCOUNT_PATH, 'connection');
    const ask = (): OverviewModel => s.tabs.overview(s.session, connection);
    const { facts, tables } = await s.until(() => (isComplete(ask()) ? ask() : undefined));
    s.sample.cja.removeConnection(connection.id);
    await s.store.load(ACCOUNT_PATH, { refresh: true });
    assert.equal(s.store.get(connection.path), undefined);
    s.sample.clearRequests();
    assert.deepEqual(ask(), { facts, tables });
    assert.ok(ask().tables.every(({ loading, more, problem }) => !loading && !more && problem === undefined));
    assert.deepEqual(s.asked(), []);
  });
});
