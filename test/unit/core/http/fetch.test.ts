import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeFetch } from '../../../../src/core/http/fetch';

describe('nodeFetch', () => {
  it('rejects if it is aborted before it starts, and leaves no unhandled error', async () => {
    const controller = new AbortController();
    const answer = nodeFetch('http://127.0.0.1:9/', {
      ...{
        method: 'POST',
        headers: {},
        body: 'grant_type=client_credentials',
        redirect: 'manual',
      },
      signal: controller.signal,
    });
    controller.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    // An error of a stream would come with the next turn, and fail this test.
    await new Promise(setImmediate);
  });
});
