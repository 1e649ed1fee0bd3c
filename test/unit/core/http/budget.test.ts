import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Budget, memoryBytes } from '../../../../src/core/http/budget';
import { createHttpClient } from '../../../../src/core/http/client';
import { type HttpClient } from '../../../../src/core/http/types';
import type { HttpClientDependencies } from '../../../../src/core/http/dependencies';
import { HttpError } from '../../../../src/core/http/errors';
import { requestPath } from '../../../../src/core/http/requestPath';
import { startServer, type TestServer } from '../../../support/testServer';

const KILOBYTE = 1024;
const long = JSON.stringify('x'.repeat(500 * KILOBYTE));

function createClient(server: TestServer, environment: Partial<HttpClientDependencies> = {}): HttpClient {
  return createHttpClient(
    { origins: [server.origin], secrets: () => [] },
    { log: () => undefined, sleep: () => Promise.resolve(), ...environment },
  );
}

async function getKind(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof HttpError ? error.kind : String(error)),
  );
}

describe('The memory of JSON', () => {
  it('is the same however its text is split', () => {
    const cut = fc.array(fc.string({ unit: fc.constantFrom('{', '[', ',', 'ä', '€', '"') }));
    fc.assert(
      fc.property(cut, (texts) => {
        const pieces = texts.map((text) => memoryBytes(Buffer.from(text)));
        const whole = memoryBytes(Buffer.from(texts.join('')));
        assert.equal(
          pieces.reduce((sum, bytes) => sum + bytes, 0),
          whole,
        );
      }),
    );
  });

  it('is more than its text if that consists of small objects', () => {
    assert.equal(memoryBytes(Buffer.from('"text"')), 6);
    assert.ok(memoryBytes(Buffer.from('[{},{},{}]')) > 1500);
  });
});

describe('A budget', () => {
  it('is exceeded if its own or its parent is, and can be extended', () => {
    const all = new Budget(10);
    const [one, other] = [new Budget(8, all), new Budget(8, all)];
    one.take(8);
    assert.deepEqual([one.isExceeded, other.isExceeded], [false, false]);
    other.take(3);
    assert.deepEqual([one.isExceeded, one.isOwnExceeded, other.isExceeded], [true, false, true]);
    other.take(-3);
    assert.deepEqual([one.isExceeded, all.used], [false, 8]);
    one.extend(5);
    one.take(5);
    assert.deepEqual([one.isExceeded, all.isExceeded], [false, false]);
    one.take(1);
    assert.ok(one.isExceeded);
  });
});

describe('A call with a budget', () => {
  it('learns how much memory its answers take, compressed or not', async () => {
    for (const packed of [true, false]) {
      await using server = await startServer(() => ({
        body: packed ? gzipSync(long) : long,
        headers: packed ? { 'content-encoding': 'gzip' } : {},
      }));
      const budget = new Budget(Infinity);
      await createClient(server).send(
        { method: 'GET', origin: server.origin, path: requestPath`/` },
        { budget },
      );
      assert.equal(budget.used, memoryBytes(Buffer.from(long)));
    }
  });

  it('fails while the answer is still arriving, and requests nothing more', async () => {
    await using server = await startServer(() => ({ body: long, hang: 'body' }));
    const client = createClient(server);
    const budget = new Budget(100 * KILOBYTE);
    const request = { method: 'GET', origin: server.origin, path: requestPath`/` } as const;
    assert.equal(await getKind(client.send(request, { budget })), 'tooLarge');
    assert.ok(budget.used < 400 * KILOBYTE);
    assert.equal(await getKind(client.send(request, { budget })), 'tooLarge');
    assert.equal(server.received.length, 1);
  });

  it('is not limited by another call for the same resource', async () => {
    await using server = await startServer(() => ({ body: long, delay: 20 }));
    const client = createClient(server);
    const request = { method: 'GET', origin: server.origin, path: requestPath`/` } as const;
    const answers = await Promise.all([
      getKind(client.send(request, { budget: new Budget(KILOBYTE) })),
      getKind(client.send(request, { budget: new Budget(600 * KILOBYTE) })),
    ]);
    assert.deepEqual(answers, ['tooLarge', 'answered']);
    assert.equal(server.received.length, 1);
  });
});

describe('An answer', () => {
  it('takes no more memory than one may, if its call has no budget', async () => {
    const objects = `[${'{},'.repeat(10_000)}{}]`;
    await using server = await startServer(() => ({ body: objects }));
    const client = createClient(server, { answerMemory: 1024 * KILOBYTE });
    assert.equal(
      await getKind(client.send({ method: 'GET', origin: server.origin, path: requestPath`/` })),
      'tooLarge',
    );
  });

  it('that is known to be short has a lower limit, and its endpoint is doubted', async () => {
    await using server = await startServer(() => ({ body: long }));
    const request = {
      method: 'GET',
      origin: server.origin,
      path: requestPath`/`,
      maxResponseBytes: 64 * KILOBYTE,
    } as const;
    await assert.rejects(createClient(server).send(request), (error) => {
      assert.ok(error instanceof HttpError && error.kind === 'tooLarge');
      assert.match(error.advice, /no proxy or sign-in page/);
      return true;
    });
  });

  it('that reports an error is read up to a readable length, however long it is', async () => {
    const seen: number[] = [];
    await using server = await startServer(() => ({ status: 400, body: 'x'.repeat(200_000), hang: 'body' }));
    const client = createHttpClient(
      {
        ...{ origins: [server.origin], secrets: () => [] },
        parseError: ({ text }) => {
          seen.push(text.length);
          return { message: text.slice(0, 10) };
        },
      },
      { log: () => undefined },
    );
    await assert.rejects(client.send({ method: 'GET', origin: server.origin, path: requestPath`/` }), {
      message: /xxxxxxxxxx/,
    });
    assert.deepEqual(seen, [64 * KILOBYTE]);
  });
});
