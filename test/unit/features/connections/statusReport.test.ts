import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statusReport } from '../../../../src/features/connections/statusReport';
import { accountPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { accountOf } from '../../../support/fakes/store';
import { startService, ACCOUNT_PATH } from '../../../support/service';

describe('the report of a refresh of the backfill status', () => {
  it('says that it is up to date where it was read', async () => {
    await using account = await startService('cja', { connections: 3 });
    const { text, failed } = await statusReport(account.store, await account.store.refreshStatus());
    assert.equal(failed, false);
    assert.match(text, /updated\. Connections running: \d, failed: \d/);
  });

  it('says what failed, why and what to do where the service has a problem, for the account and for a dataset', async () => {
    await using account = await startService('cja', { connections: 3 });
    const { store, sample } = account;
    const rows = await store.load(ACCOUNT_PATH);
    const connection = rows.find(({ kind }) => kind === 'connection') ?? assert.fail();
    const datasets = await store.load(connection.path);
    const dataset = datasets.find(({ kind }) => kind === 'dataset') ?? assert.fail();
    sample.inject({ match: { path: /^\/data\// }, status: 500 });
    for (const [path, place] of [
      [undefined, 'Test: '],
      [connection.path, `Test › ${connection.label}: `],
      [dataset.path, `Test › ${dataset.label}: `],
    ] as const) {
      const { text, failed } = await statusReport(store, await store.refreshStatus(path));
      assert.equal(failed, true);
      assert.doesNotMatch(text, /status updated/);
      assert.ok(text.includes(place), text);
      assert.match(text, /internal error/);
    }
  });

  it('counts the connections alone whose backfills were asked for', async () => {
    await using account = await startService('cja', { connections: 10 });
    const { store } = account;
    const rows = await store.load(ACCOUNT_PATH, { all: true });
    const running = rows.filter(({ status }) => status?.state === 'running');
    const other = rows.find(({ kind, status }) => kind === 'connection' && status?.state !== 'running');
    assert.ok(running.length > 0 && other);
    const { text } = await statusReport(store, await store.refreshStatus(other.path));
    assert.match(text, /running: 0/);
  });

  for (const service of ['datadog', 'krenalis', 'immuta'] as const) {
    it(`says that there are no backfills, and what was read again: ${service}`, async () => {
      await using account = await startService(service, { connections: 2 });
      const { store, sample } = account;
      const [first] = await store.load(ACCOUNT_PATH);
      const top = service === 'datadog' ? (first?.path ?? assert.fail('no entity')) : ACCOUNT_PATH;
      await store.load(top);
      sample.clearRequests();
      const { text, failed } = await statusReport(store, await store.refreshStatus(top));
      assert.equal(failed, false);
      assert.doesNotMatch(text, /status updated|\d/);
      assert.match(text, /^Refreshed\. No backfills for (Datadog|Krenalis|Immuta)/);
      assert.ok(sample.requests.length > 0);
      sample.inject({ match: { path: /./ }, status: 500 });
      assert.equal((await statusReport(store, await store.refreshStatus(top))).failed, true);
    });
  }

  it('tells of both where accounts differ', async () => {
    const store = {
      loaded: () => [],
      get: () => undefined,
      account: (path: ResourcePath) => ({
        ...accountOf('a'),
        service: path.endsWith('k') ? 'krenalis' : 'cja',
      }),
    };
    const refresh = { failures: [], asked: [accountPath('c')], without: [accountPath('k')] };
    assert.equal(
      (await statusReport(store, refresh)).text,
      'Backfill status updated. Connections running: 0, failed: 0. Refreshed. No backfills for Krenalis.',
    );
  });
});
