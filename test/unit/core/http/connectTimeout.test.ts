import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { Worker } from 'node:worker_threads';
import { createHttpClient } from '../../../../src/core/http/client';
import { ConnectTimeoutMonitor } from '../../../../src/core/http/connectTimeout';
import { HttpError } from '../../../../src/core/http/errors';
import { type HttpClient } from '../../../../src/core/http/types';
import fetch from 'node-fetch';
import { settle } from '../../../support/fakes/store';
import { at, startServer } from '../../../support/testServer';

/** Listens with the shortest backlog, and then never accepts: its thread is blocked. */
const deafServer = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

/** Timers that a test moves: on a busy machine, a real connection may take longer than a short timeout. */
function fakeTimers({ mock }: TestContext): (milliseconds: number) => void {
  mock.timers.enable({ apis: ['setTimeout'] });
  return (milliseconds) => {
    mock.timers.tick(milliseconds);
  };
}

/** How a request ends for which time passes as soon as it waits. */
async function getEnd(sent: Promise<unknown>, pass: (milliseconds: number) => void): Promise<unknown> {
  let end: { readonly error: unknown } | undefined;
  sent.catch((error: unknown) => (end = { error }));
  while (!end) {
    await settle();
    pass(CONNECT_MS);
  }
  return end.error;
}

const CONNECT_MS = 150;

function createClient(origin: string): HttpClient {
  return createHttpClient(
    { origins: [origin], secrets: () => [] },
    { log: () => undefined, timeouts: { connect: CONNECT_MS, request: 600 } },
  );
}

describe('connect timeout', () => {
  it('ends a connection that is never accepted', async (test) => {
    if (process.platform !== 'linux') {
      test.skip('only Linux keeps connections beyond the backlog waiting');
      return;
    }
    const worker = new Worker(deafServer, { eval: true });
    const [port] = (await once(worker, 'message')) as [number];
    const fillers = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    // The system has received all of them when it reports the first.
    await Promise.race(fillers.map((filler) => once(filler, 'connect')));
    const origin = `http://127.0.0.1:${port}`;
    const pass = fakeTimers(test);
    const sent = createClient(origin).send({ method: 'GET', ...at(origin), idempotent: false });
    const { kind, message } = asHttpError(await getEnd(sent, pass));
    assert.deepEqual([kind, message], ['timeout', `No connection to 127.0.0.1:${port} within 0.15 seconds.`]);
    for (const filler of fillers) filler.destroy();
    await worker.terminate();
  });

  it('ends a TLS handshake that is not answered', async (test) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (socket) => socket.on('error', () => undefined).resume());
    const pass = fakeTimers(test);
    const sent = createClient(origin).send({ method: 'GET', ...at(origin), idempotent: false });
    const { kind, message } = asHttpError(await getEnd(sent, pass));
    assert.equal(kind, 'timeout');
    assert.match(message, /No connection/);
    server.close();
  });

  it('lets an open connection take longer, on first use and on reuse', async (test) => {
    const pass = fakeTimers(test);
    await using server = await startServer(() => {
      // The client has sent the request, so its connection is open.
      pass(2 * CONNECT_MS);
      return { body: '{}' };
    });
    const client = createClient(server.origin);
    for (let i = 0; i < 2; i += 1) {
      // Not repeated, so that a failure is reported.
      const request = { method: 'GET', ...at(server.origin, '/slow?a=b%20c'), idempotent: false } as const;
      const { text } = await client.send(request);
      assert.equal(text, '{}');
      await settle();
    }
    assert.equal(server.connections(), 1);
  });
});

it('a watcher that has stopped is not told of the next request with the same URL', async () => {
  await using server = await startServer(() => ({ body: '{}' }));
  const monitor = new ConnectTimeoutMonitor();
  const told: string[] = [];
  const watch = (name: string): (() => void) =>
    monitor.watch('GET', new URL(server.origin), () => told.push(name));
  watch('stopped')();
  watch('waiting');
  const response = await fetch(server.origin, { agent: new Agent() });
  await response.text();
  monitor.dispose();
  assert.deepEqual(told, ['waiting']);
});

function asHttpError(error: unknown): HttpError {
  return error instanceof HttpError ? error : assert.fail(String(error));
}
