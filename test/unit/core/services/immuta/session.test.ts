import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cursorSpellings } from '../../../../../src/sample/common/options';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import { accountRow, startService } from '../../../../support/service';
import { getFailure, firstPage, firstRow, readAll, rows, firstTask, labels } from '../../../../support/rows';

describe('Immuta connections', () => {
  for (const cursor of cursorSpellings) {
    it(`follows the cursor at ${cursor}`, async () => {
      await using h = await startService('immuta', { connections: 45, immuta: { cursor } });
      const items = await readAll(h.session, accountRow, { size: 20 });
      assert.equal(rows(items, 'connection').length, 45);
      const lists = h.sample.requests.filter(({ method }) => method === 'GET');
      assert.equal(lists.length, 3);
      assert.equal(lists[0]?.query.get('page[limit]'), '20');
      assert.equal(lists[0].query.get('page[cursor]'), null);
    });
  }

  for (const listKey of ['own', 'data', 'items'] as const) {
    it(`finds lists under the key: ${listKey}`, async () => {
      await using h = await startService('immuta', { connections: 2, immuta: { listKey } });
      const connection = await firstRow(h.session, accountRow, 'connection');
      const host = await firstRow(h.session, connection, 'dataObject');
      await firstRow(h.session, host, 'dataObject');
      await firstRow(h.session, await firstTask(h.session, connection), 'run');
    });
  }

  it('requests 20 to 100 items, with encoded brackets', async () => {
    await using h = await startService('immuta', { connections: 1 });
    for (const size of [1, 55.5, 1000]) await h.session.children(accountRow, firstPage({ size }), {});
    const sizes = h.sample.requests.slice(1).map(({ query }) => query.get('page[limit]'));
    assert.deepEqual(sizes, ['20', '55', '100']);
    const { url } = h.session.requestTemplate(accountRow) ?? assert.fail();
    assert.match(url, /\/api\/connections\?page%5Blimit%5D=100$/);
  });

  it('links accounts and connections to its home page, and nothing else', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const task = await firstTask(h.session, connection);
    assert.deepEqual(
      [accountRow, connection, task].map((row) => h.session.webLink(row)),
      [`${h.sample.origin}/`, `${h.sample.origin}/`, undefined],
    );
  });

  it('shows key, technology, state and health', async () => {
    await using h = await startService('immuta', { connections: 4 });
    const connections = rows(await readAll(h.session, accountRow), 'connection');
    assert.deepEqual(
      connections.map(({ status }) => [status?.label, status?.state]),
      [
        ['ACTIVE', 'ok'],
        ['ACTIVE', 'ok'],
        ['UNHEALTHY', 'failed'],
        ['INACTIVE', 'inactive'],
      ],
    );
    const [, , unhealthy] = connections;
    assert.equal(unhealthy?.description, 'Snowflake');
    assert.deepEqual(h.session.properties(unhealthy).slice(0, 2), [
      {
        label: 'Client health',
        value: 'unhealthy: The client credential was refused by the data platform',
        status: { state: 'failed', label: 'UNHEALTHY' },
      },
      { label: 'Policy health', value: 'healthy', status: { state: 'ok', label: 'HEALTHY' } },
    ]);
  });

  it('explains an empty list, and a tenant without the private preview', async () => {
    await using empty = await startService('immuta', { connections: 0 });
    const { items } = await empty.session.children(accountRow, firstPage(), {});
    assert.deepEqual(labels(items), ['No connections']);
    await using off = await startService('immuta', { immuta: { preview: false } });
    const error = await getFailure(off.session.verify({}));
    assert.equal(error.kind, 'notFound');
    assert.match(error.advice, /private preview .* may be disabled/);
  });

  it('verifies with one connection', async () => {
    await using h = await startService('immuta');
    const { host } = new URL(h.sample.origin);
    assert.deepEqual(await h.session.verify({}), { name: host });
    assert.deepEqual(h.asked(), ['POST /bim/apikey/authenticate', 'GET /api/connections']);
    assert.equal(h.sample.requests[1]?.query.get('page[limit]'), '1');
  });
});

describe('Immuta data objects', () => {
  it('have levels from the host down to the tables', async () => {
    await using h = await startService('immuta', {
      connections: 1,
      immuta: { databases: 2, schemas: 1, tables: 3 },
    });
    let parent: Resource = await firstRow(h.session, accountRow, 'connection');
    const counts: number[] = [];
    for (let level = 0; level < 4; level++) {
      const objects = rows(await readAll(h.session, parent), 'dataObject');
      counts.push(objects.length);
      parent = objects[0] ?? assert.fail();
    }
    assert.deepEqual(counts, [1, 2, 1, 3]);
    assert.deepEqual((await h.session.children(parent, firstPage(), {})).items, []);
    assert.ok(h.session.properties(parent).some(({ value }) => value === 'delta'));
  });

  it('are paged', async () => {
    await using h = await startService('immuta', { connections: 1, immuta: { databases: 65 } });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const host = await firstRow(h.session, connection, 'dataObject');
    assert.equal((await readAll(h.session, host, { size: 30 })).length, 65);
  });

  it('come with the current connection and its roots, and its tasks once', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    h.sample.immuta.setState(connection.id, 'INACTIVE');
    const page = await h.session.children(connection, firstPage(), {});
    assert.deepEqual([page.parent?.status?.label, page.parent?.path], ['INACTIVE', connection.path]);
    assert.equal(rows(page.items, 'group').length, 1);
  });

  it('are searched by hosts, then databases, then everything', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const empty = { status: 200, body: { dataObjects: [] } };
    h.sample.inject({ match: { path: /_search$/ }, times: 1, ...empty });
    assert.equal(rows(await readAll(h.session, connection), 'dataObject').length, 2);
    h.sample.inject({ match: { path: /_search$/ }, times: 2, ...empty });
    assert.equal(rows(await readAll(h.session, connection), 'dataObject').length, 1 + 2 + 6 + 48);
    const asked = h.sample.requests.filter(({ path }) => path.endsWith('_search')).map(({ body }) => body);
    assert.deepEqual(
      asked.map((body) => (JSON.parse(body) as Record<string, unknown>).normalizedType),
      ['HOST', 'DATABASE', 'HOST', 'DATABASE', undefined],
    );
    assert.equal((JSON.parse(asked[0] ?? '') as Record<string, unknown>).connectionKey, connection.id);
  });

  it('omit lower levels if the service does not know the filter', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const dataObjects = ['TABLE', 'HOST', 'Schema', 'SOMETHING'].map((normalizedType, id) => ({
      id,
      name: normalizedType,
      normalizedType,
    }));
    h.sample.inject({ match: { path: /_search$/ }, status: 200, body: { dataObjects } });
    const objects = rows(await readAll(h.session, connection), 'dataObject');
    assert.deepEqual(
      objects.map(({ label }) => label),
      ['HOST', 'SOMETHING'],
    );
  });

  it('leave the tasks visible if the search is refused', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    h.sample.inject({
      match: { path: /_search$/ },
      status: 400,
      body: { message: 'Invalid request payload' },
    });
    const [problem, group] = (await h.session.children(connection, firstPage(), {})).items;
    assert.match(problem?.resource.problem?.detail ?? '', /Invalid request payload/);
    assert.equal(group?.resource.kind, 'group');
  });

  it('include an object that is its own ancestor as a problem, and do not follow it', async () => {
    await using h = await startService('immuta', { connections: 7, hostile: true });
    const connections = rows(await readAll(h.session, accountRow), 'connection');
    let parent: Resource = connections.at(-1) ?? assert.fail();
    for (let level = 0; level < 3; level++) parent = await firstRow(h.session, parent, 'dataObject');
    const [first, second] = (await h.session.children(parent, firstPage(), {})).items;
    assert.match(first?.resource.label ?? '', /is listed below itself/);
    assert.equal(first?.resource.hasChildren, false);
    assert.equal(second?.resource.kind, 'dataObject');
  });

  it('say that a connection is gone', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    h.sample.immuta.removeConnection(connection.id);
    const error = await getFailure(h.session.children(connection, firstPage(), {}));
    assert.equal(error.kind, 'notFound');
    assert.match(error.message, /Connection not found/);
  });
});

describe('Immuta tasks and runs', () => {
  it('are tasks, those with a parent below it, and runs page by page', async () => {
    await using h = await startService('immuta', { connections: 1, immuta: { tasks: 3, runs: 25 } });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const group = await firstRow(h.session, connection, 'group');
    const page = await h.session.children(group, firstPage(), {});
    assert.deepEqual(labels(page.items), ['DATA_OBJECT_SYNC', 'POLICY_SYNC', 'AUDIT_INGEST']);
    assert.equal(page.loading, 'onDemand');
    const [task] = rows(page.items, 'task');
    assert.ok(task);
    const below = await h.session.children(task, firstPage({ size: 20 }), {});
    assert.deepEqual(labels(below.items).slice(0, 1), ['TAG_SYNC']);
    assert.deepEqual([rows(below.items, 'run').length, below.nextCursors.length], [20, 1]);
    const all = await readAll(h.session, task, { size: 20 });
    assert.deepEqual([rows(all, 'run').length, rows(all, 'task').length], [25, 1]);
  });

  it('are only its own children below a task, if the service does not know the filter', async () => {
    await using h = await startService('immuta', { connections: 1, immuta: { runs: 0 } });
    const task = await firstTask(h.session);
    const tasks = [
      { taskId: 'other' },
      { taskId: task.id, parentId: task.id },
      { taskId: 'child', parentId: task.id },
    ];
    h.sample.inject({ match: { path: /tasks$/ }, status: 200, body: { tasks } });
    assert.deepEqual(labels(await readAll(h.session, task)), ['child']);
  });

  it('are requested with the filters of the account', async () => {
    const settings = {
      taskType: 'POLICY_SYNC',
      taskStatus: 'SUCCEEDED',
      taskTrigger: 'SCHEDULED',
      taskCreatedBy: 'u',
      runStatus: 'FAILED',
    };
    await using h = await startService('immuta', { connections: 1 }, { settings });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const group = await firstRow(h.session, connection, 'group');
    assert.deepEqual((await h.session.children(group, firstPage(), {})).items, []);
    const { query } = h.sample.requests.at(-1) ?? assert.fail();
    assert.deepEqual(Object.fromEntries([...query].filter(([name]) => name.startsWith('filter'))), {
      'filter[type]': 'POLICY_SYNC',
      'filter[status]': 'SUCCEEDED',
      'filter[trigger]': 'SCHEDULED',
      'filter[createdBy]': 'u',
    });
    const task: Resource = { ...group, kind: 'task', id: 't' };
    await getFailure(h.session.children(task, firstPage(), {}));
    const asked = h.sample.requests.slice(-2).map((request) => [...request.query.keys()].at(-1));
    assert.deepEqual(asked.toSorted(), ['filter[parentId]', 'filter[status]']);
  });

  it('advance with time', async () => {
    let now = Date.now();
    await using h = await startService('immuta', {
      connections: 1,
      now: () => now,
      immuta: { runSeconds: 5 },
    });
    const task = await firstTask(h.session);
    const seen: string[] = [];
    for (let step = 0; step < 3; step++) {
      const { status } = await firstRow(h.session, task, 'run');
      seen.push(`${status?.label} ${status?.state}`);
      now += 5000;
    }
    assert.deepEqual(seen, ['PENDING queued', 'RUNNING running', 'SUCCEEDED ok']);
  });

  it('are read verbatim, every kind by its own operation', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const object = await firstRow(h.session, connection, 'dataObject');
    const task = await firstTask(h.session, connection);
    const run = await firstRow(h.session, task, 'run');
    const one = `/api/connections/${connection.id}`;
    const cases = [
      [connection, one],
      [object, `${one}/dataObjects/${object.id}`],
      [task, `${one}/tasks/${task.id}`],
      [run, `${one}/tasks/${task.id}/runs/${run.id}`],
    ] as const;
    for (const [resource, path] of cases) {
      const text = await h.session.read(resource, {});
      assert.equal(text, JSON.stringify(resource.json));
      assert.equal(h.asked().at(-1), `GET ${path}`);
      assert.equal(h.session.requestTemplate(resource)?.url, h.sample.origin + path);
      assert.ok(h.session.properties(resource).length >= 3);
    }
    const { status } = h.sample.requests.at(-1) ?? assert.fail();
    assert.equal(status, 200);
    assert.match(await h.session.read(connection, {}), /"content":"\[REDACTED\]"/);
    const body = `{"connectionKey":${JSON.stringify(connection.id)}, "big":12345678901234567890}`;
    h.sample.inject({ match: {}, times: 1, status: 200, body });
    assert.equal(await h.session.read(connection, {}), body);
    assert.equal((await getFailure(h.session.read(accountRow, {}))).kind, 'rejected');
  });
});
