import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createHttpClient } from '../../../../src/core/http/client';
import { type HttpClient } from '../../../../src/core/http/types';
import { HttpError } from '../../../../src/core/http/errors';
import { at, startServer, type TestServer } from '../../../support/testServer';

const long = JSON.stringify(Array.from({ length: 40_000 }, (_, id) => ({ id, name: 'Größe "😀"' })));

function clientOf(server: TestServer, request = 30_000): HttpClient {
  return createHttpClient(
    { origins: [server.origin], secrets: () => [] },
    {
      log: () => undefined,
      sleep: () => Promise.resolve(),
      timeouts: { connect: 1000, request },
    },
  );
}

describe('the first chunk of an answer', () => {
  it('is shown once, while the rest is still arriving', async () => {
    await using server = await startServer(() => ({ body: long.slice(0, 300_000), hang: 'body' }));
    const chunks: string[] = [];
    const sent = clientOf(server, 1000).send(
      { method: 'GET', ...at(server.origin), idempotent: false },
      { onFirstChunk: (text) => chunks.push(text) },
    );
    await assert.rejects(sent, { kind: 'timeout' });
    const [beginning = ''] = chunks;
    assert.equal(chunks.length, 1);
    assert.ok(beginning.length >= 100_000 && beginning.length < 300_000);
    assert.ok(long.startsWith(beginning));
  });

  it('leaves the answer complete, compressed or not', async () => {
    for (const packed of [true, false]) {
      await using server = await startServer(() => ({
        body: packed ? gzipSync(long) : long,
        headers: packed ? { 'content-encoding': 'gzip' } : {},
      }));
      const chunks: string[] = [];
      const { text } = await clientOf(server).send(
        { method: 'GET', ...at(server.origin) },
        { onFirstChunk: (beginning) => chunks.push(beginning) },
      );
      assert.equal(text, long);
      assert.ok(chunks.length === 1 && text.startsWith(chunks[0] ?? ''));
    }
  });

  it('is shown to all who want it, though one request serves them', async () => {
    await using server = await startServer(() => ({ body: long, delay: 20 }));
    const client = clientOf(server);
    const notified: number[] = [];
    const request = { method: 'GET', ...at(server.origin) } as const;
    const answers = await Promise.all([
      client.send(request, { onFirstChunk: () => notified.push(1) }),
      client.send(request, { onFirstChunk: () => notified.push(2) }),
      client.send(request),
    ]);
    assert.equal(server.received.length, 1);
    assert.deepEqual(notified, [1, 2]);
    assert.ok(answers.every(({ text }) => text === long));
  });

  it('is not passed on for short answers, nor for unsuccessful ones', async () => {
    await using server = await startServer((_, index) =>
      index === 0 ? { body: '{}' } : { status: 403, body: long },
    );
    const call = { onFirstChunk: () => assert.fail('it was told') };
    const client = clientOf(server);
    await client.send({ method: 'GET', ...at(server.origin) }, call);
    await assert.rejects(client.send({ method: 'GET', ...at(server.origin) }, call), HttpError);
  });
});
