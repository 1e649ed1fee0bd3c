import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startService, ACCOUNT_PATH, SERVICE_IDS } from '../../../support/service';

describe('a refresh of an account', () => {
  for (const id of SERVICE_IDS) {
    it(`sends a request, and shows if it refuses the account: ${id}`, async () => {
      await using account = await startService(id, { connections: 2 });
      const { store, sample } = account;
      await store.load(ACCOUNT_PATH);
      sample.clearRequests();
      await store.refresh(ACCOUNT_PATH);
      assert.ok(sample.requests.length > 0);
      assert.equal(store.getFailure(ACCOUNT_PATH), undefined);
      const heal = sample.inject({ match: { path: /./ }, status: 401, body: { errors: ['Unauthorized'] } });
      await store.refresh(ACCOUNT_PATH);
      assert.match(store.getFailure(ACCOUNT_PATH)?.title ?? 'no failure', /Sign-in failed/);
      const rows = store.rows(ACCOUNT_PATH) ?? [];
      assert.ok(rows.some(({ kind, stale }) => kind !== 'problem' && stale === true));
      heal();
      await store.refresh(ACCOUNT_PATH);
      assert.equal(store.getFailure(ACCOUNT_PATH), undefined);
    });
  }
});

describe('a refresh of an account of Datadog', () => {
  it('leaves it to the rows of entities to report missing ones', async () => {
    await using account = await startService('datadog');
    const { store, sample } = account;
    await store.load(ACCOUNT_PATH);
    sample.inject({ match: { path: /./ }, status: 404, body: { errors: ['Not found'] } });
    await store.refresh(ACCOUNT_PATH);
    assert.equal(store.getFailure(ACCOUNT_PATH), undefined);
  });
});
