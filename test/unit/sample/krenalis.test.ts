import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, describe, it } from 'node:test';
import type { SampleOptions } from '../../../src/sample/common/options';
import { startSampleService, type SampleService } from '../../../src/sample/server';
import { at, items } from './signedIn';

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

interface Asking {
  readonly service: SampleService;
  readonly ask: (
    request: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Reply>;
}

/** Starts a service, and asks its Krenalis with the restricted key: `ask('POST /v1/connections', {…})`. */
async function krenalis(options: SampleOptions = {}): Promise<Asking> {
  const service = await startSampleService(options);
  after(() => service.close());
  const key = { authorization: `Bearer ${service.krenalis.restrictedKey}` };
  return {
    service,
    ask: async (request, body, headers = key) => {
      const [method = '', path = ''] = request.split(' ');
      const response = await fetch(service.origin + path, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(5000),
      });
      const text = await response.text();
      const json: unknown = /^[[{]/.test(text) ? JSON.parse(text) : undefined;
      return { status: response.status, headers: response.headers, text, json };
    },
  };
}

/** The id of a connection, or of one of its pipelines, by names. */
async function getId({ ask }: Asking, name: string, pipeline?: string): Promise<string> {
  const list = items(at((await ask('GET /v1/connections')).json, 'connections'));
  const connection = list.find((one) => at(one, 'name') === name);
  const found = pipeline
    ? items(at(connection, 'pipelines')).find((one) => at(one, 'name') === pipeline)
    : connection;
  return String(at(found, 'id'));
}

/** A request with a body, by methods for which `fetch` sends none. */
function withBody(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | undefined; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const options = {
      method,
      headers: { ...headers, 'content-type': 'application/json', 'content-length': 2 },
    };
    request(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        resolve({ status: response.statusCode, text });
      });
    })
      .on('error', reject)
      .end('{}');
  });
}

describe('the sample of Krenalis', () => {
  it('asks for consent on a page that leads back to web pages and editors only, and contains no foreign markup', async () => {
    const { ask } = await krenalis();
    const page = (redirect: string, more: Readonly<Record<string, string>> = {}): Promise<Reply> =>
      ask(
        `GET /sample-application/authorize?${new URLSearchParams({ redirect_uri: redirect, ...more }).toString()}`,
      );
    const callback = 'extension.id/callback?x=1';
    for (const scheme of [
      'http://a.example',
      'https://a.example',
      'vscode:/',
      'vscode-insiders:/',
      'code-oss:/',
    ]) {
      const { status, text } = await page(`${scheme}/${callback}`, { state: 's' });
      assert.equal(status, 200, scheme);
      assert.match(text, new RegExp(`href="${scheme.split(':')[0]}:[^"<>']*code=[^"<>']*&#38;state=s"`));
    }
    for (const hostile of [
      ...['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)'],
      ...[
        'data:text/html,<script>alert(1)</script>',
        'vbscript:x',
        'blob:https://a.example/x',
        'file:///etc',
      ],
      ...[
        'view-source:https://a.example',
        'filesystem:https://a.example/x',
        'about:blank',
        'intent:x',
        'x',
        '',
      ],
    ]) {
      const { status, text } = await page(hostile);
      assert.equal(status, 400, hostile);
      assert.doesNotMatch(text, /href/, hostile);
      const query = new URLSearchParams({ connector: 'mailchimp', role: 'Source', redirectURI: hostile });
      assert.equal((await ask(`GET /v1/connections/auth-url?${query.toString()}`)).status, 400, hostile);
    }
    const markup = `"'><script>alert(1)</script>`;
    const { text, headers } = await page(`https://a.example/${markup}`, { state: markup, client_id: markup });
    assert.doesNotMatch(text, /<script|="[^"]*"'/);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
  });

  it('answers with the headers of the service', async () => {
    const { ask } = await krenalis();
    const { headers, text } = await ask('GET /v1/connections');
    assert.equal(headers.get('content-type'), 'application/json');
    assert.equal(headers.get('cache-control'), 'no-store, max-age=0');
    assert.match(headers.get('request-id') ?? '', /^[1-9A-HJ-NP-Za-km-z]{17}$/);
    assert.match(headers.get('sync-token') ?? '', /^[1-9A-HJ-NP-Za-km-z]{49}$/);
    assert.equal(headers.get('x-request-id'), null);
    assert.ok(text.endsWith('}\n'));
  });

  it('checks the key as the service does', async () => {
    const { ask, service } = await krenalis();
    const key = service.credentials('krenalis').secrets.apiKey;
    const bearer = (text: string): Record<string, string> => ({ authorization: text });
    const workspace = { 'krenalis-workspace': service.credentials('krenalis').settings.workspace };
    for (const [headers, status, code] of [
      [{}, 401, 'Unauthorized'],
      [bearer('Basic abc'), 400, 'BadRequest'],
      [bearer('Bearer '), 400, 'BadRequest'],
      [bearer('Bearer mcp_1'), 400, 'BadRequest'],
      [bearer('Bearer api_1'), 401, 'Unauthorized'],
      [bearer(`Bearer api_${'z'.repeat(49)}`), 401, 'Unauthorized'],
      [bearer(`Bearer ${key}`), 403, 'Forbidden'],
      [{ ...bearer(`Bearer ${key}`), 'krenalis-workspace': '123' }, 400, 'BadRequest'],
      [{ ...bearer(`Bearer ${key}`), 'krenalis-workspace': '1111111111ab' }, 404, 'NotFound'],
      [{ ...bearer(`bearer ${key}`), ...workspace }, 200, undefined],
      [{ ...bearer(`Bearer ${service.krenalis.restrictedKey}`), ...workspace }, 400, 'BadRequest'],
    ] as const) {
      const reply = await ask('GET /v1/connections', undefined, headers);
      assert.deepEqual([reply.status, at(reply.json, 'error', 'code')], [status, code]);
    }
    assert.equal((await ask('GET /v1/workspaces', undefined, bearer(`Bearer ${key}`))).status, 200);
    assert.equal((await ask('GET /v1/workspaces')).status, 401);
  });

  it('accepts bodies where they belong, as JSON, and identities a thousand at a time', async () => {
    const asking = await krenalis();
    const { ask, service } = asking;
    const key = { authorization: `Bearer ${service.krenalis.restrictedKey}` };
    const path = `/v1/connections/${await getId(asking, 'Website')}`;
    for (const method of ['GET', 'DELETE']) {
      const refused = await withBody(service.origin + path, method, key);
      assert.deepEqual(
        [refused.status, refused.text.includes('request body not allowed')],
        [400, true],
        method,
      );
    }
    assert.equal((await ask(`GET ${path}`)).status, 200);
    const body = JSON.stringify({ name: 'Other', strategy: 'Fusion', sendingMode: null });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const headers = { ...key, 'content-type': type };
      const refused = await fetch(service.origin + path, { method: 'PUT', headers, body });
      assert.equal(refused.status, 400, type);
    }
    for (const [limit, status] of [
      ['1000', 200],
      ['1001', 400],
      ['5000', 400],
      ['0', 400],
      ['all', 400],
    ] as const)
      assert.equal((await ask(`GET ${path}/identities?limit=${limit}`)).status, status, limit);
  });

  it('answers as plain text if there is no operation', async () => {
    const { ask } = await krenalis();
    for (const path of ['/v1/nope', '/v1/connections/', '/v1/warehouse']) {
      const { status, text, headers } = await ask(`GET ${path}`);
      assert.deepEqual([status, text], [404, '404 page not found\n']);
      assert.equal(headers.get('content-type'), 'text/plain; charset=utf-8');
    }
    const refused = await ask('PATCH /v1/connections');
    assert.deepEqual([refused.status, refused.headers.get('allow')], [405, 'GET, POST']);
    const bad = await ask('GET /v1/connections', undefined, { 'sync-token': 'garbage' });
    assert.deepEqual([bad.status, bad.text], [400, 'Request contains an invalid Sync-Token header\n']);
  });

  it('writes IDs in the dialect of the version, and accepts no other', async () => {
    for (const [krenalisVersion, type, other] of [
      ['head', 'string', '1371036433'],
      ['v0.39', 'number', '4fr7Kp9ZaQ2m'],
    ] as const) {
      const { ask } = await krenalis({ krenalisVersion });
      const list = await ask('GET /v1/connections');
      assert.equal(typeof at(list.json, 'connections', 0, 'id'), type);
      assert.equal(list.headers.has('request-id'), krenalisVersion === 'head');
      const refused = await ask(`GET /v1/connections/${other}`);
      assert.equal(at(refused.json, 'error', 'message'), `connection identifier "${other}" is not valid`);
    }
  });

  it('advances a run with the time, and starts none beside it', async () => {
    let now = 1_790_000_000_000;
    const asking = await krenalis({ now: () => now, backfillSeconds: 70 });
    const { ask } = asking;
    const pipeline = await getId(asking, 'Data lake', 'Import users from CSV');
    const started = await ask(`POST /v1/pipelines/${pipeline}/runs`, {});
    const run = `GET /v1/pipelines/runs/${String(at(started.json, 'id'))}`;
    const again = await ask(`POST /v1/pipelines/${pipeline}/runs`, {});
    assert.deepEqual([again.status, at(again.json, 'error', 'code')], [422, 'PipelineAlreadyRunning']);
    now += 35_000;
    assert.deepEqual(at((await ask(run)).json, 'passed'), [10, 10, 10, 0, 0, 0, 0]);
    assert.equal(at((await ask(run)).json, 'endTime'), null);
    now += 35_000;
    assert.deepEqual(at((await ask(run)).json, 'passed'), [10, 10, 10, 0, 10, 10, 10]);
    assert.equal(at((await ask(run)).json, 'endTime'), new Date(now).toISOString());
  });

  it('refuses runs according to the state of pipeline and warehouse', async () => {
    const asking = await krenalis();
    const { ask, service } = asking;
    const disabled = await getId(asking, 'Contacts', 'Import contacts');
    const events = await getId(asking, 'Website', 'Collect events');
    const codes = async (id: string): Promise<unknown> =>
      at((await ask(`POST /v1/pipelines/${id}/runs`, {})).json, 'error', 'code');
    assert.equal(await codes(disabled), 'PipelineDisabled');
    assert.equal(await codes(events), 'BadRequest');
    await ask(`PUT /v1/pipelines/${disabled}/status`, { enabled: true });
    service.krenalis.setWarehouseMode('Inspection');
    assert.equal(await codes(disabled), 'InspectionMode');
    service.krenalis.setWarehouseMode('Normal');
    assert.equal(await codes(disabled), undefined);
  });

  it('validates a new connection', async () => {
    const { ask } = await krenalis();
    const base = { name: 'New', role: 'Source', connector: 'brevo', settings: {} };
    for (const [change, code, message] of [
      [{ name: '' }, 'BadRequest', /name is empty/],
      [{ name: '🚀'.repeat(101) }, 'BadRequest', /longer than 100 runes/],
      [{ role: 'Sideways' }, 'BadRequest', /invalid core.Role: Sideways/],
      [{ connector: 'kafka' }, 'ConnectorNotExist', /"kafka" does not exist/],
      [{ connector: 'csv' }, 'BadRequest', /cannot have type file/],
      [{ connector: 'javascript' }, 'BadRequest', /must have a strategy/],
      [{ strategy: 'Fusion' }, 'BadRequest', /cannot have a strategy/],
      [{ role: 'Destination' }, 'BadRequest', /requires a sending mode/],
      [{ linkedConnections: ['x'] }, 'LinkedConnectionNotExist', /does not exist/],
      [{ settings: null }, 'InvalidSettings', /settings/],
      [{ settings: { port: 1 } }, 'ServiceUnavailable', /connection refused/],
      [{ connector: 'mailchimp' }, 'BadRequest', /authorization token/],
      [{ authToken: 'x' }, 'BadRequest', /connector brevo does not support OAuth/],
      [{ name: 1 }, 'BadRequest', /cannot unmarshal JSON number into Go string within "\/name"/],
      [{ connector: 'mixpanel' }, 'BadRequest', /connector mixpanel cannot be used as source/],
      [{ connector: 'javascript', strategy: 'Merge' }, 'BadRequest', /strategy "Merge" is not valid/],
      [{ sendingMode: 'Later' }, 'BadRequest', /sending mode "Later" is not valid/],
      [{ sendingMode: 'Server' }, 'BadRequest', /source connections cannot have a sending mode/],
      [{ role: 'Destination', connector: 'python' }, 'BadRequest', /^SDK connections cannot be dest/],
      [{ role: 'Destination', connector: 'rudderstack' }, 'BadRequest', /^webhook connections cannot be/],
      [{ role: 'Destination', strategy: 'Fusion' }, 'BadRequest', /cannot have a strategy/],
      [{ role: 'Destination', sendingMode: 'Client' }, 'BadRequest', /not support sending mode Client/],
      [
        { role: 'Destination', connector: 's3', sendingMode: 'Server' },
        'BadRequest',
        /connector s3 does not support sending modes/,
      ],
    ] as const) {
      const { json } = await ask('POST /v1/connections', { ...base, ...change });
      assert.equal(at(json, 'error', 'code'), code);
      assert.match(String(at(json, 'error', 'message')), message);
    }
    assert.equal((await ask('POST /v1/connections', { ...base, name: '🚀'.repeat(100) })).status, 200);
  });

  it('refuses bodies that are no objects, or too large', async () => {
    const { ask, service } = await krenalis();
    const post = async (body: string): Promise<string> => {
      const headers = {
        authorization: `Bearer ${service.krenalis.restrictedKey}`,
        'content-type': 'application/json',
      };
      const response = await fetch(`${service.origin}/v1/connections`, { method: 'POST', headers, body });
      assert.equal(response.status, 400);
      return await response.text();
    };
    assert.match(await post('name=New'), /invalid character 'n' at start of value/);
    assert.match(await post('[]'), /cannot unmarshal JSON value into Go struct/);
    assert.match(await post(JSON.stringify('x'.repeat(500 * 1024))), /request body is too large/);
    const pipeline = await getId({ ask, service }, 'Contacts', 'Import contacts');
    const { json } = await ask(`PUT /v1/pipelines/${pipeline}/status`, { enabled: 'yes' });
    assert.equal(at(json, 'error', 'message'), 'enabled is not valid');
  });

  it('links only sources to destinations, and only those of events', async () => {
    const asking = await krenalis();
    const refused = async (source: string, destination: string): Promise<string> => {
      const [from, to] = [await getId(asking, source), await getId(asking, destination)];
      const { status, json } = await asking.ask(`POST /v1/connections/${from}/links/${to}`);
      assert.equal(status, 400);
      return String(at(json, 'error', 'message'))
        .replace(from, source)
        .replace(to, destination);
    };
    assert.equal(await refused('Newsletter', 'Website'), 'connection Newsletter is not a source');
    assert.equal(await refused('Contacts', 'Newsletter'), 'source Contacts does not support events');
    assert.equal(await refused('Website', 'Contacts'), 'connection Contacts is not a destination');
    const archive = 'Archive « è ü 漢字 » 🚀';
    assert.equal(await refused('Website', archive), `destination ${archive} does not support events`);
  });

  for (const [request, status, says] of [
    ['/v1/connections/auth-url?connector=kafka', 404, 'connector kafka does not exist'],
    ['/v1/connections/auth-url?connector=brevo', 400, 'connector brevo does not support OAuth'],
    ['/v1/connections/auth-url?connector=mailchimp&role=Both', 400, "unexpected connection role 'Both'"],
    ['/v1/pipelines/runs/4fr7Kp9ZaQ2m', 404, 'run 4fr7Kp9ZaQ2m does not exist'],
    ['/v1/pipelines/errors/today/tomorrow?pipelines=x', 404, '404 page not found'],
    ['/v1/pipelines/errors/2026-01-01/2026-01-02?pipelines=x&limit=0', 400, 'limit is not valid'],
    ['/v1/pipelines/errors/2026-01-01/2026-01-02', 400, 'pipelines is required'],
    ['/v1/pipelines/metrics/days/31?pipelines=x', 400, 'days is not valid'],
  ] as const) {
    it(`refuses GET ${request}`, async () => {
      const { ask } = await krenalis();
      const reply = await ask(`GET ${request}`);
      assert.equal(reply.status, status);
      assert.ok(reply.text.includes(says), reply.text);
    });
  }

  it('updates, links and deletes, with an empty answer', async () => {
    const asking = await krenalis();
    const { ask } = asking;
    const website = await getId(asking, 'Website');
    const newsletter = await getId(asking, 'Newsletter');
    const empty = [200, '', null];
    const summary = ({ status, text, headers }: Reply): unknown => [
      status,
      text,
      headers.get('content-type'),
    ];
    const put = await ask(`PUT /v1/connections/${website}`, { name: 'Shop', strategy: 'Fusion' });
    assert.deepEqual(summary(put), empty);
    assert.deepEqual(summary(await ask(`DELETE /v1/connections/${website}/links/${newsletter}`)), empty);
    const json = (await ask(`GET /v1/connections/${website}`)).json;
    assert.deepEqual([at(json, 'name'), at(json, 'strategy')], ['Shop', 'Fusion']);
    assert.equal(at(json, 'linkedConnections'), undefined);
    assert.deepEqual(summary(await ask(`POST /v1/connections/${website}/links/${newsletter}`)), empty);
    assert.deepEqual(at((await ask(`GET /v1/connections/${newsletter}`)).json, 'linkedConnections'), [
      website,
    ]);
    assert.deepEqual(summary(await ask(`DELETE /v1/connections/${website}`)), empty);
    assert.equal((await ask(`DELETE /v1/connections/${website}`)).status, 404);
    assert.equal(at((await ask(`GET /v1/connections/${newsletter}`)).json, 'linkedConnections'), undefined);
  });

  it('limits requests, and says how long to wait', async () => {
    let now = 1_790_000_000_000;
    const { ask, service } = await krenalis({ now: () => now });
    service.krenalis.setRate(60, 2);
    await ask('GET /v1/connections');
    await ask('GET /v1/connections');
    const refused = await ask('GET /v1/connections');
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '1']);
    now += 1000;
    assert.equal((await ask('GET /v1/connections')).status, 200);
  });
});
