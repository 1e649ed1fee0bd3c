import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createHttpClient } from '../../../../src/core/http/client';
import { type HttpRequest } from '../../../../src/core/http/types';
import { HttpError } from '../../../../src/core/http/errors';
import { at, startServer, type Reply } from '../../../support/testServer';

type Request = Pick<HttpRequest, 'method' | 'idempotent'>;

/** How a request to a server that answers so fails. */
async function getFailure(reply: Reply, request: Request): Promise<HttpError> {
  await using server = await startServer(() => reply);
  return await failureAt(server.origin, request, reply.hang === undefined ? 5_000 : 200);
}

/** @param timeout of the request, in milliseconds. */
async function failureAt(origin: string, request: Request, timeout = 5_000): Promise<HttpError> {
  const client = createHttpClient(
    { origins: [origin], secrets: () => [] },
    { log: () => undefined, sleep: () => Promise.resolve(), timeouts: { connect: 5_000, request: timeout } },
  );
  try {
    await client.send({ ...request, ...at(origin, '/things') });
  } catch (error) {
    assert.ok(error instanceof HttpError, String(error));
    return error;
  } finally {
    client.dispose();
  }
  return assert.fail('it should have failed');
}

async function closedOrigin(): Promise<string> {
  await using server = await startServer(() => ({}));
  return server.origin;
}

const write = { method: 'POST' } as const;

describe('a request that changes something', () => {
  for (const [what, reply] of [
    ['its answer breaks off', { body: '{"a":', cutOff: true }],
    ['its answer does not come', { hang: 'head' }],
    ['a proxy answers in its place', { status: 504 }],
  ] as const)
    it(`may have been carried out if ${what}`, async () => {
      const error = await getFailure(reply, write);
      assert.deepEqual([error.hasUnknownOutcome, error.withAdvice('x').hasUnknownOutcome], [true, true]);
      assert.match(error.advice, /response was lost/);
    });

  for (const [what, reply] of [
    ['the service refused it', { status: 422 }],
    ['the service was out of order', { status: 503 }],
  ] as const)
    it(`was not carried out if ${what}`, async () => {
      assert.equal((await getFailure(reply, write)).hasUnknownOutcome, false);
    });

  it('was not carried out if the connection is refused', async () => {
    assert.equal((await failureAt(await closedOrigin(), write)).hasUnknownOutcome, false);
  });
});

describe('a request that changes nothing', () => {
  for (const request of [{ method: 'GET' }, { method: 'POST', idempotent: true }] as const)
    it(`has no unknown outcome: ${JSON.stringify(request)}`, async () => {
      assert.equal((await getFailure({ hang: 'head' }, request)).hasUnknownOutcome, false);
    });
});
