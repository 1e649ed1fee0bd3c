import assert from 'node:assert/strict';
import { it } from 'node:test';
import { at, column, content, signedIn } from './signedIn';

it('lists data views by both paths, by their connection too', async () => {
  const { get } = await signedIn({ connections: 4, dataViews: 2 });
  const reply = await get('/datagroups/dataviews?expansion=name,owner,parentDataGroupId&limit=100');
  assert.deepEqual(
    reply.json,
    (await get('/data/dataviews?expansion=name,owner,parentDataGroupId&limit=100')).json,
  );
  const [parent] = column(reply, 'parentDataGroupId');
  const below = await get(`/data/dataviews?parentDataGroupId=${String(parent)}`);
  assert.equal(content(below).length, 2);
  assert.deepEqual(Object.keys(content(below)[0] ?? {}), ['id']);
  assert.equal((await get('/data/dataviews?expansion=unknown')).status, 400);
});

it('creates data views, and refuses what it cannot use', async () => {
  const { get, post } = await signedIn({ connections: 1, dataViews: 0 });
  const [parentDataGroupId] = column(await get('/data/connections'), 'id');
  const made = await post(
    '/data/dataviews',
    JSON.stringify({ name: 'Mine', parentDataGroupId, segmentList: ['s1'] }),
  );
  assert.deepEqual([made.status, at(made.json, 'name')], [200, 'Mine']);
  assert.deepEqual(column(await get('/datagroups/dataviews'), 'id'), [at(made.json, 'id')]);
  for (const [body, code] of [
    ['{', 'invalid_json_input'],
    ['[]', 'invalid_json_input'],
    [JSON.stringify({ parentDataGroupId }), 'invalid_data'],
    [JSON.stringify({ name: 'Mine', parentDataGroupId: 'dg_unknown' }), 'invalid_data'],
  ] as const) {
    assert.deepEqual(at((await post('/data/dataviews', body)).json, 'errorCode'), code);
  }
  assert.equal((await post('/data/connections', '{}')).status, 405);
});
