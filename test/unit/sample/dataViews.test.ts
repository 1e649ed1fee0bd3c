import assert from 'node:assert/strict';
import { it } from 'node:test';
import { at, column, content, signedIn, type Reply } from './signedIn';

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

it('filters data views as it filters connections, and accepts booleans like a server in Java', async () => {
  const { get } = await signedIn({ connections: 2, dataViews: 2 });
  const all = await get('/data/dataviews?limit=100&expansion=externalData');
  const [first, second] = column(all, 'id');
  const ids = await get(`/data/dataviews?dataViewIds=${String(first)},${String(second)}`);
  assert.deepEqual(column(ids, 'id'), [first, second]);
  const externalId = String(at(content(all)[1], 'externalData', 'externalId'));
  assert.deepEqual(column(await get(`/data/dataviews?externalIds=${externalId}`), 'id'), [second]);
  const parent = String(at(content(all)[0], 'externalData', 'externalParentId'));
  assert.equal(content(await get(`/data/dataviews?externalParentIds=${parent}`)).length, 2);
  for (const cached of ['True', 'False', 'TRUE', 'false', 'yes', 'off', '1', '0', ''])
    assert.equal((await get(`/data/dataviews?cached=${cached}&includeType=all`)).status, 200, cached);
  assert.equal((await get('/data/dataviews?cached=maybe')).status, 400);
});

it('pages data views in another envelope than connections, in the mode that mixes them', async () => {
  const { get } = await signedIn({ connections: 3, dataViews: 1, envelope: 'mixed' });
  const [connections, dataViews] = [
    await get('/data/connections?limit=2'),
    await get('/data/dataviews?limit=2'),
  ];
  assert.deepEqual([at(connections.json, 'lastPage'), at(connections.json, 'last')], [false, undefined]);
  assert.deepEqual([at(dataViews.json, 'lastPage'), at(dataViews.json, 'last')], [undefined, false]);
});

it('lets the client cjapy read all connections and all data views, which it pages differently', async () => {
  const { get } = await signedIn({ connections: 4, dataViews: 2, envelope: 'mixed', maxLimit: 3 });
  // cjapy: a key that is missing counts as the last page, and Python writes booleans with a capital.
  const readAll = async (list: string, last: string): Promise<number> => {
    let read = 0;
    for (let page = 0; ; page++) {
      const reply = await get(`${list}&page=${page}`);
      assert.equal(reply.status, 200, list);
      read += content(reply).length;
      if (at(reply.json, last) !== false) return read;
    }
  };
  const fields =
    'name,description,owner,isDeleted,parentDataGroupId,segmentList,currentTimezoneOffset,timezoneDesignator,modified,createdDate,organization,curationEnabled,recentRecordedAccess,sessionDefinition,curatedComponents,externalData,containerNames';
  const dataViews = `/data/dataviews?limit=100&includeType=all&cached=True&expansion=${fields}`;
  assert.equal(await readAll('/data/connections?limit=1000&expansion=name,primaryIdType', 'lastPage'), 4);
  // Those of the two connections that no list shows are among them.
  assert.equal(await readAll(dataViews, 'last'), 12);
});

it('creates data views, and returns what was sent verbatim', async () => {
  const { get, ask } = await signedIn({ connections: 1, dataViews: 0 });
  const body = await validBody(get);
  const made = await ask('POST /data/dataviews', body);
  assert.equal(made.status, 200);
  for (const [field, value] of Object.entries(body)) assert.deepEqual(at(made.json, field), value, field);
  const id = String(at(made.json, 'id'));
  assert.deepEqual(column(await get('/datagroups/dataviews'), 'id'), [id]);
  const read = await get(
    `/data/dataviews/${id}?expansion=sessionDefinition,externalData,currentTimezoneOffset`,
  );
  assert.deepEqual(read.json, {
    currentTimezoneOffset: 5.5,
    sessionDefinition: [{ numPeriods: 15, granularity: 'minute', func: 'inactivity', events: ['e1'] }],
    externalData: { externalParentId: 'c590' },
    id,
  });
  const owned = await ask('POST /data/dataviews', { ...body, id: 'dv_mine', owner: { imsUserId: 'me' } });
  assert.notEqual(at(owned.json, 'id'), 'dv_mine');
  assert.notEqual(at(owned.json, 'owner', 'imsUserId'), 'me');
});

it('refuses to create invalid data views', async () => {
  const { get, post } = await signedIn({ connections: 1, dataViews: 0 });
  const body = await validBody(get);
  for (const [sent, code] of [
    ['{', 'invalid_json_input'],
    ['[]', 'invalid_json_input'],
    [JSON.stringify({ ...body, name: undefined }), 'invalid_data'],
    [JSON.stringify({ ...body, timezoneDesignator: null }), 'invalid_data'],
    [JSON.stringify({ ...body, parentDataGroupId: 'dg_unknown' }), 'invalid_data'],
  ] as const) {
    assert.deepEqual(at((await post('/data/dataviews', sent)).json, 'errorCode'), code);
  }
  assert.equal((await post('/data/connections', '{}')).status, 405);
  const unknown = await post('/data/nothing', '{}');
  assert.deepEqual([unknown.status, at(unknown.json, 'errorCode')], [404, 'resource_not_found']);
});

it('validates, and names missing members in the words of the guide', async () => {
  const { get, ask, post } = await signedIn({ connections: 1, dataViews: 0, admin: true });
  const body = await validBody(get);
  const validate = async (sent: unknown): Promise<unknown> =>
    (await ask('POST /data/dataviews/validate', sent)).json;
  assert.deepEqual(await validate(body), { valid: true });
  assert.deepEqual(await validate({ ...body, timezoneDesignator: undefined }), {
    valid: false,
    message: 'The following fields are required: [timezoneDesignator] ',
  });
  for (const [change, message] of [
    [{ name: ' ' }, /name/],
    [{ name: 7 }, /name.*text/],
    [{ timezoneDesignator: 'Mars/Olympus' }, /timezoneDesignator/],
    [{ sessionDefinition: {} }, /sessionDefinition.*list/],
    [{ parentDataGroupId: 'dg_none' }, /dg_none/],
  ] as const) {
    const answer = await validate({ ...body, ...change });
    assert.equal(at(answer, 'valid'), false);
    assert.match(String(at(answer, 'message')), message);
  }
  assert.equal((await post('/data/dataviews/validate', '{')).status, 400);
  assert.deepEqual(column(await get('/data/dataviews'), 'id'), [], 'nothing was made');
});

it('modifies only what is sent', async () => {
  const { get, ask } = await signedIn({ connections: 2, dataViews: 1 });
  const [id] = column(await get('/data/dataviews'), 'id');
  const path = `/data/dataviews/${String(id)}`;
  const whole = `${path}?expansion=name,description,timezoneDesignator,sessionDefinition,modified,createdDate`;
  const before = await get(whole);
  const sessionDefinition = [{ numPeriods: 5, granularity: 'HOUR', func: 'INACTIVITY' }];
  const put = await ask(`PUT ${path}?expansion=name,modified`, { sessionDefinition, createdDate: 'never' });
  assert.equal(put.status, 200);
  const lower = [{ numPeriods: 5, granularity: 'hour', func: 'inactivity' }];
  assert.deepEqual(Object.keys(put.json as object).sort(), [
    ...['id', 'modifiedBy', 'modifiedDate', 'name', 'sessionDefinition'],
  ]);
  assert.deepEqual(at(put.json, 'sessionDefinition'), lower);
  const after = await get(whole);
  assert.notEqual(at(after.json, 'modifiedDate'), at(before.json, 'modifiedDate'));
  for (const field of ['name', 'description', 'timezoneDesignator', 'createdDate'])
    assert.deepEqual(at(after.json, field), at(before.json, field), field);
  assert.deepEqual(at(after.json, 'sessionDefinition'), lower);
  assert.equal((await ask(`PUT ${path}`, { name: '' })).status, 400);
  assert.equal((await ask(`PUT ${path}`, [])).status, 400);
  assert.equal((await ask('PUT /data/dataviews/dv_none', {})).status, 404);
});

it('a data view is copied and deleted', async () => {
  const { get, ask } = await signedIn({ connections: 1, dataViews: 1 });
  const ids = async (): Promise<readonly unknown[]> => column(await get('/data/dataviews'), 'id');
  const before = await ids();
  const [id, ...others] = before;
  const { json } = await get(`/data/dataviews/${String(id)}?expansion=name`);
  const copy = await ask(`PUT /data/dataviews/copy/${String(id)}?expansion=name,timezoneDesignator`);
  assert.deepEqual(
    [at(copy.json, 'name'), at(copy.json, 'timezoneDesignator')],
    [`${String(at(json, 'name'))} (Copy)`, 'Europe/Berlin'],
  );
  const copied = at(copy.json, 'id');
  assert.deepEqual(new Set(await ids()), new Set([...before, copied]));
  assert.equal((await ask('PUT /data/dataviews/copy/dv_none')).status, 404);
  assert.deepEqual((await ask(`DELETE /data/dataviews/${String(id)}`)).json, { result: 'success' });
  assert.equal((await ask(`DELETE /data/dataviews/${String(id)}`)).status, 404);
  assert.deepEqual(new Set(await ids()), new Set([...others, copied]));
});

it('lets only product admins write, and everyone read and validate', async () => {
  const { get, ask } = await signedIn({ connections: 1, dataViews: 1, admin: false });
  const [id] = column(await get('/data/dataviews'), 'id');
  const one = `/data/dataviews/${String(id)}`;
  for (const [request, body] of [
    ['POST /data/dataviews', {}],
    [`PUT ${one}`, { name: 'x' }],
    [`PUT /data/dataviews/copy/${String(id)}`, undefined],
    [`DELETE ${one}`, undefined],
  ] as const) {
    const refused = await ask(request, body);
    assert.deepEqual([refused.status, at(refused.json, 'errorCode')], [403, 'insufficient_access'], request);
  }
  assert.equal((await get(one)).status, 200);
  assert.equal((await ask('POST /data/dataviews/validate', {})).status, 200);
});

/** What the service makes a data view of. */
async function validBody(get: (path: string) => Promise<Reply>): Promise<Readonly<Record<string, unknown>>> {
  const [parentDataGroupId] = column(await get('/data/connections'), 'id');
  return {
    name: 'Mine',
    description: 'Test',
    parentDataGroupId,
    timezoneDesignator: 'Asia/Kolkata',
    segmentList: ['s1'],
    sessionDefinition: [{ numPeriods: 15, granularity: 'MINUTE', func: 'INACTIVITY', events: ['e1'] }],
    externalData: { externalParentId: 'c590' },
  };
}
