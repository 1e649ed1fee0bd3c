import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createHttpClient } from '../../../../src/core/http/client';
import { type HttpClient } from '../../../../src/core/http/types';
import { HttpError } from '../../../../src/core/http/errors';
import { at, startServer, type TestServer } from '../../../support/testServer';

const long = JSON.stringify(Array.from({ length: 40_000 }, (_, id) => ({ id, name: 'Größe "😀"' })));

function createClient(server: TestServer, request = 30_000): HttpClient {
  return createHttpClient(
    { origins: [server.origin], secrets: () => [] },
    {
      log: () => undefined,
      sleep: () => Promise.resolve(),
      timeouts: { connect: 1000, request },
    },
  );
}

describe('the parts of an answer', () => {
  it('are shown while the rest is still arriving', async () => {
    await using server = await startServer(() => ({ body: long.slice(0, 300_000), hang: 'body' }));
    const chunks: { text: string; isFirst: boolean }[] = [];
    const sent = createClient(server, 1000).send(
      { method: 'GET', ...at(server.origin), idempotent: false },
      { onPart: (text, isFirst) => chunks.push({ text, isFirst }) },
    );
    await assert.rejects(sent, { kind: 'timeout' });
    const [beginning] = chunks;
    assert.ok(beginning && beginning.text.length >= 100_000 && beginning.text.length < 300_000);
    assert.deepEqual(
      chunks.map(({ isFirst }) => isFirst),
      chunks.map((_, at) => at === 0),
    );
    assert.ok(long.startsWith(chunks.map(({ text }) => text).join('')));
  });

  it('are all of it, and leave the answer complete, compressed or not', async () => {
    for (const packed of [true, false]) {
      await using server = await startServer(() => ({
        body: packed ? gzipSync(long) : long,
        headers: packed ? { 'content-encoding': 'gzip' } : {},
      }));
      const chunks: string[] = [];
      const { text } = await createClient(server).send(
        { method: 'GET', ...at(server.origin) },
        { onPart: (part) => chunks.push(part) },
      );
      assert.equal(text, long);
      assert.ok(chunks.length > 1 && text === chunks.join(''));
    }
  });

  it('are shown to all who want them, though one request serves them', async () => {
    await using server = await startServer(() => ({ body: long, delay: 20 }));
    const client = createClient(server);
    const notified: number[] = [];
    const request = { method: 'GET', ...at(server.origin) } as const;
    const answers = await Promise.all([
      client.send(request, { onPart: (_, isFirst) => isFirst && notified.push(1) }),
      client.send(request, { onPart: (_, isFirst) => isFirst && notified.push(2) }),
      client.send(request),
    ]);
    assert.equal(server.received.length, 1);
    assert.deepEqual(notified, [1, 2]);
    assert.ok(answers.every(({ text }) => text === long));
  });

  it('are not passed on for short answers, nor for unsuccessful ones', async () => {
    await using server = await startServer((_, index) =>
      index === 0 ? { body: '{}' } : { status: 403, body: long },
    );
    const call = { onPart: () => assert.fail('it was told') };
    const client = createClient(server);
    await client.send({ method: 'GET', ...at(server.origin) }, call);
    await assert.rejects(client.send({ method: 'GET', ...at(server.origin) }, call), HttpError);
  });

  it('arrive one in a turn of the event loop, so that other work is not kept waiting', async () => {
    await using server = await startServer(() => ({ body: 'x'.repeat(8_000_000) }));
    const watch = { chunks: 0, most: 0, isOver: false };
    const look = (): void => {
      watch.most = Math.max(watch.most, watch.chunks);
      watch.chunks = 0;
      if (!watch.isOver) setImmediate(look);
    };
    look();
    const onProgress = (): void => {
      watch.chunks += 1;
    };
    await createClient(server).send({ method: 'GET', ...at(server.origin) }, { onProgress });
    watch.isOver = true;
    assert.ok(watch.most <= 2, `${watch.most} chunks`);
  });

  it('are decoded together, wherever a character is cut, without the byte order mark', async () => {
    const bytes = Buffer.from(`\ufeff${'a文é😀'.repeat(100_000)}`);
    await using server = await startServer(() => ({ body: bytes }));
    const { text } = await createClient(server).send({ method: 'GET', ...at(server.origin) });
    assert.ok(text === bytes.toString().slice(1));
  });
});
