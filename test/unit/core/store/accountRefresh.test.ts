import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openSampleAccount, sampleAccount, SERVICE_IDS } from '../../../support/sampleAccount';

describe('a refresh of an account', () => {
  for (const id of SERVICE_IDS) {
    it(`asks the service, and tells where it refuses the account: ${id}`, async () => {
      await using account = await openSampleAccount(id, { connections: 2 });
      const { store, sample } = account;
      await store.load(sampleAccount);
      sample.clearRequests();
      await store.refresh(sampleAccount);
      assert.ok(sample.requests.length > 0);
      assert.equal(store.failureOf(sampleAccount), undefined);
      const heal = sample.inject({ match: { path: /./ }, status: 401, body: { errors: ['Unauthorized'] } });
      await store.refresh(sampleAccount);
      assert.match(store.failureOf(sampleAccount)?.title ?? 'no failure', /Sign-in failed/);
      const rows = store.rows(sampleAccount) ?? [];
      assert.ok(rows.some(({ kind, stale }) => kind !== 'problem' && stale === true));
      heal();
      await store.refresh(sampleAccount);
      assert.equal(store.failureOf(sampleAccount), undefined);
    });
  }
});

describe('a refresh of an account of Datadog', () => {
  it('leaves it to the rows of entities to tell that there are none of them', async () => {
    await using account = await openSampleAccount('datadog');
    const { store, sample } = account;
    await store.load(sampleAccount);
    sample.inject({ match: { path: /./ }, status: 404, body: { errors: ['Not found'] } });
    await store.refresh(sampleAccount);
    assert.equal(store.failureOf(sampleAccount), undefined);
  });
});
