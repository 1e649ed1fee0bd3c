import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountRow, startService } from '../../../../support/service';
import { firstRow } from '../../../../support/rows';

describe('CJA search', () => {
  it('finds connections by part of the name, like those of the tree, with one request', async () => {
    await using h = await startService('cja', { connections: 40 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const before = h.paths().length;
    const part = connection.label.slice(0, 6).toUpperCase();
    const found = (await h.session.searchConnections?.(accountRow, part, {})) ?? [];
    assert.deepEqual(h.paths().slice(before), ['/data/connections/search']);
    assert.ok(found.every(({ kind, label }) => kind === 'connection' && label.toUpperCase().includes(part)));
    const same = found.find(({ path }) => path === connection.path);
    assert.deepEqual(
      [same?.id, same?.label, same?.status, same?.searchAttributes],
      [connection.id, connection.label, connection.status, connection.searchAttributes],
    );
  });

  it('finds a connection by its ID', async () => {
    await using h = await startService('cja', { connections: 3 });
    const { id } = await firstRow(h.session, accountRow, 'connection');
    const found = (await h.session.searchConnections?.(accountRow, id, {})) ?? [];
    assert.deepEqual(
      found.map((connection) => connection.id),
      [id],
    );
  });

  it('is not offered if the account filters its connections, because Adobe would ignore that', async () => {
    for (const settings of [
      { sandboxName: 'prod' },
      { connectionIds: 'dg_1' },
      { includeType: 'disabled' },
    ]) {
      await using h = await startService('cja', { connections: 3 }, { settings });
      assert.ok(!('searchConnections' in h.session), JSON.stringify(settings));
    }
  });

  it('omits what Adobe refuses', async () => {
    await using h = await startService('cja', { connections: 3 });
    const body = { errorCode: 'invalid_data', message: "Unknown expansion 'isDisabled'" };
    h.sample.inject({ match: { path: /search/ }, status: 400, body, times: 1 });
    const { label } = await firstRow(h.session, accountRow, 'connection');
    assert.ok(((await h.session.searchConnections?.(accountRow, label, {})) ?? []).length > 0);
  });
});
