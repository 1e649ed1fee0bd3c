import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statusReport } from '../../src/commands/statusReport';
import { openSampleAccount, sampleAccount } from '../store/sampleAccount';

describe('the report of a refresh of the backfill status', () => {
  it('says that it is up to date where it was read', async () => {
    await using account = await openSampleAccount('cja', { connections: 3 });
    const { text, failed } = statusReport(account.store, await account.store.refreshStatus());
    assert.equal(failed, false);
    assert.match(text, /up to date: \d connections running, \d failed/);
  });

  it('says what failed, why and what to do where the service has a problem, for the account and for a dataset', async () => {
    await using account = await openSampleAccount('cja', { connections: 3 });
    const { store, sample } = account;
    const rows = await store.load(sampleAccount);
    const connection = rows.find(({ kind }) => kind === 'connection') ?? assert.fail();
    const datasets = await store.load(connection.path);
    const dataset = datasets.find(({ kind }) => kind === 'dataset') ?? assert.fail();
    sample.inject({ match: { path: /^\/data\// }, status: 500 });
    for (const [path, place] of [
      [undefined, 'Test: '],
      [connection.path, `Test › ${connection.label}: `],
      [dataset.path, `Test › ${dataset.label}: `],
    ] as const) {
      const { text, failed } = statusReport(store, await store.refreshStatus(path));
      assert.equal(failed, true);
      assert.doesNotMatch(text, /up to date/);
      assert.ok(text.includes(place), text);
      assert.match(text, /problem of its own/);
    }
  });
});
