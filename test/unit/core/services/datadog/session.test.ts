import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath } from '../../../../../src/core/services/contract/path';
import type { Property } from '../../../../../src/core/services/contract/properties';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import { accountRow, startService } from '../../../../support/service';
import { connectionRow, entityRow, getFailure, firstPage, rows } from '../../../../support/rows';

const usersList = '/api/v2/product-analytics/users/mapping/connections';

function fact(facts: readonly Property[], label: string): string | undefined {
  return facts.find((row) => row.label === label)?.value;
}

describe('Datadog tree', () => {
  it('shows the entities of the settings without a request', async () => {
    await using h = await startService('datadog', {}, { settings: { entities: 'teams, users,teams' } });
    const { items } = await h.session.children(accountRow, firstPage(), {});
    assert.deepEqual(
      rows(items, 'entity').map(({ label }) => label),
      ['teams', 'users'],
    );
    assert.deepEqual(h.asked(), []);
  });

  it('shows the connections of an entity, fields inline, in one request with both keys', async () => {
    await using h = await startService('datadog', { connections: 6 });
    const page = await h.session.children(await entityRow(h.session, 'users'), firstPage(), {});
    assert.equal(rows(page.items, 'connection').length, 6);
    assert.deepEqual([page.total, page.loading, page.nextCursors.length], [6, 'eager', 0]);
    assert.equal(page.items.at(-1)?.resource.kind, 'group');
    assert.ok(page.items.slice(0, -1).every(({ children }) => (children?.items.length ?? 0) > 0));
    assert.deepEqual(h.asked(), [`GET ${usersList}`]);
    const { apiKey, applicationKey } = h.sample.credentials('datadog').secrets;
    const headers = h.sample.requests[0]?.headers ?? {};
    assert.deepEqual(
      [headers['dd-api-key'], headers['dd-application-key'], headers.accept, headers.authorization],
      [apiKey, applicationKey, 'application/json', undefined],
    );
  });

  it('shows the fields of a connection from its list, with type, source column and groups', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    assert.equal(connection.description, 'ref_table · user_email (email)');
    const { items } = await h.session.children(connection, firstPage(), {});
    assert.deepEqual(
      items.map(({ resource }) => [resource.label, resource.description]),
      [
        ['Customer Tier', 'string · subscription_tier · Business, Subscription'],
        ['Signup Source', 'string · acquisition_channel · Marketing, Attribution'],
      ],
    );
    assert.equal(h.asked().length, 1);
  });

  it('reloads the list on refresh, and updates the connection from it', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    const page = await h.session.children(connection, firstPage({ bypassCache: true }), {});
    assert.equal(page.parent?.id, connection.id);
    assert.equal(h.asked().length, 2);
    h.sample.datadog.removeConnection('users', connection.id);
    const error = await getFailure(h.session.children(connection, firstPage({ bypassCache: true }), {}));
    assert.equal(error.kind, 'notFound');
  });

  it('keeps fields of one group together, in the order of the groups', async () => {
    await using h = await startService('datadog');
    const field = (id: string, ...groups: readonly string[]): unknown => ({
      id,
      source_name: id,
      type: 't',
      groups,
    });
    const fields = [field('1', 'B'), field('2', 'A'), field('3', 'B', 'A'), field('4'), field('5', 'A')];
    h.sample.inject({ match: { path: /connections$/ }, body: listing({ id: 'c', fields }) });
    const { items } = await h.session.children(await connectionRow(h.session, 'c'), firstPage(), {});
    assert.deepEqual(
      items.map(({ resource }) => resource.id),
      ['1', '3', '2', '5', '4'],
    );
  });

  it('shows the attributes of an entity', async () => {
    await using h = await startService('datadog');
    const { items } = await h.session.children(await attributesRow(h.session), firstPage(), {});
    const custom = rows(items, 'field').find(({ id }) => id === '@customer_tier') ?? assert.fail();
    assert.deepEqual(
      [custom.label, custom.description],
      ['Customer Tier', 'string · @customer_tier · Business, Subscription'],
    );
    assert.equal(fact(h.session.properties(custom), 'Origin'), 'A connection');
    assert.equal(h.asked().at(-1), 'GET /api/v2/product-analytics/users/mapping');
  });

  it('lets one entity fail without the other', async () => {
    await using h = await startService('datadog', {}, { settings: { entities: 'teams,users' } });
    const error = await getFailure(h.session.children(await entityRow(h.session, 'teams'), firstPage(), {}));
    assert.deepEqual([error.kind, error.status], ['notFound', 404]);
    assert.match(error.message, /entity teams is not known/);
    assert.match(error.advice, /entities of the account/);
    assert.ok(await connectionRow(h.session));
  });

  it('signs in with a token', async () => {
    await using h = await startService(
      'datadog',
      {},
      { secrets: ({ datadog }) => ({ token: datadog.token }) },
    );
    await connectionRow(h.session);
    const [request] = h.sample.requests;
    assert.equal(request?.headers.authorization, `Bearer ${h.sample.datadog.token}`);
    assert.equal(request.headers['dd-api-key'], undefined);
  });
});

describe('Datadog properties', () => {
  it('include the join, the type, metadata, author and dates', async () => {
    await using h = await startService('datadog', { now: () => Date.UTC(2026, 2, 31, 14, 6) });
    const { items } = await h.session.children(await entityRow(h.session, 'users'), firstPage(), {});
    const row = rows(items, 'connection').find(({ id }) => id === 'hubspot-subscriptions') ?? assert.fail();
    const facts = h.session.properties(row);
    assert.equal(fact(facts, 'Type'), 'ref_table');
    assert.equal(fact(facts, 'Joined by'), 'usr.email (email)');
    assert.equal(fact(facts, 'Metadata reference_table'), 'hubspot_subscriptions');
    assert.equal(fact(facts, 'Created'), '2026-03-28 14:06 UTC');
    assert.equal(fact(facts, 'Created by'), 'Unknown user');
    assert.match(facts.find(({ label }) => label === 'Created by')?.hint ?? '', /^[0-9a-f-]{36}$/);
  });

  it('show the zero time and the nil UUID as unknown', async () => {
    await using h = await startService('datadog');
    const facts = h.session.properties(await connectionRow(h.session));
    for (const label of ['Created', 'Created by', 'Updated', 'Updated by']) {
      assert.equal(fact(facts, label), 'unknown', label);
    }
  });

  it('the properties of a field are shown', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    const { items } = await h.session.children(connection, firstPage(), {});
    const facts = h.session.properties(items[0]?.resource ?? assert.fail());
    assert.deepEqual(
      ['Description', 'Type', 'Source column', 'Groups', 'ID'].map((label) => fact(facts, label)),
      [
        'Customer subscription tier',
        'string',
        'subscription_tier',
        'Business, Subscription',
        'customer_tier',
      ],
    );
  });
});

describe('Datadog JSON', () => {
  it('shows the parts of a long list for its entity only', async () => {
    await using h = await startService('datadog');
    const connections = [{ id: 'c', fields: 'x'.repeat(200_000) }];
    h.sample.inject({
      match: { path: /connections$/ },
      body: JSON.stringify({ data: { attributes: { connections } } }),
    });
    const chunks: string[] = [];
    const listen = (text: string): void => void chunks.push(text);
    await h.session.read(await connectionRow(h.session, 'c'), {}, listen);
    assert.equal(chunks.length, 0);
    await h.session.read(await entityRow(h.session, 'users'), {}, listen);
    assert.equal(chunks.join(''), await h.session.read(await entityRow(h.session, 'users'), {}));
  });

  it('is verbatim, cut out of the list', async () => {
    await using h = await startService('datadog');
    const field = '{"id": "f", "type":1.0, "source_name":"s"}';
    const text = `{"id":"c", "big":12345678901234567890, "fields":[ ${field} ]}`;
    const body = `{"data":{"attributes":{"connections":[{"id":"b"}, ${text}]}}}`;
    h.sample.inject({ match: { path: /connections$/ }, body });
    const connection = await connectionRow(h.session, 'c');
    const { items } = await h.session.children(connection, firstPage(), {});
    assert.equal(await h.session.read(connection, {}), text);
    assert.equal(await h.session.read(items[0]?.resource ?? assert.fail(), {}), field);
    assert.equal(await h.session.read(await entityRow(h.session, 'users'), {}), body);
  });

  it('of an attribute comes from the mapping, and resources without JSON say so', async () => {
    await using h = await startService('datadog');
    const { items } = await h.session.children(await attributesRow(h.session), firstPage(), {});
    const attribute = items[0]?.resource ?? assert.fail();
    assert.match(await h.session.read(attribute, {}), /^\{"attribute":"id",/);
    assert.equal((await getFailure(h.session.read(accountRow, {}))).kind, 'rejected');
    const path = childPath((await connectionRow(h.session)).path, 'field', 'none');
    const gone: Resource = { path, kind: 'field', id: 'none', label: 'none', hasChildren: false };
    assert.equal((await getFailure(h.session.read(gone, {}))).kind, 'notFound');
  });
});

describe('Datadog links', () => {
  it('repeat the request with placeholders', async () => {
    await using h = await startService('datadog');
    const recipe = h.session.requestTemplate(await connectionRow(h.session));
    assert.deepEqual(recipe, {
      method: 'GET',
      url: h.sample.origin + usersList,
      headers: {
        accept: 'application/json',
        'dd-api-key': '$DD_API_KEY',
        'dd-application-key': '$DD_APP_KEY',
      },
    });
    assert.match(h.session.requestTemplate(await attributesRow(h.session))?.url ?? '', /users\/mapping$/);
  });

  it('are unknown for an address that is not a site', async () => {
    await using h = await startService('datadog');
    assert.equal(h.session.webLink(accountRow), undefined);
  });
});

async function attributesRow(session: Parameters<typeof entityRow>[0]): Promise<Resource> {
  const { items } = await session.children(await entityRow(session, 'users'), firstPage(), {});
  return rows(items, 'group')[0] ?? assert.fail();
}

function listing(...connections: readonly unknown[]): unknown {
  return { data: { type: 'list_connections_response', attributes: { connections } } };
}
