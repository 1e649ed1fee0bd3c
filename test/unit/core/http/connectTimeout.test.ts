import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createHttpClient } from '../../../../src/core/http/client';
import { type HttpClient } from '../../../../src/core/http/types';
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

function clientOf(origin: string): HttpClient {
  return createHttpClient(
    { origins: [origin], secrets: () => [] },
    { log: () => undefined, timeouts: { connect: 150, request: 600 } },
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
    await delay(50);
    const origin = `http://127.0.0.1:${port}`;
    const begun = performance.now();
    await assert.rejects(clientOf(origin).send({ method: 'GET', ...at(origin), idempotent: false }), {
      kind: 'timeout',
      message: `No connection to 127.0.0.1:${port} within 0.15 seconds.`,
    });
    assert.ok(performance.now() - begun < 500);
    for (const filler of fillers) filler.destroy();
    await worker.terminate();
  });

  it('ends a TLS handshake that is not answered', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (socket) => socket.on('error', () => undefined).resume());
    await assert.rejects(clientOf(origin).send({ method: 'GET', ...at(origin), idempotent: false }), {
      kind: 'timeout',
      message: /No connection/,
    });
    server.close();
  });

  it('lets an open connection take longer, on first use and on reuse', async () => {
    await using server = await startServer(() => ({ delay: 250, body: 'x' }));
    const client = clientOf(server.origin);
    for (let i = 0; i < 2; i += 1) {
      const { text } = await client.send({ method: 'GET', ...at(server.origin, '/slow?a=b%20c') });
      assert.equal(text, 'x');
      await delay(2);
    }
    assert.equal(server.connections(), 1);
  });
});
