import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createHttpClient, httpClientFactory } from '../../../../src/core/http/client';
import type {
  HttpClient,
  ClientOptions,
  ParsedError,
  HttpRequest,
  Wait,
} from '../../../../src/core/http/types';
import type { HttpClientDependencies } from '../../../../src/core/http/dependencies';
import { HttpError, type HttpErrorKind } from '../../../../src/core/http/errors';
import { readJson } from '../../../../src/core/http/json';
import { KnownSecrets } from '../../../../src/core/redaction/knownSecrets';
import { formatLogEntry, type RequestLogEntry } from '../../../../src/core/http/requestLog';
import { deferred } from '../../../support/fakes/store';
import { at, startServer, type Reply, type TestServer } from '../../../support/testServer';

interface Setup {
  readonly client: HttpClient;
  readonly log: readonly RequestLogEntry[];
  readonly sleeps: readonly number[];
}

/** A client of the server that notes its sleeps in place of sleeping. */
function setup(
  server: TestServer,
  options: Partial<ClientOptions> = {},
  environment: Partial<HttpClientDependencies> = {},
): Setup {
  const log: RequestLogEntry[] = [];
  const sleeps: number[] = [];
  const client = createHttpClient(
    { origins: [server.origin], secrets: () => [], ...options },
    {
      log: (entry) => log.push(entry),
      random: () => 0.5,
      sleep: (duration) => {
        sleeps.push(duration);
        return Promise.resolve();
      },
      ...environment,
    },
  );
  return { client, log, sleeps };
}

function get(server: TestServer, path = '/data'): HttpRequest {
  return { method: 'GET', ...at(server.origin, path) };
}

function throws(text: string): boolean {
  try {
    readJson(text);
    return false;
  } catch {
    return true;
  }
}

async function getFailure(promise: Promise<unknown>): Promise<HttpError> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof HttpError, `an HttpError, not ${String(error)}`);
    return error;
  }
  return assert.fail('it should have failed');
}

async function answered(reply: Reply, options: Partial<ClientOptions> = {}): Promise<HttpError> {
  await using server = await startServer(() => reply);
  // What answers may take long on a busy machine.
  const request = reply.hang === undefined ? 10_000 : 200;
  const { client } = setup(server, options, { timeouts: { connect: 10_000, request } });
  return await getFailure(client.send({ ...get(server), idempotent: false }));
}

describe('HTTP client', () => {
  it('leaves no listener behind on a long-lived signal, however requests end', async () => {
    let count = 0;
    await using server = await startServer(() => ({ status: [200, 404, 503][(count += 1) % 3] ?? 200 }));
    const { client } = setup(server, { rateLimit: { requests: 1000, interval: 1 } });
    const { signal } = new AbortController();
    const requests = Array.from({ length: 60 }, (_, index) => get(server, `/data/${index}`));
    const all = requests.map((request) => client.send(request, { signal }));
    assert.equal(getEventListeners(signal, 'abort').length, requests.length);
    await Promise.allSettled(all);
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });

  it('returns status, lower-case headers, text and request ID', async () => {
    await using server = await startServer(() => ({
      status: 201,
      headers: { 'X-Request-Id': 'r-1' },
      body: '{"a":"ü"}',
    }));
    const { client, log } = setup(server);
    const response = await client.send({ ...get(server, '/a?b=c'), headers: { 'X-Api-Key': 'k' } });
    assert.equal(response.status, 201);
    assert.equal(response.headers['x-request-id'], 'r-1');
    assert.equal(response.text, '{"a":"ü"}');
    assert.equal(response.requestId, 'r-1');
    assert.equal(server.received[0]?.headers['x-api-key'], 'k');
    assert.equal(log.length, 1);
    assert.match(
      formatLogEntry(log[0] ?? assert.fail()),
      /^GET \/a\?b=c 201 in \d+ ms, 10 bytes, request r-1$/,
    );
  });

  it('logs the size of an error response', async () => {
    await using server = await startServer(() => ({ status: 404, body: 'no ü' }));
    const { client, log } = setup(server);
    await getFailure(client.send(get(server, '/a')));
    assert.match(formatLogEntry(log[0] ?? assert.fail()), /^GET \/a 404 notFound in \d+ ms, 5 bytes$/);
  });

  it('sends a body', async () => {
    await using server = await startServer();
    const { client } = setup(server);
    await client.send({ method: 'POST', ...at(server.origin, '/x'), body: 'a=b' });
    assert.equal(server.received[0]?.method, 'POST');
    assert.equal(server.received[0].body, 'a=b');
  });

  it('reuses one connection for consecutive requests', async () => {
    await using server = await startServer(() => ({
      body: gzipSync('{}'),
      headers: { 'content-encoding': 'gzip' },
    }));
    const { client } = setup(server);
    for (let i = 0; i < 5; i += 1) {
      await client.send(get(server, `/${i}`));
      // A socket goes back to the agent on the tick after the end of a body.
      await delay(2);
    }
    assert.equal(server.connections(), 1);
  });

  const kinds: readonly [number, HttpErrorKind][] = [
    [400, 'rejected'],
    [401, 'authentication'],
    [403, 'permission'],
    [404, 'notFound'],
    [408, 'timeout'],
    [409, 'conflict'],
    [410, 'notFound'],
    [418, 'rejected'],
    [422, 'rejected'],
    [429, 'rateLimit'],
    [500, 'server'],
    [501, 'server'],
    [502, 'server'],
    [302, 'protocol'],
    [304, 'protocol'],
  ];
  for (const [status, kind] of kinds) {
    it(`maps status ${status} to ${kind}`, async () => {
      const error = await answered({ status, body: '<html>', headers: { 'x-request-id': 'r' } });
      assert.equal(error.kind, kind);
      assert.equal(error.status, status);
      assert.equal(error.requestId, 'r');
      assert.match(error.message, new RegExp(`HTTP ${status}`));
      assert.notEqual(error.advice, '');
    });
  }

  it("reports the service's own message", async () => {
    const error = await answered(
      { status: 403, body: '{"error_code":"403027"}' },
      {
        parseError: ({ text }) => ({
          kind: 'authentication',
          code: text.slice(15, 21),
          message: 'User\u0000 region\n\u202Eis missing',
          advice: 'Check the organization.',
          requestId: 'r-2',
        }),
      },
    );
    assert.equal(error.kind, 'authentication');
    assert.equal(error.message, 'Authentication failed (HTTP 403, 403027: User region is missing)');
    assert.deepEqual(
      [error.code, error.advice, error.requestId],
      ['403027', 'Check the organization.', 'r-2'],
    );
  });

  it('survives a parser that throws, and a truncated error body', async () => {
    const readError = (): never => {
      throw new TypeError('no such field');
    };
    assert.equal((await answered({ status: 404 }, { parseError: readError })).kind, 'notFound');
    assert.equal((await answered({ status: 404, body: 'x', cutOff: true })).kind, 'notFound');
  });

  it('reports malformed answers by their kind', async () => {
    const cut = await answered({ body: '{"a":', cutOff: true });
    assert.equal(cut.kind, 'network');
    const chunked = await answered({
      raw: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n',
    });
    assert.equal(chunked.kind, 'network');
    assert.match(chunked.message, /cut off|interrupted/);
    const malformed = await answered({ raw: 'SSH-2.0-OpenSSH\r\n' });
    assert.equal(malformed.kind, 'protocol');
    const garbled = await answered({ body: 'no gzip', headers: { 'content-encoding': 'gzip' } });
    assert.equal(garbled.kind, 'protocol');
    const reset = await answered({ raw: '' });
    assert.equal(reset.kind, 'network');
  });

  it('ends an answer that does not arrive, or does not end', async () => {
    for (const hang of ['head', 'body'] as const) {
      const error = await answered({ hang });
      assert.equal(error.kind, 'timeout');
      assert.match(error.message, /127\.0\.0\.1:\d+ did not respond within 0\.2 seconds/);
    }
  });

  for (const [encoding, compress] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)
    it(`fails if a body compressed by ${encoding} stops, and is never taken for whole`, async () => {
      const text = JSON.stringify(Array.from({ length: 2_000 }, (_, id) => ({ id })));
      const whole = compress(text);
      for (const length of [0, 1, 12, whole.length >> 1, whole.length - 9, whole.length - 1]) {
        const reply = { body: whole.subarray(0, length), headers: { 'content-encoding': encoding } };
        const silent = await answered({ ...reply, hang: 'body' });
        assert.equal(silent.kind, 'timeout', `silent after ${length}`);
        const cut = await answered({ ...reply, cutOff: true });
        assert.ok(['network', 'protocol'].includes(cut.kind), `cut off after ${length}: ${cut.kind}`);
        // Without an error, the text is whole, or no JSON: it is never a shorter list.
        await using server = await startServer(() => reply);
        const { client } = setup(server);
        const ended = await client.send(get(server)).catch(() => undefined);
        assert.ok(ended === undefined || ended.text === text || throws(ended.text), `ended after ${length}`);
      }
    });

  it('treats an error body that never ends as a timeout, and does not retry', async () => {
    await using server = await startServer(() => ({ status: 502, hang: 'body' }));
    const { client, sleeps } = setup(server, {}, { timeouts: { connect: 1000, request: 200 } });
    const error = await getFailure(client.send(get(server)));
    assert.deepEqual([error.kind, sleeps, server.received.length], ['timeout', [], 1]);
  });

  it('reports a refused connection, and an unknown host', async () => {
    const server = await startServer();
    await server[Symbol.asyncDispose]();
    const { client, sleeps } = setup(server);
    const refused = await getFailure(client.send(get(server)));
    assert.deepEqual([refused.kind, refused.code], ['network', 'ECONNREFUSED']);
    assert.deepEqual(sleeps, [250, 500]);
    const missing = setup(server, { origins: ['https://no-such-host.invalid'] });
    const unknown = await getFailure(
      missing.client.send({
        method: 'GET',
        ...at('https://no-such-host.invalid', '/?q=1'),
        idempotent: false,
      }),
    );
    assert.equal(unknown.kind, 'network');
    assert.match(unknown.message, /no-such-host\.invalid was not found/);
  });

  it('names the proxy if it is the proxy that requires a sign-in, and does not retry by itself', async () => {
    await using server = await startServer(() => ({ status: 407, body: '{"error":"Forbidden"}' }));
    const { client, sleeps } = setup(server);
    const error = await getFailure(client.send(get(server)));
    assert.deepEqual([error.kind, error.status, sleeps], ['network', 407, []]);
    assert.match(error.message, /^The proxy requires authentication/);
    assert.match(error.advice, /http\.proxy/);
  });

  it('reports how long to wait if the service says so, whatever else it says', async () => {
    await using server = await startServer(() => ({ status: 429, headers: { 'retry-after': '600' } }));
    const readError = (): ParsedError => ({ code: '429050', advice: 'Wait a little.' });
    const error = await getFailure(setup(server, { parseError: readError }).client.send(get(server)));
    assert.equal(error.advice, 'Try again in 10 minutes.');
  });

  it('refuses bodies beyond the limit, compressed ones too', async () => {
    const bomb = gzipSync(Buffer.alloc(4 * 1024 * 1024));
    const replies: readonly Reply[] = [
      { body: 'x'.repeat(70_000) },
      { body: bomb, headers: { 'content-encoding': 'gzip' } },
    ];
    for (const reply of replies) {
      await using server = await startServer(() => reply);
      const { client } = setup(server, {}, { maxResponseBytes: 65_536 });
      const error = await getFailure(client.send(get(server)));
      assert.equal(error.kind, 'tooLarge');
      assert.match(error.message, /too large to read/);
      assert.equal(server.received.length, 1);
    }
  });

  it('does not follow redirects, and sends nothing to their target', async () => {
    await using target = await startServer();
    await using server = await startServer(() => ({
      status: 307,
      headers: { location: `${target.origin}/take?access_token=canary` },
    }));
    const { client } = setup(server);
    const error = await getFailure(client.send({ ...get(server), headers: { 'x-api-key': 'canary' } }));
    assert.equal(error.kind, 'protocol');
    assert.ok(error.message.includes(target.origin));
    assert.ok(!error.message.includes('canary'));
    assert.equal(target.received.length, 0);
  });

  it('closes the connection of a redirect whose body it does not read', async () => {
    await using server = await startServer(() => ({ status: 302, headers: { location: '/' }, hang: 'body' }));
    assert.equal((await getFailure(setup(server).client.send(get(server)))).kind, 'protocol');
    await server.abandoned;
  });

  it('reports a failed TLS connection', async () => {
    await using server = await startServer();
    const origin = server.origin.replace('http:', 'https:');
    const { client } = setup(server, { origins: [origin] });
    const error = await getFailure(client.send({ method: 'GET', ...at(origin), idempotent: false }));
    assert.match(error.message, /secure connection .* failed/);
  });

  it('sends only to the origins of the account, over https or loopback', async () => {
    await using server = await startServer();
    const { client } = setup(server, { origins: [server.origin, 'http://example.com', 'https://a.example'] });
    const urls = [
      'http://example.com/',
      'https://b.example/',
      'https://a.example:444/',
      'http://a.example/',
      `${server.origin}@evil.example/`,
      server.origin.replace('127.0.0.1', 'localhost'),
      server.origin.replace('//', '//user:hunter2@'),
      'ftp://127.0.0.1/',
      'data:,x',
      'nonsense',
    ];
    for (const url of urls) {
      const error = await getFailure(client.send({ method: 'GET', ...at(url) }));
      assert.equal(error.kind, 'rejected', url);
      assert.doesNotMatch(error.message, /hunter2/);
    }
    assert.equal(server.received.length, 0);
  });

  it('reports a header that cannot be sent', async () => {
    await using server = await startServer();
    const { client } = setup(server);
    const error = await getFailure(
      client.send({ ...get(server), headers: { authorization: 'a\nb-canary' } }),
    );
    assert.equal(error.kind, 'rejected');
    assert.ok(!`${error.message} ${String(error.cause)}`.includes('canary'));
  });
});

describe('HTTP client, retrying', () => {
  it('repeats a GET after temporary failures, and notifies the caller', async () => {
    await using server = await startServer((_, index) => (index < 2 ? { status: 503 } : { body: 'ok' }));
    const { client, log, sleeps } = setup(server);
    const waits: Wait[] = [];
    const { text } = await client.send(get(server), { onWait: (wait) => waits.push(wait) });
    assert.equal(text, 'ok');
    assert.deepEqual(sleeps, [250, 500]);
    assert.deepEqual(waits, [
      { reason: 'retry', delay: 250, attempt: 2 },
      { reason: 'retry', delay: 500, attempt: 3 },
    ]);
    assert.deepEqual(
      log.map(({ attempt, status, failure }) => [attempt, status, failure]),
      [
        [1, 503, 'server'],
        [2, 503, 'server'],
        [3, 200, undefined],
      ],
    );
  });

  it('repeats a POST only if it is marked as idempotent', async () => {
    await using server = await startServer(() => ({ status: 500 }));
    const { client } = setup(server);
    const post: HttpRequest = { method: 'POST', ...at(server.origin), body: 'x' };
    await getFailure(client.send(post));
    assert.equal(server.received.length, 1);
    await getFailure(client.send({ ...post, idempotent: true }));
    assert.equal(server.received.length, 4);
  });

  it('waits as long as the server asks, in each of its forms', async () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const forms: readonly [Record<string, string>, number][] = [
      [{ 'retry-after': '7' }, 7000],
      [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }, 9000],
      [{ 'x-ratelimit-reset': '11' }, 11_000],
      [{}, 6000],
    ];
    for (const [headers, wait] of forms) {
      await using server = await startServer((_, index) => (index === 0 ? { status: 429, headers } : {}));
      const rateLimit = { requests: 12, interval: 6000 };
      const { client, sleeps } = setup(server, { rateLimit }, { now: () => now });
      const waits: Wait[] = [];
      await client.send(get(server), { onWait: (told) => waits.push(told) });
      assert.deepEqual(sleeps, [wait]);
      assert.deepEqual(waits, [{ reason: 'rateLimited', delay: wait, attempt: 2 }]);
    }
  });

  it('gives up if the server asks for too long, and says when to come back', async () => {
    await using server = await startServer(() => ({ status: 429, headers: { 'retry-after': '1200' } }));
    const { client } = setup(server);
    const error = await getFailure(client.send(get(server)));
    assert.deepEqual([error.kind, error.retryAfter], ['rateLimit', 1_200_000]);
    assert.equal(error.advice, 'Try again in 20 minutes.');
    assert.equal(server.received.length, 1);
  });

  it('makes the other requests wait after a 429 and notifies them, but not those without a rate limit', async () => {
    await using server = await startServer((_, index) => (index === 0 ? { status: 429 } : {}));
    const [asleep, awake] = [deferred<undefined>(), deferred<undefined>()];
    const sleep = async (): Promise<void> => {
      asleep.resolve(undefined);
      await awake.promise;
    };
    const { client } = setup(server, {}, { sleep });
    const first = client.send(get(server, '/refused'));
    await asleep.promise;
    const waits: Wait[] = [];
    const other = client.send(get(server, '/other'), { onWait: (wait) => waits.push(wait) });
    await client.send({ ...get(server, '/token'), rateLimited: false });
    assert.deepEqual(
      server.received.map(({ url }) => url),
      ['/refused', '/token'],
    );
    assert.deepEqual(
      waits.map(({ reason }) => reason),
      ['limit'],
    );
    awake.resolve(undefined);
    await Promise.all([first, other]);
    assert.equal(server.received.length, 4);
  });

  it('occupies no slot while it waits', async () => {
    await using server = await startServer(({ url }) => ({ status: url === '/free' ? 200 : 503 }));
    const never = (_: number, signal: AbortSignal): Promise<void> => delay(60_000, undefined, { signal });
    const { client } = setup(server, {}, { sleep: never });
    const stuck = Array.from({ length: 8 }, (_, index) => client.send(get(server, `/${index}`)));
    await client.send(get(server, '/free'));
    client.dispose();
    const outcomes = await Promise.allSettled(stuck);
    assert.ok(outcomes.every(({ status }) => status === 'rejected'));
  });
});

describe('HTTP client, canceling', () => {
  const reason = new Error('gone');

  it('cancels while queued', async () => {
    await using server = await startServer(() => ({ hang: 'head' }));
    const { client } = setup(server);
    for (let i = 0; i < 6; i += 1) client.send(get(server, `/${i}`)).catch(() => undefined);
    const controller = new AbortController();
    const queued = client.send(get(server, '/queued'), { signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(queued, reason);
    client.dispose();
    assert.ok(!server.received.some(({ url }) => url === '/queued'));
  });

  it('cancels while sleeping', async () => {
    await using server = await startServer(() => ({ status: 429, headers: { 'retry-after': '50' } }));
    const client = httpClientFactory({ log: () => undefined })({
      origins: [server.origin],
      secrets: () => [],
    });
    const controller = new AbortController();
    const sleeping = client.send(get(server), {
      signal: controller.signal,
      onWait: () => {
        setImmediate(() => {
          controller.abort(reason);
        });
      },
    });
    await assert.rejects(sleeping, reason);
  });

  for (const hang of ['head', 'body'] as const) {
    it(`cancels while waiting for the ${hang}, and closes the connection`, async () => {
      await using server = await startServer(() => ({ hang, body: '{' }));
      const { client, log } = setup(server);
      const controller = new AbortController();
      const reading = client.send(get(server), { signal: controller.signal });
      await server.arrived;
      controller.abort(reason);
      await assert.rejects(reading, reason);
      await server.abandoned;
      assert.equal(log[0]?.failure, 'cancelled');
    });
  }

  it('cancels all when disposed, and sends nothing afterwards', async () => {
    await using server = await startServer(() => ({ hang: 'head' }));
    const { client } = setup(server);
    const sent = client.send(get(server));
    client.dispose();
    await assert.rejects(sent, { name: 'AbortError' });
    await assert.rejects(client.send(get(server)), { name: 'AbortError' });
  });
});

describe('HTTP client, deduplication', () => {
  it('sends equal GETs once, and different ones separately', async () => {
    await using server = await startServer(() => ({ delay: 20, body: '{}' }));
    const { client } = setup(server);
    const same = { ...get(server), headers: { A: '1', b: '2' } };
    const answers = await Promise.all([
      client.send(same),
      client.send({ ...same, headers: { B: '2', a: '1' } }),
      client.send({ ...same, headers: { A: '1', b: '3' } }),
      client.send({ ...same, method: 'POST' }),
      client.send({ ...same, method: 'POST' }),
    ]);
    assert.equal(server.received.length, 4);
    assert.equal(answers[0], answers[1]);
    await client.send(same);
    assert.equal(server.received.length, 5);
  });

  it('cancels the request when the last of its callers leaves', async () => {
    await using server = await startServer(() => ({ hang: 'head' }));
    const { client } = setup(server);
    const [first, second] = [new AbortController(), new AbortController()];
    const one = client.send(get(server), { signal: first.signal });
    const two = client.send(get(server), { signal: second.signal });
    await server.arrived;
    first.abort();
    await assert.rejects(one, { name: 'AbortError' });
    let gone = false;
    void server.abandoned.then(() => (gone = true));
    await delay(20);
    assert.equal(gone, false);
    second.abort();
    await assert.rejects(two, { name: 'AbortError' });
    await server.abandoned;
  });

  it('raises the priority of a waiting background request that an interactive caller joins', async () => {
    await using server = await startServer(() => ({ delay: 10 }));
    const { client } = setup(server);
    const sent = Array.from({ length: 12 }, (_, index) => client.send(get(server, `/${index}`)));
    sent.push(client.send(get(server, '/11'), { priority: 'interactive' }));
    await Promise.all(sent);
    assert.equal(server.received.length, 12);
    assert.ok(server.received.findIndex(({ url }) => url === '/11') <= 6 + 5);
    assert.ok(
      server.received.findIndex(({ url }) => url === '/11') <
        server.received.findIndex(({ url }) => url === '/10'),
    );
  });

  it('starts again for a caller that comes when the last one leaves', async () => {
    await using server = await startServer(() => ({ delay: 10 }));
    const { client } = setup(server);
    const busy = Array.from({ length: 6 }, (_, index) => client.send(get(server, `/${index}`)));
    const controller = new AbortController();
    const left = client.send(get(server), { signal: controller.signal });
    controller.abort();
    const next = client.send(get(server), { priority: 'interactive' });
    await assert.rejects(left, { name: 'AbortError' });
    assert.equal((await next).status, 200);
    await Promise.all(busy);
  });

  it('notifies a late caller of the current wait', async () => {
    // Longer than the late caller takes on a busy machine.
    const first = { status: 503, headers: { 'retry-after': '9' } };
    await using server = await startServer((_, index) => (index === 0 ? first : {}));
    let wake = (): void => undefined;
    const sleep = (): Promise<void> => new Promise((resolve) => (wake = resolve));
    const { client } = setup(server, {}, { sleep });
    const late = new Promise<Wait>((resolve) => {
      const sendLate = (): unknown => client.send(get(server), { onWait: resolve });
      void client.send(get(server), { onWait: () => setTimeout(sendLate) });
    });
    const { delay } = await late;
    assert.ok(delay > 0 && delay <= 9000, `${delay}`);
    wake();
    assert.equal((await client.send(get(server))).status, 200);
  });
});

describe('HTTP client, secrets', () => {
  it('masks the secrets of all clients of the window, also of closed ones', async () => {
    const [mine, other, old] = ['mine-12345', 'other-12345', 'old-12345'];
    await using server = await startServer(() => ({
      status: 400,
      headers: { 'x-request-id': `r ${other}` },
      body: `${mine}, ${other.toUpperCase()} and ${old}`,
    }));
    const secrets = new KnownSecrets();
    const parseError: ClientOptions['parseError'] = ({ text }) => ({ message: text, code: mine });
    const { client, log } = setup(server, { secrets: () => [mine], parseError }, { secrets });
    setup(server, { secrets: () => [other] }, { secrets });
    setup(server, { secrets: () => [old] }, { secrets }).client.dispose();
    const error = await getFailure(client.send(get(server, `/a/${other}?q=${old}`)));
    const texts = [
      error.message,
      error.advice,
      error.code,
      error.requestId,
      ...log.map(formatLogEntry),
    ].join();
    assert.doesNotMatch(texts, /12345/);
    assert.match(error.message, /\*\*\*, \*\*\* and \*\*\*/);
    assert.match(texts, /GET \/a\/\*\*\*\?q=\*\*\* 400/);
  });

  it('never shows a planted canary in errors or log lines', async () => {
    const canary = 'c4nary/+Se"cret=';
    const forms = [
      canary,
      encodeURIComponent(canary),
      Buffer.from(canary).toString('base64'),
      JSON.stringify(canary).slice(1, -1),
    ];
    const echo = JSON.stringify({
      client_secret: canary,
      error: forms.join(' '),
      url: `?k=${forms[1] ?? ''}`,
    });
    const replies: readonly Reply[] = [
      { status: 400, body: echo, headers: { 'x-request-id': forms[1] ?? '' } },
      { status: 500, body: echo },
      {
        status: 302,
        headers: { location: `https://${Buffer.from(canary).toString('hex')}.example/${forms[1] ?? ''}` },
      },
      { body: echo, cutOff: true },
      { raw: `HTTP/1.1 ${canary}` },
      { hang: 'head' },
      { body: echo },
    ];
    for (const reply of replies) {
      await using server = await startServer(() => reply);
      const { client, log } = setup(
        server,
        {
          secrets: () => [canary],
          parseError: ({ text }) => ({ message: text, code: text, advice: text, requestId: text }),
        },
        { timeouts: { connect: 100, request: 100 } },
      );
      const sent = client.send({
        ...get(server, `/path/${forms[1] ?? ''}?token=${forms[1] ?? ''}`),
        headers: { authorization: `Bearer ${canary}` },
        idempotent: false,
      });
      const error = await sent.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      const seen = [
        ...log.map(formatLogEntry),
        ...log.map((entry) => JSON.stringify(entry)),
        error instanceof HttpError
          ? [error.stack, error.message, error.advice, error.code, error.requestId, error.cause].join(' ')
          : '',
      ].join('\n');
      assert.equal(log.length, 1);
      for (const form of forms) assert.ok(!seen.includes(form), `${form} in ${seen}`);
    }
  });
});
