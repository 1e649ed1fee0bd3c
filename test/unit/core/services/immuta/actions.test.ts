import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  GetActions,
  StartedRun,
  ActionInputValues,
} from '../../../../../src/core/services/contract/action';
import type { Resource, Status } from '../../../../../src/core/services/contract/resource';
import { DocumentError, pointerText } from '../../../../../src/core/services/common/documentError';
import { parentPath } from '../../../../../src/core/services/contract/path';
import { accountRow, type StartedService, startService } from '../../../../support/service';
import { getFailure, firstRow, readAll, rows, connectionIn, firstTask } from '../../../../support/rows';
import { getAction } from '../../../../support/getAction';

const none: ActionInputValues = { kind: 'none' };

function getActions({ session }: StartedService<'immuta'>): GetActions {
  return session.actions ?? assert.fail('no actions');
}

/** The offered actions; with `not now` if something blocks one, and what removes the obstacle. */
function ids(h: StartedService<'immuta'>, resource: Resource): readonly string[] {
  return getActions(h)(resource).map(({ id, obstacle }) =>
    [id, ...(obstacle ? ['not now', obstacle.clearedBy] : [])].filter(Boolean).join(' '),
  );
}

/** The document without its comments, and its members. */
async function getDocument(
  h: StartedService<'immuta'>,
  resource: Resource,
  id: string,
): Promise<Record<string, Record<string, unknown>>> {
  const { text } = await getAction(getActions(h), resource, id).draft({});
  const json = text.split('\n').filter((line) => !line.startsWith('//'));
  return JSON.parse(json.join('\n')) as Record<string, Record<string, unknown>>;
}

function edited(value: unknown, base: unknown = {}): ActionInputValues & { readonly kind: 'document' } {
  return { kind: 'document', text: JSON.stringify(value), base: JSON.stringify(base) };
}

/** The states of a run at every poll, with a step of time in between, until it ends. */
async function follow(run: StartedRun | undefined, step: () => void): Promise<readonly string[]> {
  const seen: string[] = [];
  for (let asked = 0; asked < 9; asked++) {
    const { status, over }: { status: Status; over: boolean } = await (run ?? assert.fail('no run')).poll({});
    seen.push(`${status.label} ${status.state}`);
    if (over) return seen;
    step();
  }
  return assert.fail(seen.join());
}

/** The bodies of all requested changes, including dry runs. */
function patches({ sample }: StartedService<'immuta'>): readonly string[] {
  return sample.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
}

describe('Immuta actions: availability', () => {
  it('depends on the state of a connection', async () => {
    await using h = await startService('immuta', { connections: 4 });
    const common = ['validate', 'syncDataObjects'];
    const removal = 'deleteConnection not now deactivate';
    const live = ['editConnection', 'deactivate', ...common, removal];
    assert.deepEqual(ids(h, await connectionIn(h.session, 'ACTIVE')), live);
    assert.deepEqual(ids(h, await connectionIn(h.session, 'UNHEALTHY')), live);
    const inactive = await connectionIn(h.session, 'INACTIVE');
    assert.deepEqual(ids(h, inactive), [
      'editConnection not now activate',
      'activate',
      ...common,
      'deleteConnection',
    ]);
    const other = { ...inactive, json: { state: 'MIGRATING' } };
    assert.deepEqual(ids(h, other), ['editConnection not now', 'deactivate', ...common, removal]);
    for (const state of ['DELETING', 'deleting', 'DELETED'])
      assert.deepEqual(
        ids(h, { ...inactive, json: { state } }),
        ['editConnection not now', 'deleteConnection not now'],
        state,
      );
    assert.equal(ids(h, { ...inactive, json: { state: 'DELETE_FAILED' } }).at(-1), removal);
    assert.equal(ids(h, { ...inactive, json: {} }).length, 6);
  });

  it('includes a confirmation that fits the risk of the action', async () => {
    await using h = await startService('immuta', { connections: 1, immuta: { runs: 2 } });
    const connection = await connectionIn(h.session, 'ACTIVE');
    const inactive = { ...connection, json: { state: 'INACTIVE' } };
    const object = await firstRow(h.session, connection, 'dataObject');
    const task = await firstTask(h.session, connection);
    const [waiting, over] = rows(await readAll(h.session, task), 'run');
    assert.ok(waiting && over);
    const dangers = [accountRow, connection, inactive, object, waiting].flatMap((resource) =>
      getActions(h)(resource).map(({ id, confirmation, input }) => `${id} ${confirmation} ${input.kind}`),
    );
    assert.deepEqual(
      [...new Set(dangers)],
      [
        'createDatabricks harmless document',
        'createSnowflake harmless document',
        'editConnection confirm document',
        'deactivate confirm none',
        'validate harmless none',
        'syncDataObjects harmless none',
        'deleteConnection typeName none',
        'activate harmless none',
        'editDataObject confirm document',
        'deleteDataObject typeName none',
        'cancelRun confirm none',
      ],
    );
    assert.deepEqual([ids(h, over), ids(h, task)], [[], []]);
  });
});

describe('Immuta actions: documents', () => {
  for (const technology of ['Databricks', 'Snowflake'] as const) {
    it(`creates a ${technology} connection from its template`, async () => {
      await using h = await startService('immuta', { connections: 0 });
      const id = `create${technology}`;
      const text = JSON.stringify({
        ...(await getDocument(h, accountRow, id)),
        connectionKey: 'my-connection',
      });
      const template = JSON.parse(text.replaceAll(/:"(?:https:\/\/)?"/g, ':"filled"')) as Record<
        string,
        unknown
      >;
      const { before, after } = await getAction(getActions(h), accountRow, id).preview(edited(template), {});
      assert.deepEqual([before, JSON.parse(after)], ['', template]);
      const outcome = await getAction(getActions(h), accountRow, id).perform(edited(template), {});
      assert.deepEqual(outcome.changed, [accountRow.path]);
      const [row] = rows(await readAll(h.session, accountRow), 'connection');
      assert.deepEqual([row?.id, row?.description], ['my-connection', technology]);
    });
  }

  it('says what of a template is documented, and what is assumed', async () => {
    await using h = await startService('immuta', { connections: 0 });
    const draft = async (id: string): Promise<string> =>
      (await getAction(getActions(h), accountRow, id).draft({})).text;
    const [databricks, snowflake] = [await draft('createDatabricks'), await draft('createSnowflake')];
    assert.match(databricks, /OAuthWithCertificate is used as an example/);
    assert.doesNotMatch(databricks, /assumption/);
    assert.match(snowflake, /properties for Snowflake.*are an assumption/);
    assert.doesNotMatch(snowflake, /used as an example/);
  });

  it('validates the key before anything is sent, also in the schema', async () => {
    await using h = await startService('immuta', { connections: 0 });
    const { schema } = await getAction(getActions(h), accountRow, 'createDatabricks').draft({});
    const { connectionKey } = schema.properties as unknown as Record<string, { pattern: string }>;
    const pattern = new RegExp(connectionKey?.pattern ?? '');
    for (const key of ['', ' ', 'a b', 'a/b', 'ä', 'data', 'upgrade', 'a\nb', 5]) {
      const document = { connectionKey: key, technology: 'Databricks' };
      const error = await getFailure(
        getAction(getActions(h), accountRow, 'createDatabricks').perform(edited(document), {}),
      );
      assert.match(error.message, /cannot be sent: .*connectionKey/, String(key));
      assert.equal(pattern.test(String(key)) && key !== 5, false, String(key));
    }
    for (const key of ['database', 'my-data', 'A_1']) assert.ok(pattern.test(key));
    assert.deepEqual(h.asked(), []);
  });

  it('shows the result of an edit by a dry run, and sends only what differs', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await connectionIn(h.session, 'ACTIVE');
    const document = await getDocument(h, connection, 'editConnection');
    assert.deepEqual(Object.keys(document), ['technology', 'clientConfiguration']);
    const configuration = { ...document.clientConfiguration, host: 'elsewhere.example' };
    const answer = edited({ ...document, clientConfiguration: configuration }, document);
    h.sample.clearRequests();
    const { before, after } = await getAction(getActions(h), connection, 'editConnection').preview(
      answer,
      {},
    );
    assert.ok(!before.includes('elsewhere') && after.includes('elsewhere.example'));
    const [dry] = h.sample.requests;
    assert.deepEqual([dry?.method, dry?.query.get('dryRun')], ['PATCH', 'true']);
    assert.doesNotMatch(dry?.body ?? '', /REDACTED|"content"/);
    const outcome = await getAction(getActions(h), connection, 'editConnection').perform(answer, {});
    assert.deepEqual(outcome.changed, [accountRow.path, connection.path]);
    const sent = h.sample.requests.at(-1);
    assert.deepEqual([sent?.method, sent?.query.get('dryRun'), sent?.body], ['PATCH', null, dry?.body]);
    assert.match(await h.session.read(connection, {}), /elsewhere\.example/);
  });

  it('sends only the differing members of nested objects', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await connectionIn(h.session, 'ACTIVE');
    const draft = await getAction(getActions(h), connection, 'editConnection').draft({});
    assert.match(draft.text, /Only changed properties are sent, at every level/);
    const text = draft.text.replace('all-apis', 'sql').replace('adb-1000', 'adb-7');
    h.sample.clearRequests();
    const document = { kind: 'document', text, base: draft.text } as const;
    await getAction(getActions(h), connection, 'editConnection').preview(document, {});
    await getAction(getActions(h), connection, 'editConnection').perform(document, {});
    const changes = { host: 'adb-7.azuredatabricks.example', credential: { scope: 'sql' } };
    for (const body of patches(h)) {
      assert.deepEqual(JSON.parse(body), { technology: 'Databricks', clientConfiguration: changes });
    }
    assert.equal(patches(h).length, 2);
  });

  for (const [refusal, fault] of [
    ['shows that nested objects are replaced', { status: 200, body: { clientConfiguration: { host: 'b' } } }],
    ['refuses a part of an object', { status: 400, body: { message: 'Invalid request payload' } }],
  ] as const) {
    it(`sends objects as a whole if the dry run ${refusal}`, async () => {
      await using h = await startService('immuta', { connections: 1 });
      const connection = await connectionIn(h.session, 'ACTIVE');
      const nested = { host: 'a', role: 'R' };
      const base = { technology: 'Databricks', clientConfiguration: nested };
      const whole = { ...base, clientConfiguration: { ...nested, host: 'b' } };
      h.sample.inject({ match: { method: 'PATCH' }, times: 1, ...fault });
      h.sample.inject({ match: { method: 'PATCH' }, status: 200, body: whole });
      const document = edited(whole, base);
      const { after } = await getAction(getActions(h), connection, 'editConnection').preview(document, {});
      assert.deepEqual(JSON.parse(after), whole);
      await getAction(getActions(h), connection, 'editConnection').perform(document, {});
      const part = { ...base, clientConfiguration: { host: 'b' } };
      assert.deepEqual(
        patches(h).map((body) => JSON.parse(body) as unknown),
        [part, whole, whole],
      );
    });
  }

  it('passes on the refusal of a dry run if another form of the change is refused too', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await connectionIn(h.session, 'ACTIVE');
    for (const message of ['first', 'second']) {
      h.sample.inject({ match: { method: 'PATCH' }, times: 1, status: 400, body: { message } });
    }
    const document = edited({ a: { b: 1, c: 3 } }, { a: { b: 1, c: 2 } });
    const error = await getFailure(
      getAction(getActions(h), connection, 'editConnection').preview(document, {}),
    );
    assert.match(error.message, /first/);
  });

  it('never sends back a placeholder of a hidden secret, and reports its position', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await connectionIn(h.session, 'ACTIVE');
    const base = {
      url: 'jdbc:x;PWD=[REDACTED]',
      keys: ['[REDACTED]', 'x'],
      key: { name: 'a', content: '[REDACTED]' },
    };
    h.sample.clearRequests();
    for (const [change, ...places] of [
      [{ url: 'jdbc:y;PWD=[REDACTED]' }, 'url'],
      [{ keys: ['[REDACTED]', 'y'] }, 'keys[0]'],
      [{ keys: [{ deep: ['[Redacted]'] }] }, 'keys[0].deep[0]'],
      [{ key: { name: '[REDACTED]', content: '[REDACTED]' } }, 'key.name'],
      [{ key: { ...base.key, '[REDACTED]': 1 } }, 'key.[REDACTED]'],
      [{ other: { password: '***' } }, 'other.password'],
      [{ url: 'a[REDACTED]', keys: ['[REDACTED]'] }, 'url', 'keys[0]'],
    ] as const) {
      const document = edited({ ...base, ...change }, base);
      for (const attempt of [
        () => getAction(getActions(h), connection, 'editConnection').preview(document, {}),
        () => getAction(getActions(h), connection, 'editConnection').perform(document, {}),
      ]) {
        const error = await getFailure(attempt());
        assert.ok(error instanceof DocumentError, error.message);
        assert.deepEqual(
          error.flaws.map(({ pointer }) => pointerText(pointer)),
          places,
        );
      }
    }
    assert.deepEqual(h.asked(), []);
    h.sample.inject({ match: { method: 'PATCH' }, status: 200, body: {} });
    const renamed = edited({ ...base, key: { ...base.key, name: 'b' } }, base);
    await getAction(getActions(h), connection, 'editConnection').perform(renamed, {});
    assert.deepEqual(patches(h), ['{"key":{"name":"b"}}']);
  });

  it('does not revert concurrent changes', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await connectionIn(h.session, 'ACTIVE');
    const before = { connectionKey: connection.id, technology: 'Databricks', a: 1, b: 1 };
    h.sample.inject({ match: { method: 'GET' }, times: 1, status: 200, body: before });
    const document = await getDocument(h, connection, 'editConnection');
    h.sample.inject({ match: { method: 'PATCH' }, times: 1, status: 200, body: {} });
    await getAction(getActions(h), connection, 'editConnection').perform(
      edited({ ...document, a: 2 }, document),
      {},
    );
    assert.equal(h.sample.requests.at(-1)?.body, '{"technology":"Databricks","a":2}');
  });

  it('sends nothing if nothing was changed, or if the document is not JSON', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await connectionIn(h.session, 'ACTIVE');
    const { text } = await getAction(getActions(h), connection, 'editConnection').draft({});
    h.sample.clearRequests();
    for (const same of [text, text.replace('Databricks', 'Snowflake')]) {
      const document = { kind: 'document', text: same, base: text } as const;
      const { before, after } = await getAction(getActions(h), connection, 'editConnection').preview(
        document,
        {},
      );
      assert.equal(before, after);
      const { changed } = await getAction(getActions(h), connection, 'editConnection').perform(document, {});
      assert.deepEqual(changed, []);
    }
    for (const [given, says] of [
      ['{"technology":', /it is not valid JSON/],
      ['[]', /cannot be sent/],
    ] as const) {
      const document = { text: given, base: text };
      const error = await getFailure(
        getAction(getActions(h), connection, 'editConnection').preview(document, {}),
      );
      assert.match(error.message, says);
      assert.equal(error.kind, 'rejected');
    }
    assert.deepEqual(h.asked(), []);
  });

  it('edits a data object', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const object = await firstRow(h.session, await connectionIn(h.session, 'ACTIVE'), 'dataObject');
    const document = await getDocument(h, object, 'editDataObject');
    assert.deepEqual(Object.keys(document), ['name', 'type', 'normalizedType']);
    const answer = edited({ ...document, name: 'renamed' }, document);
    const preview = await getAction(getActions(h), object, 'editDataObject').preview(answer, {});
    assert.equal(preview.before.replace(object.label, 'renamed'), preview.after);
    const { changed } = await getAction(getActions(h), object, 'editDataObject').perform(answer, {});
    assert.equal(h.sample.requests.at(-1)?.body, '{"name":"renamed"}');
    assert.deepEqual(changed, [parentPath(object.path), object.path]);
  });

  it('sends a nested object of a data object as a whole, because there is no dry run, and says so', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const object = await firstRow(h.session, await connectionIn(h.session, 'ACTIVE'), 'dataObject');
    assert.match(
      (await getAction(getActions(h), object, 'editDataObject').draft({})).text,
      /each as a whole/,
    );
    h.sample.inject({ match: { method: 'PATCH' }, status: 200, body: {} });
    const base = { name: 'n', settings: { a: 1, b: 2 }, more: { a: 1, secret: '[REDACTED]' } };
    const document = edited({ ...base, settings: { a: 1, b: 3 } }, base);
    await getAction(getActions(h), object, 'editDataObject').perform(document, {});
    assert.deepEqual(patches(h), ['{"settings":{"a":1,"b":3}}']);
    const partly = edited({ ...base, more: { ...base.more, a: 2 } }, base);
    const error = await getFailure(getAction(getActions(h), object, 'editDataObject').perform(partly, {}));
    assert.match(error.message, /more\.secret/);
    assert.equal(patches(h).length, 1);
  });
});

describe('Immuta actions: commands', () => {
  it('deactivates and activates', async () => {
    await using h = await startService('immuta', { connections: 1 });
    for (const [before, id, after] of [
      ['ACTIVE', 'deactivate', 'INACTIVE'],
      ['INACTIVE', 'activate', 'ACTIVE'],
    ] as const) {
      const connection = await connectionIn(h.session, before);
      const { changed } = await getAction(getActions(h), connection, id).perform(none, {});
      assert.deepEqual(changed, [accountRow.path, connection.path]);
      await connectionIn(h.session, after);
    }
  });

  it('reports the health after a validation, and requests it if the answer has none', async () => {
    await using h = await startService('immuta', { connections: 3 });
    const unhealthy = await connectionIn(h.session, 'UNHEALTHY');
    const says = /^Client health: unhealthy: .*; Policy health: healthy; Audit health: healthy$/;
    assert.match(
      (await getAction(getActions(h), unhealthy, 'validate').perform(none, {})).message ?? '',
      says,
    );
    h.sample.inject({ match: { path: /_validate$/ }, status: 200, body: '' });
    assert.match(
      (await getAction(getActions(h), unhealthy, 'validate').perform(none, {})).message ?? '',
      says,
    );
  });

  it('synchronizes data objects, and follows the run', async () => {
    let now = Date.now();
    await using h = await startService('immuta', {
      connections: 1,
      now: () => now,
      immuta: { runSeconds: 1 },
    });
    const connection = await connectionIn(h.session, 'ACTIVE');
    const { run, changed } = await getAction(getActions(h), connection, 'syncDataObjects').perform(none, {});
    assert.equal(changed[0], (await firstRow(h.session, connection, 'group')).path);
    assert.match(run?.title ?? '', /Syncing/);
    const seen = await follow(run, () => (now += 1000));
    assert.deepEqual(seen, ['PENDING queued', 'RUNNING running', 'SUCCEEDED ok']);
    const runs = ['2026-01-01', '2026-03-01', '2026-02-01'].map((createdAt) => ({
      runId: createdAt,
      status: createdAt,
      createdAt,
    }));
    h.sample.inject({ match: { path: /runs$/ }, times: 1, status: 200, body: { runs } });
    assert.deepEqual(await run?.poll({}), { status: { state: 'unknown', label: '2026-03-01' }, over: false });
    h.sample.inject({ match: { path: /runs$/ }, times: 1, status: 200, body: { runs: [] } });
    assert.deepEqual(await run?.poll({}), { status: { state: 'queued', label: 'not started' }, over: false });
    h.sample.inject({ match: { path: /runs$/ }, times: 1, status: 404, body: { message: 'Task not found' } });
    assert.equal((await getFailure(run?.poll({}) ?? assert.fail())).status, 404, 'its end is not known');
  });

  it('deletes a connection, and takes its disappearance as the end', async () => {
    let now = Date.now();
    await using h = await startService('immuta', {
      connections: 4,
      now: () => now,
      immuta: { runSeconds: 1 },
    });
    const connection = await connectionIn(h.session, 'INACTIVE');
    const outcome = await getAction(getActions(h), connection, 'deleteConnection').perform(none, {});
    assert.equal(outcome.message, 'Deletion task created and accepted for processing');
    const seen = await follow(outcome.run, () => (now += 1000));
    assert.deepEqual(seen, ['PENDING queued', 'RUNNING running', 'deleted ok']);
    assert.equal(rows(await readAll(h.session, accountRow), 'connection').length, 3);
  });

  it('deletes a data object', async () => {
    let now = Date.now();
    await using h = await startService('immuta', {
      connections: 1,
      now: () => now,
      immuta: { runSeconds: 1 },
    });
    const connection = await connectionIn(h.session, 'ACTIVE');
    const host = await firstRow(h.session, connection, 'dataObject');
    const database = await firstRow(h.session, host, 'dataObject');
    const { run, changed } = await getAction(getActions(h), database, 'deleteDataObject').perform(none, {});
    assert.deepEqual(changed, [host.path, (await firstRow(h.session, connection, 'group')).path]);
    assert.equal((await follow(run, () => (now += 1000))).at(-1), 'SUCCEEDED ok');
    assert.equal(rows(await readAll(h.session, host), 'dataObject').length, 1);
  });

  it('cancels a run, which ends later', async () => {
    let now = Date.now();
    await using h = await startService('immuta', {
      connections: 1,
      now: () => now,
      immuta: { runSeconds: 1 },
    });
    const task = await firstTask(h.session);
    const { message, run, changed } = await getAction(
      getActions(h),
      await firstRow(h.session, task, 'run'),
      'cancelRun',
    ).perform(none, {});
    assert.deepEqual([message, changed], ['Task run cancellation requested', [task.path]]);
    assert.deepEqual(await follow(run, () => (now += 1000)), ['CANCELING running', 'CANCELED inactive']);
  });

  it('passes on a refusal unchanged, and never repeats a write', async () => {
    await using h = await startService('immuta', { connections: 4 });
    const connection = await connectionIn(h.session, 'ACTIVE');
    const error = await getFailure(
      getAction(getActions(h), connection, 'deleteConnection').perform(none, {}),
    );
    assert.equal(error.kind, 'conflict');
    assert.match(error.message, /Unable to delete connection\. Connection state must be INACTIVE/);
    assert.match(error.advice, /Activate or deactivate it first/);
    h.sample.inject({ match: { method: 'POST' }, status: 503, body: '' });
    h.sample.inject({ match: { method: 'DELETE' }, status: 503, body: '' });
    // One whose state is not known offers all.
    const stored: Resource = {
      path: connection.path,
      ...{ kind: 'connection', id: connection.id, label: '', hasChildren: true },
    };
    for (const id of ['activate', 'deactivate', 'validate', 'syncDataObjects', 'deleteConnection']) {
      h.sample.clearRequests();
      assert.equal((await getFailure(getAction(getActions(h), stored, id).perform(none, {}))).kind, 'server');
      assert.equal(h.asked().length, 1, id);
    }
  });

  it('repeats a write with another token after a 401, because nothing was done', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const connection = await connectionIn(h.session, 'ACTIVE');
    h.sample.immuta.expireTokens();
    await getAction(getActions(h), connection, 'deactivate').perform(none, {});
    assert.equal(h.sample.immuta.tokensIssued(), 2);
    await connectionIn(h.session, 'INACTIVE');
  });

  it('needs a document if it asks for one', async () => {
    await using h = await startService('immuta', { connections: 1 });
    const create = getAction(getActions(h), accountRow, 'createSnowflake');
    assert.equal((await getFailure(create.perform(none, {}))).kind, 'rejected');
  });
});
