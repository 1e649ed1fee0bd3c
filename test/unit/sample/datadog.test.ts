import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { SampleOptions } from '../../../src/sample/common/options';
import { startSampleService, type SampleService } from '../../../src/sample/server';
import { at, items } from './signedIn';

const users = '/api/v2/product-analytics/users/mapping';

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;

async function start(options: SampleOptions = {}): Promise<{ service: SampleService; ask: Ask }> {
  const service = await startSampleService({ connections: 6, ...options });
  after(() => service.close());
  const { apiKey, applicationKey } = service.credentials('datadog').secrets;
  const keys = { 'dd-api-key': apiKey, 'dd-application-key': applicationKey };
  const ask: Ask = async (method, path, body, headers = keys) => {
    const init = { method, headers, signal: AbortSignal.timeout(5_000) };
    const response = await fetch(
      service.origin + path,
      body === undefined ? init : { ...init, body: JSON.stringify(body) },
    );
    const text = await response.text();
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, text, json };
  };
  return { service, ask };
}

function connections(reply: Reply): readonly unknown[] {
  return items(at(reply.json, 'data', 'attributes', 'connections'));
}

function ids(reply: Reply): readonly unknown[] {
  return connections(reply).map((connection) => at(connection, 'id'));
}

/** The body of a write. */
function written(id: string, attributes: unknown): unknown {
  return { data: { id, type: 'connection_id', attributes } };
}

const field = { id: 'f', source_name: 's', type: 'string' };
const join = { join_attribute: 'usr.id', join_type: 'user_id' };

describe('the sample of Datadog, reading', () => {
  it('lists the same connections each time, the documented example first', async () => {
    const { ask } = await start();
    const { ask: again } = await start();
    const [first, second] = [
      await ask('GET', `${users}/connections`),
      await again('GET', `${users}/connections`),
    ];
    assert.deepEqual(ids(first), ids(second));
    assert.equal(new Set(ids(first)).size, 6);
    assert.equal(at(first.json, 'data', 'type'), 'list_connections_response');
    assert.deepEqual(connections(first)[0], {
      created_at: '0001-01-01T00:00:00Z',
      created_by: '00000000-0000-0000-0000-000000000000',
      fields: [
        {
          id: 'customer_tier',
          source_name: 'subscription_tier',
          type: 'string',
          display_name: 'Customer Tier',
          description: 'Customer subscription tier',
          groups: ['Business', 'Subscription'],
        },
        {
          id: 'signup_source',
          source_name: 'acquisition_channel',
          type: 'string',
          display_name: 'Signup Source',
          description: 'Channel through which user signed up',
          groups: ['Marketing', 'Attribution'],
        },
      ],
      id: 'user-profiles-connection',
      join: { attribute: 'user_email', type: 'email' },
      type: 'ref_table',
      updated_at: '0001-01-01T00:00:00Z',
      updated_by: '00000000-0000-0000-0000-000000000000',
    });
  });

  it('gives each connection its own ID, however many there are', async () => {
    const { ask } = await start({ connections: 300 });
    assert.equal(new Set(ids(await ask('GET', `${users}/connections`))).size, 300);
  });

  it('lists attributes, those of connections prefixed', async () => {
    const { ask } = await start();
    const attributes = items(at((await ask('GET', users)).json, 'data', 'attributes', 'attributes'));
    const custom = attributes.filter((attribute) => at(attribute, 'is_custom') === true);
    assert.ok(custom.length > 0 && custom.length < attributes.length);
    assert.ok(custom.every((attribute) => String(at(attribute, 'attribute')).startsWith('@')));
  });

  it('knows two entities, and no other path', async () => {
    const { ask } = await start();
    assert.equal((await ask('GET', users.replace('users', 'accounts'))).status, 200);
    const reply = await ask('GET', users.replace('users', 'teams'));
    assert.equal(reply.status, 404);
    assert.deepEqual(reply.json, {
      errors: [{ status: '404', title: 'Not Found', detail: 'entity teams is not known' }],
    });
    assert.equal((await ask('GET', `${users}/connection`)).status, 404);
  });

  it('reports its limit with every answer, and enforces it', async () => {
    let now = 0;
    const { service, ask } = await start({ now: () => now });
    service.datadog.setLimit(2);
    now = 90_000;
    assert.equal((await ask('GET', users)).headers.get('x-ratelimit-remaining'), '1');
    assert.equal((await ask('GET', `${users}/none`)).headers.get('x-ratelimit-remaining'), '0');
    now += 20_000;
    const refused = await ask('GET', users);
    assert.deepEqual([refused.status, refused.json], [429, { errors: ['Too many requests'] }]);
    assert.deepEqual(
      ['limit', 'period', 'reset'].map((name) => refused.headers.get(`x-ratelimit-${name}`)),
      ['2', '60', '40'],
    );
    now += 40_000;
    assert.equal((await ask('GET', users)).status, 200);
  });
});

describe('the sample of Datadog, keys', () => {
  it('refuses as Datadog does: with JSON that is declared as text', async () => {
    const { service, ask } = await start();
    const { apiKey, applicationKey } = service.credentials('datadog').secrets;
    const wrong: readonly Record<string, string>[] = [
      {},
      { 'dd-api-key': apiKey },
      { 'dd-api-key': 'x', 'dd-application-key': applicationKey },
      { authorization: 'Bearer x' },
    ];
    for (const headers of wrong) {
      const reply = await ask('GET', users, undefined, headers);
      assert.equal(reply.status, 403);
      assert.match(reply.headers.get('content-type') ?? '', /^text\/plain/);
      assert.deepEqual(reply.json, { errors: [{ title: 'Forbidden' }] });
    }
    const token = { authorization: `Bearer ${service.datadog.token}` };
    assert.equal((await ask('GET', users, undefined, token)).status, 200);
  });

  it('validates only the API key', async () => {
    const { service, ask } = await start();
    const { apiKey } = service.credentials('datadog').secrets;
    const validate = (headers: Record<string, string>): Promise<Reply> =>
      ask('GET', '/api/v1/validate', undefined, headers);
    assert.deepEqual((await validate({ 'dd-api-key': apiKey })).json, { valid: true });
    const missing = await validate({});
    assert.deepEqual([missing.status, missing.json], [403, { errors: ['API key required'] }]);
    assert.equal((await validate({ 'dd-api-key': 'x' })).status, 403);
  });
});

describe('the sample of Datadog, writing', () => {
  it('creates, changes and deletes a connection', async () => {
    const { ask } = await start();
    const created = written('crm', { type: 'ref_table', ...join, fields: [field], metadata: { a: 'b' } });
    const reply = await ask('POST', `${users}/connection`, created);
    assert.deepEqual([reply.status, reply.text], [201, '']);
    const update = {
      fields_to_add: [{ ...field, id: 'g' }],
      fields_to_update: [{ field_id: 'f', updated_display_name: 'F', updated_groups: ['A'] }],
      fields_to_delete: [],
    };
    assert.equal((await ask('PUT', `${users}/connection`, written('crm', update))).status, 200);
    const list = await ask('GET', `${users}/connections`);
    const crm = connections(list).find((connection) => at(connection, 'id') === 'crm');
    assert.deepEqual(at(crm, 'fields'), [
      { ...field, display_name: 'F', groups: ['A'] },
      { ...field, id: 'g' },
    ]);
    assert.deepEqual(
      [at(crm, 'join'), at(crm, 'metadata')],
      [{ attribute: 'usr.id', type: 'user_id' }, { a: 'b' }],
    );
    const gone = await ask('DELETE', `${users}/connection/crm`);
    assert.deepEqual([gone.status, gone.text], [204, '']);
    assert.ok(!ids(await ask('GET', `${users}/connections`)).includes('crm'));
  });

  for (const [name, method, body, status, says] of [
    [
      'an id that is taken',
      'POST',
      written('user-profiles-connection', { type: 't', ...join }),
      409,
      'already exists',
    ],
    [
      'a field without a type',
      'POST',
      written('n', { type: 't', ...join, fields: [{ id: 'f', source_name: 's' }] }),
      400,
      '/data/attributes/fields/0/type',
    ],
    [
      'a body of another type',
      'POST',
      { data: { id: 'n', type: 'other', attributes: {} } },
      400,
      'connection_id',
    ],
    ['no object', 'POST', [], 400, 'missing required field'],
    ['a connection that is not there', 'PUT', written('none', {}), 404, 'connection none not found'],
    [
      'a field that is not there',
      'PUT',
      written('user-profiles-connection', { fields_to_delete: ['none'] }),
      404,
      'field none not found',
    ],
    [
      'a field that is there already',
      'PUT',
      written('user-profiles-connection', { fields_to_add: [{ ...field, id: 'customer_tier' }] }),
      409,
      'already exists',
    ],
    [
      'fields that are no list',
      'PUT',
      written('user-profiles-connection', { fields_to_add: {} }),
      400,
      'must be a list',
    ],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const { ask } = await start();
      const before = (await ask('GET', `${users}/connections`)).text;
      const reply = await ask(method, `${users}/connection`, body);
      assert.equal(reply.status, status);
      assert.ok(reply.text.includes(says), reply.text);
      assert.equal((await ask('GET', `${users}/connections`)).text, before);
    });
  }

  it('refuses a body that is no JSON', async () => {
    const { service } = await start();
    const { apiKey, applicationKey } = service.credentials('datadog').secrets;
    const headers = { 'dd-api-key': apiKey, 'dd-application-key': applicationKey };
    const init = { method: 'POST', headers, body: 'id=a' };
    const response = await fetch(`${service.origin}${users}/connection`, init);
    assert.equal(response.status, 400);
    assert.match(await response.text(), /the body is not JSON/);
  });

  it('does not find a deleted connection', async () => {
    const { ask } = await start();
    assert.equal((await ask('DELETE', `${users}/connection/none`)).status, 404);
  });
});
