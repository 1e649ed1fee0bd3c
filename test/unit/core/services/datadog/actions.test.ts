import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isJsonObject } from '../../../../../src/core/http/json';
import {
  changesBetween,
  editableFields,
  isUnchanged,
} from '../../../../../src/core/services/datadog/actions/fieldChanges';
import { childPath, parentPath } from '../../../../../src/core/services/contract/path';
import type {
  GetActions,
  ActionResult,
  ActionInputValues,
} from '../../../../../src/core/services/contract/action';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import { accountRow, type StartedService, startService } from '../../../../support/service';
import { connectionRow, entityRow, getFailure, firstPage, rows } from '../../../../support/rows';
import { getAction } from '../../../../support/getAction';

const writes = '/api/v2/product-analytics/users/mapping/connection';

function getActions({ session }: StartedService<'datadog'>): GetActions {
  return session.actions ?? assert.fail('no actions');
}

/** The draft as a person edits it: the same text with other words, including comments. */
function edited(
  h: StartedService<'datadog'>,
  resource: Resource,
  id: string,
  change: (text: string) => string,
): Promise<ActionResult> {
  return getAction(getActions(h), resource, id)
    .draft({})
    .then(({ text }) => getAction(getActions(h), resource, id).perform(document(change(text), text), {}));
}

function document(text: string, base = text): ActionInputValues & { readonly kind: 'document' } {
  return { kind: 'document', text, base };
}

/** What the service was sent last. */
function sent(h: StartedService<'datadog'>): unknown {
  const { method, path, headers, body } = h.sample.requests.at(-1) ?? assert.fail();
  return {
    method,
    path,
    type: headers['content-type'],
    body: body === '' ? '' : (JSON.parse(body) as unknown),
  };
}

describe('Datadog actions', () => {
  it('are offered if they apply', async () => {
    await using h = await startService('datadog');
    const ids = (resource: Resource): readonly string[] => getActions(h)(resource).map(({ id }) => id);
    const connection = await connectionRow(h.session);
    const { items } = await h.session.children(connection, firstPage(), {});
    assert.deepEqual(ids(await entityRow(h.session, 'users')), ['createConnection']);
    assert.deepEqual(ids(connection), ['editFields', 'deleteConnection']);
    assert.deepEqual(ids(items[0]?.resource ?? assert.fail()), []);
    assert.deepEqual(ids(accountRow), []);
    const [, remove] = getActions(h)(connection);
    assert.equal(remove?.confirmation, 'typeName');
  });

  it('need a document if they ask for one, and send nothing without it', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    const asked = h.asked().length;
    const edit = getAction(getActions(h), connection, 'editFields');
    assert.match((await getFailure(edit.perform({ kind: 'none' }, {}))).message, /requires a document/);
    assert.equal(h.asked().length, asked);
  });
});

describe('Datadog, creating a connection', () => {
  const fill = (text: string): string =>
    text.replace('"id": ""', '"id": "crm"').replace('"join_attribute": ""', '"join_attribute": "usr.email"');

  it('sends the filled-in template', async () => {
    await using h = await startService('datadog');
    const entity = await entityRow(h.session, 'users');
    const outcome = await edited(h, entity, 'createConnection', fill);
    const field = {
      id: 'customer_tier',
      source_name: 'subscription_tier',
      type: 'string',
      display_name: 'Customer Tier',
      description: '',
      groups: ['Business'],
    };
    const attributes = {
      type: 'ref_table',
      join_attribute: 'usr.email',
      join_type: 'email',
      fields: [field],
      metadata: {},
    };
    assert.deepEqual(sent(h), {
      method: 'POST',
      path: writes,
      type: 'application/json',
      body: { data: { id: 'crm', type: 'connection_id', attributes } },
    });
    assert.deepEqual(outcome.changed, [entity.path]);
    assert.equal((await connectionRow(h.session, 'crm')).description, 'ref_table · usr.email (email)');
  });

  it('shows the request before it is sent', async () => {
    await using h = await startService('datadog');
    const entity = await entityRow(h.session, 'users');
    const { text, schema } = await getAction(getActions(h), entity, 'createConnection').draft({});
    assert.equal(schema.type, 'object');
    const { after } = await getAction(getActions(h), entity, 'createConnection').preview(
      document(fill(text), text),
      {},
    );
    assert.match(after, /"type": "connection_id"/);
    assert.deepEqual(h.asked(), []);
  });

  it('reports missing values before anything is sent', async () => {
    await using h = await startService('datadog');
    const entity = await entityRow(h.session, 'users');
    const error = await getFailure(edited(h, entity, 'createConnection', (text) => text));
    assert.match(error.message, /id must not be empty/);
    const untyped = (text: string): string => fill(text).replace('"type": "string",', '');
    assert.match(
      (await getFailure(edited(h, entity, 'createConnection', untyped))).message,
      /fields\[0\]\.type is missing/,
    );
    assert.deepEqual(h.asked(), []);
  });

  it('passes on the refusal, and does not try again', async () => {
    await using h = await startService('datadog');
    const entity = await entityRow(h.session, 'users');
    const taken = (text: string): string => fill(text).replace('crm', 'user-profiles-connection');
    const error = await getFailure(edited(h, entity, 'createConnection', taken));
    assert.deepEqual([error.kind, error.status], ['conflict', 409]);
    assert.match(error.message, /already exists/);
    h.sample.inject({ match: { method: 'POST' }, status: 503 });
    await getFailure(edited(h, entity, 'createConnection', fill));
    h.sample.inject({ match: { method: 'POST' }, status: 429, headers: { 'x-ratelimit-reset': '1' } });
    await getFailure(edited(h, entity, 'createConnection', fill));
    assert.deepEqual(
      h.asked(),
      Array.from({ length: 3 }, () => `POST ${writes}`),
    );
  });
});

describe('Datadog, editing the fields of a connection', () => {
  const change = (text: string): string => {
    const { fields } = JSON.parse(text.replaceAll(/^\/\/.*$/gm, '')) as {
      readonly fields: readonly Record<string, unknown>[];
    };
    const plan = { id: 'plan', source_name: 'plan_code', type: 'string' };
    return JSON.stringify({ fields: [{ ...fields[0], display_name: 'Tier' }, plan] });
  };
  const changes = {
    fields_to_add: [{ id: 'plan', source_name: 'plan_code', type: 'string' }],
    fields_to_update: [
      {
        field_id: 'customer_tier',
        updated_display_name: 'Tier',
        updated_description: 'Customer subscription tier',
        updated_groups: ['Business', 'Subscription'],
      },
    ],
    fields_to_delete: ['signup_source'],
  };

  it('an edit of fields sends the difference', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    const outcome = await edited(h, connection, 'editFields', change);
    const data = { id: connection.id, type: 'connection_id', attributes: changes };
    assert.deepEqual(sent(h), { method: 'PUT', path: writes, type: 'application/json', body: { data } });
    assert.deepEqual(outcome.changed, [parentPath(connection.path)]);
    const { items } = await h.session.children(connection, firstPage({ bypassCache: true }), {});
    assert.deepEqual(
      items.map(({ resource }) => resource.label),
      ['Tier', 'plan'],
    );
  });

  it('shows the difference before it is sent', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    const { text, schema } = await getAction(getActions(h), connection, 'editFields').draft({});
    assert.equal(schema.additionalProperties, false, 'the editor marks other members');
    const { before, after } = await getAction(getActions(h), connection, 'editFields').preview(
      document(change(text), text),
      {},
    );
    assert.deepEqual(isJsonObject(JSON.parse(before)) && Object.keys(JSON.parse(before) as object), [
      'fields',
      'fields_to_add',
      'fields_to_update',
      'fields_to_delete',
    ]);
    const { fields, ...request } = JSON.parse(after) as Record<string, unknown>;
    assert.deepEqual(request, changes);
    assert.deepEqual({ fields }, JSON.parse(change(text)));
  });

  it('sends nothing if nothing differs', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    const outcome = await edited(h, connection, 'editFields', (text) => text);
    assert.deepEqual([outcome.message, outcome.changed], ['No fields were changed.', []]);
    assert.ok(h.asked().every((request) => request.startsWith('GET')));
  });

  it('keeps what was added at the service while the document was open', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    const { text } = await getAction(getActions(h), connection, 'editFields').draft({});
    await using other = await startService('datadog', {}, { settings: { endpoint: h.sample.origin } });
    await edited(other, connection, 'editFields', (their) =>
      their.replace('[', '[{"id":"theirs","source_name":"t","type":"string"},'),
    );
    await getAction(getActions(h), connection, 'editFields').perform(document(change(text), text), {});
    const { items } = await h.session.children(connection, firstPage({ bypassCache: true }), {});
    assert.deepEqual(
      rows(items, 'field')
        .map(({ id }) => id)
        .toSorted(),
      ['customer_tier', 'plan', 'theirs'],
    );
  });

  it('reports that the connection is gone', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    const { text } = await getAction(getActions(h), connection, 'editFields').draft({});
    h.sample.datadog.removeConnection('users', connection.id);
    const refused = await getFailure(
      getAction(getActions(h), connection, 'editFields').perform(document(change(text), text), {}),
    );
    assert.deepEqual([refused.kind, refused.status], ['notFound', 404]);
    assert.equal(
      (await getFailure(getAction(getActions(h), connection, 'editFields').draft({}))).kind,
      'notFound',
    );
  });
});

describe('the difference between two lists of fields', () => {
  const field = { id: 'a', source_name: 's', type: 'string', description: 'd', groups: ['G'] };

  it('ignores their order, and empties what was removed', () => {
    const other = { ...field, id: 'b' };
    assert.ok(isUnchanged(changesBetween([field, other], [other, field])));
    const bare = { id: 'a', source_name: 's', type: 'string' };
    assert.deepEqual(changesBetween([field], [bare]).fields_to_update, [
      { field_id: 'a', updated_display_name: '', updated_description: '', updated_groups: [] },
    ]);
  });

  it('rejects what no request can express', () => {
    const refused =
      (...after: Parameters<typeof changesBetween>[1]): (() => unknown) =>
      () =>
        changesBetween([field], after);
    assert.throws(refused({ ...field, type: 'number' }), /fields\[0\]\.type cannot be changed/);
    assert.throws(refused(field, field), /fields\[1\]\.id is used more than once/);
    assert.throws(refused(field, { id: 'b', source_name: 's' }), /fields\[1\]\.type is missing/);
  });

  it('omits malformed fields', () => {
    assert.deepEqual(editableFields([null, { type: 1 }, { id: 7, groups: ['G', 1] }]), [
      { id: '7', groups: ['G'] },
    ]);
    assert.deepEqual(editableFields('x'), []);
  });
});

describe('Datadog, deleting a connection', () => {
  it('sends its ID, encoded', async () => {
    await using h = await startService('datadog', { hostile: true });
    const entity = await entityRow(h.session, 'users');
    const connection = await connectionRow(h.session);
    const outcome = await getAction(getActions(h), connection, 'deleteConnection').perform(
      { kind: 'none' },
      {},
    );
    assert.equal(h.asked().at(-1), `DELETE ${writes}/user-profiles-connection`);
    assert.deepEqual(outcome.changed, [entity.path]);
    const { items } = await h.session.children(entity, firstPage(), {});
    const odd = rows(items, 'connection').find(({ id }) => id.startsWith('../')) ?? assert.fail();
    const error = await getFailure(
      getAction(getActions(h), odd, 'deleteConnection').perform({ kind: 'none' }, {}),
    );
    assert.equal(error.status, 404);
    assert.match(h.asked().at(-1) ?? '', /^DELETE .*\/mapping\/connection\/\.\.%2F/);
  });

  it('reports that the connection is already gone', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    h.sample.datadog.removeConnection('users', connection.id);
    const deleting = getAction(getActions(h), connection, 'deleteConnection').perform({ kind: 'none' }, {});
    const error = await getFailure(deleting);
    assert.deepEqual([error.kind, error.status], ['notFound', 404]);
    assert.match(error.message + error.advice, /not found.*Refresh the parent row/);
  });

  it('is not done if the answer is about another connection', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    h.sample.inject({ match: { method: 'DELETE' }, body: { data: { id: 'another' } } });
    const deleting = getAction(getActions(h), connection, 'deleteConnection').perform({ kind: 'none' }, {});
    assert.equal((await getFailure(deleting)).kind, 'protocol');
  });

  it('does not send an ID that would lead elsewhere', async () => {
    await using h = await startService('datadog');
    const entity = await entityRow(h.session, 'users');
    const path = childPath(entity.path, 'connection', '..');
    const resource: Resource = { path, kind: 'connection', id: '..', label: '..', hasChildren: false };
    const error = await getFailure(
      getAction(getActions(h), resource, 'deleteConnection').perform({ kind: 'none' }, {}),
    );
    assert.match(error.message, /cannot be part of a web address/);
    assert.deepEqual(h.asked(), []);
  });
});
