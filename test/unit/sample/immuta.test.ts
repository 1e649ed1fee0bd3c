import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import {
  otherCursorSpellings,
  cursorSpellings,
  type SampleOptions,
} from '../../../src/sample/common/options';
import { startSampleService, type SampleService } from '../../../src/sample/server';
import { at, items } from './signedIn';

interface Reply {
  readonly status: number;
  readonly json: unknown;
}

interface Client {
  readonly service: SampleService;
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Reply>;
}

const root = '/api/connections';

/** A tenant that ends with the test, and requests to it with a token. */
async function tenant(options: SampleOptions = {}): Promise<Client> {
  const service = await startSampleService(options);
  after(() => service.close());
  const headers = {
    authorization: `Bearer ${service.immuta.issueToken()}`,
    'content-type': 'application/json',
  };
  return {
    service,
    ask: async (method, path, body) => {
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const response = await fetch(service.origin + path, init);
      return { status: response.status, json: await response.json() };
    },
  };
}

function getKey(reply: Reply, place: number): string {
  return String(at(reply.json, 'connections', place, 'connectionKey'));
}

it('issues tokens for the API key only, and requires them', async () => {
  const { service } = await tenant();
  const post = (apikey: string): Promise<Response> =>
    fetch(`${service.origin}/bim/apikey/authenticate`, { method: 'POST', body: JSON.stringify({ apikey }) });
  const { token } = (await (await post(service.credentials('immuta').secrets.apiKey)).json()) as Record<
    string,
    string
  >;
  assert.equal((await post('other')).status, 401);
  const get = async (authorization: string): Promise<number> =>
    (await fetch(service.origin + root, { headers: { authorization } })).status;
  assert.deepEqual([await get(`Bearer ${token}`), await get(String(token)), await get('')], [200, 401, 401]);
  service.immuta.expireTokens();
  assert.equal(await get(`Bearer ${token}`), 401);
});

for (const cursor of [...cursorSpellings, ...otherCursorSpellings]) {
  it(`pages with the cursor at ${cursor}`, async () => {
    const { ask } = await tenant({ connections: 3, immuta: { cursor } });
    const first = await ask('GET', `${root}?page%5Blimit%5D=2`);
    assert.equal(items(at(first.json, 'connections')).length, 2);
    const next = String(at(first.json, ...cursor.split('.')));
    const path = cursor === 'links.next' ? next : `${root}?page[cursor]=${encodeURIComponent(next)}`;
    const second = await ask('GET', path);
    assert.equal(items(at(second.json, 'connections')).length, 1);
    assert.equal(at(second.json, ...cursor.split('.')), null);
  });
}

it('says how many there are, but not how to get them, if no cursor is named', async () => {
  const { ask } = await tenant({ connections: 3, immuta: { cursor: 'none' } });
  const first = await ask('GET', `${root}?page%5Blimit%5D=2`);
  assert.equal(items(at(first.json, 'connections')).length, 2);
  assert.deepEqual(at(first.json, 'meta'), { totalCount: 3 });
});

it('returns 20 items without a limit, and accepts no cursor of another list', async () => {
  const { ask } = await tenant({ connections: 25, immuta: { tables: 30 } });
  const list = await ask('GET', root);
  assert.equal(items(at(list.json, 'connections')).length, 20);
  const key = getKey(list, 0);
  const search = (body: object): Promise<Reply> => ask('POST', `${root}/dataObjects/_search`, body);
  const tables = await search({ connectionKey: key, normalizedType: 'TABLE' });
  assert.equal(items(at(tables.json, 'dataObjects')).length, 20);
  const cursor = String(at(tables.json, 'meta', 'nextCursor'));
  const next = { connectionKey: key, normalizedType: 'TABLE', page: { cursor } };
  assert.equal((await search(next)).status, 200);
  assert.equal((await search({ connectionKey: key, page: { cursor } })).status, 400, 'another search');
  const ofConnections = encodeURIComponent(String(at(list.json, 'meta', 'nextCursor')));
  assert.equal((await ask('GET', `${root}?page[cursor]=${ofConnections}`)).status, 200);
  assert.equal((await ask('GET', `${root}/${key}/tasks?page[cursor]=${ofConnections}`)).status, 400);
});

it('searches only by the body of the Marketplace API, if it is configured so', async () => {
  const { ask } = await tenant({ connections: 1, immuta: { search: 'published' } });
  const connectionKey = getKey(await ask('GET', root), 0);
  const search = (body: object): Promise<Reply> => ask('POST', `${root}/dataObjects/_search`, body);
  assert.equal((await search({ connectionKey })).status, 400);
  const body = { connection: { connectionKey }, dataObject: { objectType: 'TABLE' }, limit: 2 };
  const first = await search(body);
  assert.equal(items(at(first.json, 'dataObjects')).length, 2);
  const second = await search({ ...body, nextToken: at(first.json, 'meta', 'nextCursor') });
  assert.equal(second.status, 200);
  assert.notDeepEqual(at(second.json, 'dataObjects'), at(first.json, 'dataObjects'));
});

it('refuses undocumented requests', async () => {
  const { ask } = await tenant({ connections: 1 });
  for (const limit of ['0', '101', 'x', '-1']) {
    assert.equal((await ask('GET', `${root}?page[limit]=${limit}`)).status, 400, limit);
  }
  assert.equal((await ask('GET', `${root}?page[cursor]=zzz`)).status, 400);
  assert.equal((await ask('PUT', root)).status, 405);
  const missing = await ask('GET', `${root}/none`);
  assert.deepEqual([missing.status, at(missing.json, 'message')], [404, 'Connection not found']);
  for (const path of ['/api/other', `${root}/a/b/c`, '/bim/apikey/other'])
    assert.equal((await ask('GET', path)).status, 404, path);
});

it('refuses bodies and cursors that are none', async () => {
  const { service, ask } = await tenant({ connections: 1 });
  const headers = { authorization: `Bearer ${service.immuta.issueToken()}` };
  for (const body of ['connectionKey=a', '[]']) {
    const response = await fetch(service.origin + root, { method: 'POST', headers, body });
    assert.equal(response.status, 400, body);
    assert.equal(at(await response.json(), 'message'), 'Invalid request payload');
  }
  const connectionKey = getKey(await ask('GET', root), 0);
  const search = await ask('POST', `${root}/dataObjects/_search`, { connectionKey, page: { cursor: 5 } });
  assert.deepEqual([search.status, at(search.json, 'message')], [400, 'page[cursor] is not valid']);
});

it('refuses the cursor of a connection that was deleted since', async () => {
  let now = 1_790_000_000_000;
  const { ask } = await tenant({ connections: 6, now: () => now });
  const page = await ask('GET', `${root}?page[limit]=4`);
  const next = `${root}?page[cursor]=${encodeURIComponent(String(at(page.json, 'meta', 'nextCursor')))}`;
  assert.equal((await ask('GET', next)).status, 200);
  assert.equal((await ask('DELETE', `${root}/${getKey(page, 3)}`)).status, 202);
  now += 3_600_000;
  assert.equal((await ask('GET', next)).status, 400);
});

it('enforces the rules of states, with the documented messages', async () => {
  const { ask } = await tenant({ connections: 4 });
  const list = await ask('GET', root);
  const [active, inactive] = [`${root}/${getKey(list, 0)}`, `${root}/${getKey(list, 3)}`];
  const refusals = [
    ['DELETE', active, 'Unable to delete connection. Connection state must be INACTIVE to be deleted.'],
    [
      'POST',
      `${active}/_activate`,
      'Unable to activate connection. Connection state must be INACTIVE to be activated.',
    ],
    [
      'PATCH',
      inactive,
      'Unable to update connection. Connection state must be ACTIVE or UNHEALTHY to be updated.',
    ],
  ] as const;
  for (const [method, path, message] of refusals) {
    const reply = await ask(method, path, method === 'PATCH' ? {} : undefined);
    assert.deepEqual([reply.status, at(reply.json, 'message')], [409, message]);
  }
  assert.equal(at((await ask('POST', `${active}/_deactivate`)).json, 'state'), 'INACTIVE');
  assert.equal(at((await ask('POST', `${active}/_activate`)).json, 'state'), 'ACTIVE');
});

it('creates, dry-runs, updates, validates and hides secrets', async () => {
  const { ask } = await tenant({ connections: 0 });
  const body = {
    connectionKey: 'my-connection',
    technology: 'Snowflake',
    clientConfiguration: { host: 'a', credential: { username: 'u', password: 'secret-1' } },
  };
  const created = await ask('POST', root, body);
  assert.deepEqual(
    [created.status, at(created.json, 'clientConfiguration', 'credential', 'password')],
    [200, '[REDACTED]'],
  );
  assert.equal((await ask('POST', root, body)).status, 409);
  for (const connectionKey of ['', 'a b', 'data', 'upgrade', 5]) {
    assert.equal((await ask('POST', root, { ...body, connectionKey })).status, 400, String(connectionKey));
  }
  for (const change of [{ technology: 'Oracle' }, { clientConfiguration: 'a' }]) {
    const reply = await ask('POST', root, { ...body, connectionKey: 'other', ...change });
    assert.deepEqual([reply.status, at(reply.json, 'message')], [400, 'Invalid request payload']);
  }
  const one = `${root}/my-connection`;
  assert.equal((await ask('PATCH', one, { technology: 'Databricks' })).status, 400);
  const patch = { clientConfiguration: { host: 'b' } };
  const host = async (): Promise<unknown> => at((await ask('GET', one)).json, 'clientConfiguration', 'host');
  const tried = await ask('PATCH', `${one}?dryRun=true`, patch);
  assert.deepEqual([at(tried.json, 'clientConfiguration', 'host'), await host()], ['b', 'a']);
  await ask('PATCH', one, patch);
  assert.equal(await host(), 'b');
  assert.equal((await ask('PATCH', one, { connectionKey: 'x' })).status, 400);
  const validated = await ask('POST', `${one}/_validate`);
  assert.equal(at(validated.json, 'health', 'audit', 'status'), 'HEALTHY');
});

it('has data objects as deep as configured, and removes them when their task is done', async () => {
  let now = Date.now();
  const { ask } = await tenant({
    connections: 1,
    now: () => now,
    immuta: { databases: 1, schemas: 2, tables: 3, runSeconds: 1 },
  });
  const connectionKey = getKey(await ask('GET', root), 0);
  const search = async (normalizedType?: string): Promise<readonly unknown[]> =>
    items(
      at(
        (await ask('POST', `${root}/dataObjects/_search`, { connectionKey, normalizedType })).json,
        'dataObjects',
      ),
    );
  assert.deepEqual([(await search()).length, (await search('host')).length], [10, 1]);
  const [schema] = await search('SCHEMA');
  const one = `${root}/${connectionKey}/dataObjects/${String(at(schema, 'id'))}`;
  assert.deepEqual((await ask('GET', one)).json, schema);
  assert.equal(items(at((await ask('GET', `${one}/children`)).json, 'dataObjects')).length, 3);
  assert.equal(at((await ask('PATCH', one, { name: 'renamed' })).json, 'name'), 'renamed');
  assert.equal((await ask('PATCH', one, { id: 'x' })).status, 400);
  const deletion = await ask('DELETE', one);
  assert.equal(deletion.status, 202);
  assert.equal((await search()).length, 10);
  now += 2000;
  assert.equal((await search()).length, 6);
  assert.equal((await ask('GET', one)).status, 404);
  const task = `${root}/${connectionKey}/tasks/${String(at(deletion.json, 'taskId'))}`;
  assert.equal(at((await ask('GET', task)).json, 'status'), 'SUCCEEDED');
});

it('filters tasks, advances runs with time, and cancels them', async () => {
  let now = Date.now();
  const { ask, service } = await tenant({ connections: 1, now: () => now, immuta: { runSeconds: 5 } });
  const tasks = `${root}/${getKey(await ask('GET', root), 0)}/tasks`;
  const created = await ask('POST', tasks, { type: 'DATA_OBJECT_SYNC' });
  assert.equal((await ask('POST', tasks, { type: 'OTHER' })).status, 400);
  const count = async (query: string): Promise<number> =>
    items(at((await ask('GET', `${tasks}?${query}`)).json, 'tasks')).length;
  assert.deepEqual(
    [await count(''), await count('filter[type]=DATA_OBJECT_SYNC'), await count('filter[status]=PENDING')],
    [5, 2, 2],
  );
  const runs = `${tasks}/${String(at(created.json, 'taskId'))}/runs`;
  const [run] = items(at((await ask('GET', runs)).json, 'runs'));
  const one = `${runs}/${String(at(run, 'runId'))}`;
  const seen: unknown[] = [];
  for (let step = 0; step < 2; step++) {
    seen.push(at((await ask('GET', one)).json, 'status'));
    now += 5000;
  }
  assert.deepEqual(seen, ['PENDING', 'RUNNING']);
  assert.equal((await ask('POST', `${one}/_cancel`)).status, 409);
  await ask('POST', tasks, { type: 'DATA_OBJECT_SYNC' });
  const [other] = items(at((await ask('GET', tasks)).json, 'tasks'));
  const path = `${tasks}/${String(at(other, 'taskId'))}/runs`;
  const id = String(at((await ask('GET', path)).json, 'runs', 0, 'runId'));
  assert.deepEqual((await ask('POST', `${path}/${id}/_cancel`)).json, {
    runId: id,
    message: 'Task run cancellation requested',
  });
  assert.equal(at((await ask('GET', `${path}/${id}`)).json, 'status'), 'CANCELING');
  now += 5000;
  const ended = (await ask('GET', `${path}/${id}`)).json;
  assert.deepEqual([at(ended, 'status'), typeof at(ended, 'completedAt')], ['CANCELED', 'string']);
  service.immuta.finishRuns();
  assert.equal(await count('filter[status]=PENDING'), 0);
});
