import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cja } from '../../../../../src/core/services/cja';
import { getJson, type Resource } from '../../../../../src/core/services/contract/resource';
import { accountRow, type StartedService, startService } from '../../../../support/service';
import { getFailure, firstRow } from '../../../../support/rows';

/** What the session finds, and the requested paths. */
async function locate(
  h: StartedService<'cja'>,
  id: string,
): Promise<{ found: readonly Resource[]; asked: readonly string[] }> {
  const before = h.paths().length;
  const found = await h.session.findById(accountRow, id, {});
  return { found, asked: h.paths().slice(before) };
}

describe('CJA findById', () => {
  it('finds a connection with one request', async () => {
    await using h = await startService('cja', { connections: 3 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const { found, asked } = await locate(h, connection.id);
    assert.deepEqual(
      found.map(({ path, label }) => [path, label]),
      [[connection.path, connection.label]],
    );
    assert.equal(asked.length, 1);
  });

  it('finds a dataset below every connection that uses it, with one request', async () => {
    await using h = await startService('cja', { connections: 30 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const dataset = await firstRow(h.session, connection, 'dataset');
    const { found, asked } = await locate(h, dataset.id);
    assert.ok(found.some(({ path, label }) => path === dataset.path && label === dataset.label));
    assert.ok(found.every(({ id, kind }) => id === dataset.id && kind === 'dataset'));
    assert.deepEqual(asked, ['/data/connections']);
  });

  it('omits connections with a dataset that cannot be read', async () => {
    await using h = await startService('cja', { connections: 2 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const { id } = await firstRow(h.session, connection, 'dataset');
    const broken = [{ name: 'no ID' }, getJson(connection)];
    h.sample.inject({ match: { path: /connections$/ }, body: { content: broken, totalElements: 2 } });
    const found = await h.session.findConnectionsByDataset(accountRow, id, {});
    assert.deepEqual(
      found.map(({ path }) => path),
      [connection.path],
    );
  });

  it('finds a data view at its place, with one request', async () => {
    await using h = await startService('cja', { connections: 2 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const group = await firstRow(h.session, connection, 'group');
    const dataView = await firstRow(h.session, group, 'dataView');
    const { found, asked } = await locate(h, dataView.id);
    assert.deepEqual(
      found.map(({ path, label }) => [path, label]),
      [[dataView.path, dataView.label]],
    );
    assert.deepEqual(asked, [`/data/dataviews/${dataView.id}`]);
  });

  it('finds nothing if there is nothing, and if access is denied', async () => {
    await using h = await startService('cja', { connections: 1 });
    for (const id of [
      'dg_00000000-0000-0000-0000-000000000000',
      'dv_000000000000000000000000',
      '000000000000000000000000',
    ]) {
      assert.deepEqual((await locate(h, id)).found, [], id);
    }
    h.sample.inject({ match: { path: /^\/data\/dataviews\// }, status: 403 });
    assert.deepEqual((await locate(h, 'dv_000000000000000000000000')).found, []);
  });

  it('reports failures of the service', async () => {
    await using h = await startService('cja', { connections: 1 });
    h.sample.inject({ match: { path: /^\/data\/dataviews\// }, status: 500, times: 9 });
    const work = h.session.findById(accountRow, 'dv_000000000000000000000000', {});
    assert.equal((await getFailure(work)).kind, 'server');
  });

  it('matches whole IDs only', () => {
    const uuid = '0f1e2d3c-1111-4222-8333-944455556666';
    const known = [`dg_${uuid}`, 'dv_5f4f1e2572ea0000003ce262', '5f4f1e2572ea0000003ce262'];
    const others = [
      uuid,
      `dg_${uuid}0`,
      `x dg_${uuid}`,
      'dg_',
      'dv_1',
      '5f4f1e25',
      '5F4F1E2572EA0000003CE262',
    ];
    assert.deepEqual(
      [...known, ...others].filter((text) => cja.idPattern?.test(text)),
      known,
    );
  });
});
