import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { createHttpClient } from '../../../../src/core/http/client';
import { HttpError } from '../../../../src/core/http/errors';
import { networkError } from '../../../../src/core/http/networkError';
import { selfSigned } from './selfSigned';
import { at } from '../../../support/testServer';

describe('certificates', () => {
  it('refuses an untrusted one, once, and says how to trust it', async () => {
    let requests = 0;
    const server = createServer(selfSigned, () => (requests += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    let attempts = 0;
    const client = createHttpClient({ origins: [origin], secrets: () => [] }, { log: () => (attempts += 1) });
    await assert.rejects(client.send({ method: 'GET', ...at(origin) }), (error) => {
      assert.ok(error instanceof HttpError);
      assert.deepEqual([error.kind, error.code], ['network', 'DEPTH_ZERO_SELF_SIGNED_CERT']);
      assert.match(error.message, /certificate of 127\.0\.0\.1:\d+ is not trusted/);
      assert.match(error.advice, /http\.systemCertificates.*NODE_EXTRA_CA_CERTS/);
      return true;
    });
    assert.deepEqual([attempts, requests], [1, 0]);
    server.close();
  });

  for (const code of [
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ]) {
    it(`recognizes ${code}`, () => {
      const error = networkError(Object.assign(new Error('x'), { code }), 'a.example', []);
      assert.match(error.message, /certificate of a\.example is not trusted/);
    });
  }
});
