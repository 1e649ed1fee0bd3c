import assert from 'node:assert/strict';
import { it } from 'node:test';
import { at, column, content, signedIn } from './signedIn';

it('lists the dimensions and metrics of a data view by ID and name, hidden ones on request', async () => {
  const { get } = await signedIn({ connections: 1, dataViews: 1 });
  const [id] = column(await get('/data/dataviews'), 'id');
  for (const [list, prefix] of [
    ['dimensions', 'variables/'],
    ['metrics', 'metrics/'],
  ] as const) {
    const path = `/data/dataviews/${String(id)}/${list}`;
    const reply = await get(path);
    assert.deepEqual(Object.keys(content(reply)[0] ?? {}), ['id', 'name']);
    assert.equal(at(reply.json, 'lastPage'), true);
    assert.ok(column(reply, 'id').every((each) => String(each).startsWith(prefix)));
    const all = await get(`${path}?includeType=hidden&expansion=hidden,type`);
    assert.equal(content(all).length, content(reply).length + 1);
    assert.equal(at(content(all).at(-1), 'hidden'), true);
    assert.equal((await get(`${path}?expansion=unknown`)).status, 400);
    assert.equal((await get(`${path}?includeType=unknown`)).status, 400);
  }
  assert.equal((await get('/data/dataviews/dv_none/dimensions')).status, 404);
});

it('returns one dimension or metric by its ID with and without prefix', async () => {
  const { get } = await signedIn({ connections: 1, dataViews: 1 });
  const [id] = column(await get('/data/dataviews'), 'id');
  for (const [list, prefix, name] of [
    ['dimensions', 'variables', 'device.type'],
    ['metrics', 'metrics', 'visits'],
  ] as const) {
    const path = `/data/dataviews/${String(id)}/${list}`;
    const reply = await get(`${path}/${name}?expansion=type`);
    assert.equal(at(reply.json, 'id'), `${prefix}/${name}`);
    assert.deepEqual(reply.json, (await get(`${path}/${prefix}/${name}?expansion=type`)).json);
    assert.equal((await get(`${path}/unknown`)).status, 404);
    assert.equal((await get(`${path}/${encodeURIComponent(`${prefix}/${name}`)}`)).status, 404);
  }
});

it('pages dimensions by the size that it chooses', async () => {
  const { get } = await signedIn({ connections: 1, dataViews: 1, maxLimit: 5 });
  const [id] = column(await get('/data/dataviews'), 'id');
  const page = (number: number): ReturnType<typeof get> =>
    get(`/data/dataviews/${String(id)}/dimensions?page=${number}&limit=100`);
  assert.equal(content(await page(0)).length, 5);
  assert.deepEqual(
    [
      content(await page(2)).length,
      at((await page(2)).json, 'lastPage'),
      at((await page(0)).json, 'lastPage'),
    ],
    [2, true, false],
  );
});
