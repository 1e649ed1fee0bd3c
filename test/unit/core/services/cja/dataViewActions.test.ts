import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'jsonc-parser';
import type { RecordedRequest } from '../../../../../src/sample/common/exchange';
import type { SampleOptions } from '../../../../../src/sample/common/options';
import { DocumentError } from '../../../../../src/core/services/common/documentError';
import type { JsonObject } from '../../../../../src/core/http/json';
import type {
  GetActions,
  ActionInputValues,
  EditedDocument,
} from '../../../../../src/core/services/contract/action';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import { accountRow, type StartedService, startService } from '../../../../support/service';
import { getFailure, firstPage, firstRow, rows } from '../../../../support/rows';
import { getAction } from '../../../../support/getAction';

const none: ActionInputValues = { kind: 'none' };

/** An organization with one data view that is shown, and its row. */
interface Stage extends AsyncDisposable {
  readonly h: StartedService<'cja'>;
  readonly actions: GetActions;
  readonly connection: Resource;
  readonly group: Resource;
  readonly dataView: Resource;
}

async function stage(options: SampleOptions = {}): Promise<Stage> {
  const h = await startService('cja', { connections: 2, dataViews: 1, ...options });
  const connection = await firstRow(h.session, accountRow, 'connection');
  // An account that may not list connections has their data views as children.
  const group = connection.json ? await firstRow(h.session, connection, 'group') : connection;
  const dataView = await firstRow(h.session, group, 'dataView');
  h.sample.clearRequests();
  return {
    h,
    actions: h.session.actions,
    connection,
    group,
    dataView,
    [Symbol.asyncDispose]: () => h[Symbol.asyncDispose](),
  };
}

/** The document of an action, with a text in it replaced. */
async function edited(
  { actions, dataView }: Pick<Stage, 'actions' | 'dataView'>,
  from: string | RegExp,
  to: string,
): Promise<EditedDocument & { readonly kind: 'document' }> {
  const { text: base } = await getAction(actions, dataView, 'editDataView').draft({});
  const text = base.replace(from, to);
  assert.notEqual(text, base);
  return { kind: 'document', text, base };
}

function writes({ h }: Stage): readonly RecordedRequest[] {
  return h.sample.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/validate'));
}

function getBody(request: RecordedRequest | undefined): unknown {
  return JSON.parse(request?.body ?? '');
}

/** The data view as the service holds it. */
async function held({ h, dataView }: Stage): Promise<JsonObject> {
  return JSON.parse(await h.session.read(dataView, {})) as JsonObject;
}

describe('actions of Adobe CJA', () => {
  it('are those of data views, and their creation for connections', async () => {
    await using s = await stage();
    const outline = (row: Resource): readonly string[] =>
      s
        .actions(row)
        .map(({ id, verb, confirmation, input }) => `${id} ${verb} ${confirmation} ${input.kind}`);
    assert.deepEqual(outline(s.connection), ['createDataView createDataView confirm document']);
    assert.deepEqual(outline(s.dataView), [
      'editDataView edit confirm document',
      'copyDataView duplicate confirm none',
      'deleteDataView delete typeName none',
    ]);
    assert.deepEqual(outline(s.group), []);
    assert.deepEqual(writes(s), []);
  });
});

describe('editing a data view', () => {
  it('starts with all that can be changed, in its current state', async () => {
    await using s = await stage();
    const { text } = await getAction(s.actions, s.dataView, 'editDataView').draft({});
    assert.match(text, /^\/\/ /);
    assert.deepEqual(Object.keys(parse(text) as object).toSorted(), [
      'containerNames',
      'curationEnabled',
      'description',
      'externalData',
      'name',
      'parentDataGroupId',
      'segmentList',
      'sessionDefinition',
      'timezoneDesignator',
    ]);
    assert.match(text, /"MINUTE"/, 'as the service wants it sent');
  });

  it('sends the changes by PUT, and lists the data view afterwards', async () => {
    await using s = await stage();
    const answer = await edited(s, '"Europe/Berlin"', '"Europe/Paris"');
    const before = await held(s);
    const { changed } = await getAction(s.actions, s.dataView, 'editDataView').perform(answer, {});
    const [sent, ...others] = writes(s);
    assert.deepEqual([sent?.method, sent?.path], ['PUT', `/data/dataviews/${s.dataView.id}`]);
    assert.equal(sent?.headers['content-type'], 'application/json');
    assert.deepEqual(getBody(sent), { timezoneDesignator: 'Europe/Paris' });
    assert.deepEqual(others, []);
    assert.deepEqual(changed, [s.group.path]);
    const after = await held(s);
    assert.deepEqual([after.timezoneDesignator, after.name], ['Europe/Paris', before.name]);
  });

  it('sends nested values as a whole, and reverts no concurrent changes in them', async () => {
    await using s = await stage();
    const answer = await edited(s, '"Event"', '"Hit"');
    const concurrent = { kind: 'document', text: '{"containerNames":{"people":"Customer"},"name":"Theirs"}' };
    await getAction(s.actions, s.dataView, 'editDataView').perform(
      { ...concurrent, kind: 'document', base: '{}' },
      {},
    );
    s.h.sample.clearRequests();
    await getAction(s.actions, s.dataView, 'editDataView').perform(answer, {});
    const containerNames = { event: 'Hit', session: 'Session', people: 'Customer' };
    assert.deepEqual(getBody(writes(s)[0]), { containerNames });
    assert.equal((await held(s)).name, 'Theirs');
  });

  it('sends sessions in the terms of the guide', async () => {
    await using s = await stage();
    await getAction(s.actions, s.dataView, 'editDataView').perform(await edited(s, '30', '45'), {});
    const session = { numPeriods: 45, granularity: 'MINUTE', func: 'INACTIVITY' };
    assert.deepEqual(getBody(writes(s)[0]), { sessionDefinition: [session] });
    assert.deepEqual((await held(s)).sessionDefinition, [
      { numPeriods: 45, granularity: 'minute', func: 'inactivity' },
    ]);
  });

  it('shows the current state beside the result, validated by the service, and sends nothing', async () => {
    await using s = await stage();
    const document = await edited(s, '"Europe/Berlin"', '"Europe/Paris"');
    const { before, after } = await getAction(s.actions, s.dataView, 'editDataView').preview(document, {});
    assert.equal(before.replace('Berlin', 'Paris'), after);
    assert.deepEqual(writes(s), []);
    const checked = s.h.sample.requests.find(({ path }) => path.endsWith('/validate'));
    const { timezoneDesignator, name } = getBody(checked) as JsonObject;
    assert.deepEqual([timezoneDesignator, name], ['Europe/Paris', s.dataView.label]);
  });

  it('shows two equal texts if nothing differs, validates nothing, and sends nothing', async () => {
    await using s = await stage();
    const { text } = await getAction(s.actions, s.dataView, 'editDataView').draft({});
    const { description, ...others } = parse(text) as JsonObject;
    assert.equal(description, '');
    const without = JSON.stringify(others);
    for (const document of [
      { kind: 'document', text, base: text },
      { kind: 'document', text: without, base: text },
    ] as const) {
      const { before, after } = await getAction(s.actions, s.dataView, 'editDataView').preview(document, {});
      assert.equal(before, after);
      await getAction(s.actions, s.dataView, 'editDataView').perform(document, {});
    }
    assert.deepEqual(
      s.h.sample.requests.filter(({ method }) => method !== 'GET'),
      [],
    );
  });

  it('names the list that a data view is moved to', async () => {
    await using s = await stage();
    const other = rows((await s.h.session.children(accountRow, firstPage(), {})).items, 'connection')[1];
    assert.ok(other);
    const answer = await edited(s, s.connection.id, other.id);
    const { changed } = await getAction(s.actions, s.dataView, 'editDataView').perform(answer, {});
    const group = await firstRow(s.h.session, other, 'group');
    assert.deepEqual(changed, [s.group.path, group.path]);
    const listed = await s.h.session.children(group, firstPage(), {});
    assert.ok(listed.items.some(({ resource }) => resource.id === s.dataView.id));
  });

  it('refuses an empty name locally, with its position', async () => {
    await using s = await stage();
    const document = await edited(s, /"name": ".*"/, '"name": " "');
    s.h.sample.clearRequests();
    for (const attempt of [
      getAction(s.actions, s.dataView, 'editDataView').preview(document, {}),
      getAction(s.actions, s.dataView, 'editDataView').perform(document, {}),
    ]) {
      const error = await getFailure(attempt);
      assert.ok(error instanceof DocumentError);
      assert.deepEqual(
        error.flaws.map(({ pointer }) => pointer),
        [['name']],
      );
    }
    assert.deepEqual(s.h.paths(), []);
  });

  it('rejects an answer about something else', async () => {
    await using s = await stage();
    const answer = await edited(s, '"Europe/Berlin"', '"Europe/Paris"');
    s.h.sample.inject({ match: { method: 'PUT' }, body: { id: 'dv_other', name: 'Other' } });
    const error = await getFailure(getAction(s.actions, s.dataView, 'editDataView').perform(answer, {}));
    assert.equal(error.kind, 'protocol');
    assert.match(error.advice, /may have succeeded/);
    s.h.sample.inject({ match: { method: 'GET' }, body: { message: 'Service is in maintenance' } });
    assert.equal(
      (await getFailure(getAction(s.actions, s.dataView, 'editDataView').draft({}))).kind,
      'protocol',
    );
  });
});

describe('copying and deleting a data view', () => {
  it('copies by PUT, names the copy, and lists it', async () => {
    await using s = await stage();
    const { changed, message } = await getAction(s.actions, s.dataView, 'copyDataView').perform(none, {});
    assert.equal(message, `The copy is named "${s.dataView.label} (Copy)".`);
    assert.deepEqual(changed, [s.group.path]);
    const [sent] = writes(s);
    assert.deepEqual(
      [sent?.method, sent?.path, sent?.body],
      ['PUT', `/data/dataviews/copy/${s.dataView.id}`, ''],
    );
    const { items } = await s.h.session.children(s.group, firstPage(), {});
    assert.ok(items.some(({ resource }) => resource.label === `${s.dataView.label} (Copy)`));
    s.h.sample.inject({ match: { method: 'PUT' }, body: { name: 'no id' } });
    assert.equal(
      (await getFailure(getAction(s.actions, s.dataView, 'copyDataView').perform(none, {}))).kind,
      'protocol',
    );
  });

  it('deletes, and accepts no other answer than success', async () => {
    await using s = await stage();
    for (const [body, kind, message] of [
      [{ result: 'failure', message: 'is in use' }, 'rejected', /is in use/],
      [{}, 'protocol', /"result" is missing or invalid.*may have succeeded/s],
    ] as const) {
      s.h.sample.inject({ match: { method: 'DELETE' }, times: 1, body });
      const error = await getFailure(getAction(s.actions, s.dataView, 'deleteDataView').perform(none, {}));
      assert.equal(error.kind, kind);
      assert.match(`${error.message} ${error.advice}`, message);
    }
    const { changed } = await getAction(s.actions, s.dataView, 'deleteDataView').perform(none, {});
    assert.deepEqual(changed, [s.group.path]);
    assert.deepEqual((await s.h.session.children(s.group, firstPage(), {})).items, []);
    const gone = await getFailure(getAction(s.actions, s.dataView, 'deleteDataView').perform(none, {}));
    assert.equal(gone.kind, 'notFound');
  });

  it('accepts an answer without a body as success', async () => {
    await using s = await stage();
    s.h.sample.inject({ match: { method: 'DELETE' }, status: 204, body: '' });
    assert.deepEqual((await getAction(s.actions, s.dataView, 'deleteDataView').perform(none, {})).changed, [
      s.group.path,
    ]);
  });

  it('is refused to accounts without product administrator permission, in the words of the service', async () => {
    await using s = await stage({ admin: false });
    for (const id of ['copyDataView', 'deleteDataView']) {
      const error = await getFailure(getAction(s.actions, s.dataView, id).perform(none, {}));
      assert.equal(error.kind, 'permission');
      assert.match(error.message, /Only IMS product admins/);
    }
  });
});

describe('validation of a data view', () => {
  const create = async (s: Stage, change: object): Promise<EditedDocument> => {
    const { text: base } = await getAction(s.actions, s.connection, 'createDataView').draft({});
    return { text: JSON.stringify({ ...(parse(base) as object), name: 'Mine', ...change }), base };
  };

  it('comes before a data view is created, and names missing members', async () => {
    await using s = await stage();
    const document = await create(s, { timezoneDesignator: undefined });
    const error = await getFailure(
      getAction(s.actions, s.connection, 'createDataView').preview(document, {}),
    );
    assert.ok(error instanceof DocumentError);
    assert.equal(error.message, 'The following fields are required: [timezoneDesignator]');
    assert.deepEqual(error.flaws, [{ pointer: ['timezoneDesignator'], message: 'is missing' }]);
    const { schema } = await getAction(s.actions, s.connection, 'createDataView').draft({});
    assert.deepEqual(schema.required, ['name', 'parentDataGroupId'], 'the editor marks them');
    assert.deepEqual(writes(s), []);
    const good = await create(s, {});
    const { creates, after } = await getAction(s.actions, s.connection, 'createDataView').preview(good, {});
    assert.deepEqual(creates, { kind: 'dataView', label: 'Mine' });
    assert.deepEqual(JSON.parse(after), JSON.parse(good.text));
  });

  it('names the members that the service names', async () => {
    await using s = await stage();
    const document = await create(s, { timezoneDesignator: 'Mars/Olympus' });
    const error = await getFailure(
      getAction(s.actions, s.connection, 'createDataView').preview(document, {}),
    );
    assert.ok(error instanceof DocumentError);
    assert.deepEqual(
      error.flaws.map(({ pointer }) => pointer),
      [['timezoneDesignator']],
    );
    assert.match(error.flaws[0]?.message ?? '', /Mars\/Olympus/);
    const edit = await edited(s, '"Europe/Berlin"', '"Mars/Olympus"');
    const refused = await getFailure(getAction(s.actions, s.dataView, 'editDataView').preview(edit, {}));
    assert.ok(refused instanceof DocumentError);
    assert.deepEqual(
      refused.flaws.map(({ pointer }) => pointer),
      [['timezoneDesignator']],
    );
  });

  it('blames an edit only for members that the service names or the edit changes', async () => {
    await using s = await stage();
    const document = await edited(s, '"Europe/Berlin"', '"Europe/Paris"');
    const body = (field: string): object => ({
      valid: false,
      message: `The following fields are required: [${field}] `,
    });
    s.h.sample.inject({ match: { path: /validate$/ }, times: 1, body: body('organization') });
    await getAction(s.actions, s.dataView, 'editDataView').preview(document, {});
    s.h.sample.inject({ match: { path: /validate$/ }, times: 1, body: body('timezoneDesignator') });
    const error = await getFailure(getAction(s.actions, s.dataView, 'editDataView').preview(document, {}));
    assert.ok(error instanceof DocumentError);
  });

  it('is skipped if the service has none, and fails if it fails', async () => {
    await using s = await stage();
    const document = await create(s, {});
    const preview = (): Promise<unknown> =>
      getAction(s.actions, s.connection, 'createDataView').preview(document, {});
    for (const status of [404, 405]) {
      s.h.sample.inject({ match: { path: /validate$/ }, times: 1, status, body: {} });
      await preview();
    }
    for (const [fault, kind] of [
      [{ status: 403, body: { errorCode: 'insufficient_access' } }, 'permission'],
      [{ body: { message: 'Service is in maintenance' } }, 'protocol'],
      [{ body: 'valid' }, 'protocol'],
    ] as const) {
      s.h.sample.inject({ match: { path: /validate$/ }, times: 1, ...fault });
      assert.equal((await getFailure(preview())).kind, kind);
    }
    s.h.sample.inject({ match: { path: /validate$/ }, times: 1, body: { valid: false } });
    assert.match((await getFailure(preview())).message, /invalid, without a reason/);
  });
});
