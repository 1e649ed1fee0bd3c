import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { startMcpServer, type McpServer } from '../../../../src/features/tools/mcpServer';
import type { McpTools } from '../../../../src/features/tools/mcpProtocol';
import { ToolError } from '../../../../src/features/tools/toolInput';
import type { ToolAnswer } from '../../../../src/features/tools/toolAnswer';
import { deferred } from '../../../support/fakes/store';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

describe('the MCP server', () => {
  let server: McpServer;
  let calls: (readonly [string, unknown])[];
  let answer: McpTools['call'];

  beforeEach(async () => {
    calls = [];
    answer = () => Promise.resolve('{"items":[]}' as ToolAnswer);
    server = await startMcpServer({
      version: '1.2.3',
      list: [{ name: 'findId', description: 'Finds an ID.', inputSchema: { type: 'object' } }],
      call: (name, input, signal) => {
        calls.push([name, input]);
        return answer(name, input, signal);
      },
    });
  });
  afterEach(() => {
    server.close();
  });

  const send = ({ method = 'POST', path = '/mcp', headers = {}, body = '' }: Sent): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const own: Readonly<Record<string, string | undefined>> = {
        authorization: `Bearer ${server.token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      };
      const set = Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== undefined);
      const { hostname, port } = new URL(server.url);
      const sent = request({ hostname, port, method, path, headers: Object.fromEntries(set) }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode = 0, headers: received } = response;
          resolve({ status: statusCode, headers: received, body: Buffer.concat(chunks).toString() });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const rpc = async (message: object): Promise<Record<string, unknown>> => {
    const { status, body } = await send({ body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }) });
    assert.equal(status, 200);
    return JSON.parse(body) as Record<string, unknown>;
  };
  const call = (args: unknown, name = 'findId'): Promise<Record<string, unknown>> =>
    rpc({ method: 'tools/call', params: { name, arguments: args } });

  it('introduces itself in the version of the client, or in its own', async () => {
    for (const [wanted, spoken] of [
      ['2025-06-18', '2025-06-18'],
      ['2025-11-25', '2025-11-25'],
      ['1999-01-01', '2025-11-25'],
    ]) {
      const { result } = await rpc({ method: 'initialize', params: { protocolVersion: wanted } });
      const { instructions, ...others } = result as Record<string, unknown>;
      assert.match(String(instructions), /never instructions/);
      assert.deepEqual(others, {
        protocolVersion: spoken,
        capabilities: { tools: {} },
        serverInfo: { name: 'connections-explorer', title: 'Connections Explorer', version: '1.2.3' },
      });
    }
  });

  it('lists its tools as read-only, and passes calls on', async () => {
    const { result } = await rpc({ method: 'tools/list' });
    assert.deepEqual(result, {
      tools: [
        {
          name: 'findId',
          description: 'Finds an ID.',
          inputSchema: { type: 'object' },
          annotations: { readOnlyHint: true, openWorldHint: true },
        },
      ],
    });
    const called = await call({ id: 'dg_1' });
    assert.deepEqual(called.result, { content: [{ type: 'text', text: '{"items":[]}' }] });
    assert.deepEqual(calls, [['findId', { id: 'dg_1' }]]);
  });

  it('returns what a tool refuses as a result for the model, and hides unexpected errors', async () => {
    answer = () => Promise.reject(new ToolError('Sign in again.'));
    assert.deepEqual((await call({})).result, {
      content: [{ type: 'text', text: 'Sign in again.' }],
      isError: true,
    });
    answer = () => Promise.reject(new Error('secret in a stack'));
    const { error } = await call({});
    assert.deepEqual(error, { code: -32_603, message: 'The request failed unexpectedly.' });
  });

  it('refuses unknown tools and methods, batches and bodies that are no message', async () => {
    assert.deepEqual(getCode(await call({}, 'delete')), [1, -32_602]);
    assert.deepEqual(getCode(await rpc({ method: 'resources/list' })), [1, -32_601]);
    for (const [body, code] of [
      ['[]', -32_600],
      ['{"jsonrpc":"1.0","id":1,"method":"ping"}', -32_600],
      ['{', -32_700],
      ['', -32_700],
    ] as const) {
      const { status, body: received } = await send({ body });
      assert.equal(status, 200, body);
      assert.deepEqual(getCode(JSON.parse(received)), [null, code], body);
    }
    assert.deepEqual(calls, []);
  });

  it('answers notifications with 202 and no body', async () => {
    const { status, body } = await send({ body: '{"jsonrpc":"2.0","method":"notifications/initialized"}' });
    assert.deepEqual([status, body], [202, '']);
  });

  it('refuses requests of web pages, other hosts and those without the token, before anything is run', async () => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'findId' } });
    const cases: readonly [number, Sent][] = [
      [403, { headers: { origin: 'https://evil.example' } }],
      [403, { headers: { origin: 'null' } }],
      [403, { headers: { origin: new URL(server.url).origin } }],
      [403, { headers: { host: 'evil.example' } }],
      [403, { headers: { host: `evil.example:${new URL(server.url).port}` } }],
      [403, { headers: { host: '127.0.0.1' } }],
      ...['[::1]', '0.0.0.0', '127.0.0.2', '127.0.0.1.', 'localhost.evil.example', 'user@127.0.0.1'].map(
        (host): [number, Sent] => [403, { headers: { host: `${host}:${new URL(server.url).port}` } }],
      ),
      [401, { headers: { authorization: undefined } }],
      [401, { headers: { authorization: 'Bearer ' } }],
      [401, { headers: { authorization: `Bearer ${server.token.slice(0, -1)}` } }],
      [401, { headers: { authorization: server.token } }],
      [404, { path: '/' }],
      [404, { path: '/mcp/../mcp' }],
      [405, { method: 'GET' }],
      [405, { method: 'OPTIONS' }],
      [405, { method: 'DELETE' }],
      [415, { headers: { 'content-type': 'text/plain' } }],
      [415, { headers: { 'content-type': undefined } }],
      [400, { headers: { 'mcp-protocol-version': '1999-01-01' } }],
    ];
    for (const [status, sent] of cases) {
      const received = await send({ body, ...sent });
      assert.equal(received.status, status, JSON.stringify(sent));
      assert.equal(received.body, '');
      assert.equal(received.headers['access-control-allow-origin'], undefined);
    }
    assert.deepEqual(calls, []);
  });

  it('needs another token after each start', async () => {
    const other = await startMcpServer({ version: '1', list: [], call: answer });
    other.close();
    assert.notEqual(other.token, server.token);
    assert.ok(Buffer.from(server.token, 'base64url').length >= 32);
  });

  it('answers under its own name and that of this computer, and not without one', async () => {
    const { hostname, port } = new URL(server.url);
    const body = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`])
      assert.equal((await send({ headers: { host }, body })).status, 200, host);
    const head = [
      `Authorization: Bearer ${server.token}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ];
    for (const [version, status] of [
      ['1.0', '403'],
      ['1.1', '400'],
    ] as const) {
      const socket = connect(Number(port), hostname);
      socket.end([`POST /mcp HTTP/${version}`, ...head, '', body].join('\r\n'));
      const received = await text(socket);
      assert.match(received, new RegExp(`^HTTP/1.1 ${status} `), version);
      assert.ok(!received.includes('"jsonrpc"'));
    }
  });

  it('listens on this computer only', async () => {
    const { hostname, port } = new URL(server.url);
    assert.equal(hostname, '127.0.0.1');
    const others = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
    // On Linux, all of 127.0.0.0/8 leads to this computer.
    for (const host of ['127.0.0.2', '::1', ...others.map(({ address }) => address)]) {
      if (host === hostname) continue;
      const socket = connect({ port: Number(port), host, timeout: 1000 });
      const outcome = await Promise.race([
        once(socket, 'connect').then(
          () => 'connected',
          () => 'refused',
        ),
        once(socket, 'timeout').then(() => 'silent'),
      ]);
      socket.destroy();
      assert.notEqual(outcome, 'connected', host);
    }
  });

  it('refuses bodies above its limit', async () => {
    assert.equal((await send({ body: `"${'x'.repeat(64_000)}"` })).status, 413);
    assert.deepEqual(await rpc({ method: 'ping' }), { jsonrpc: '2.0', id: 1, result: {} });
  });

  it('cancels a call whose client is gone', async () => {
    const [began, cancelled] = [deferred<undefined>(), deferred<undefined>()];
    answer = (_name, _input, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          cancelled.resolve(undefined);
          reject(signal.reason as Error);
        });
        began.resolve(undefined);
      });
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'findId' } });
    const head = [
      'POST /mcp HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      `Authorization: Bearer ${server.token}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    await began.promise;
    socket.destroy();
    await cancelled.promise;
  });

  it('answers any message with a response or nothing, and never runs what is no tool', async () => {
    const message = fc.oneof(
      fc.json(),
      fc
        .record(
          {
            jsonrpc: fc.constantFrom('2.0', '1.0'),
            id: fc.jsonValue(),
            method: fc.constantFrom('initialize', 'tools/call', 'tools/list', 'ping', 'x'),
            params: fc.jsonValue(),
          },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(message, async (body) => {
        const { status, body: received } = await send({ body });
        if (status === 202) return received === '';
        return status === 200 && (JSON.parse(received) as { jsonrpc: string }).jsonrpc === '2.0';
      }),
      { numRuns: 100 },
    );
    assert.deepEqual(calls, []);
  });
});

/** The ID and the error code of a response. */
function getCode(response: unknown): readonly [unknown, unknown] {
  const { id, error } = response as { readonly id: unknown; readonly error?: { readonly code: number } };
  return [id, error?.code];
}
