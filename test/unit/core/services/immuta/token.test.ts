import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSignIn } from '../../../../../src/core/services/immuta/signIn/signIn';
import { accountRow, connectTo, startService } from '../../../../support/service';
import { getFailure, firstPage, firstRow, readAll } from '../../../../support/rows';

describe('Immuta tokens', () => {
  it('accepts no token from an answer that is too long for one', async () => {
    await using h = await startService('immuta');
    h.sample.inject({ match: { path: /authenticate/ }, status: 200, body: { token: 'x'.repeat(70_000) } });
    assert.equal((await getFailure(h.session.verify({}))).kind, 'tooLarge');
  });

  it('exchanges the API key once for all requests, in the body', async () => {
    await using h = await startService('immuta', { connections: 3 });
    await firstRow(h.session, await firstRow(h.session, accountRow, 'connection'), 'dataObject');
    assert.equal(h.sample.immuta.tokensIssued(), 1);
    const [request, next] = h.sample.requests;
    assert.deepEqual([request?.path, String(request?.query)], ['/bim/apikey/authenticate', '']);
    assert.deepEqual(JSON.parse(request?.body ?? ''), {
      apikey: h.sample.credentials('immuta').secrets.apiKey,
    });
    assert.match(next?.headers.authorization ?? '', /^Bearer sample-immuta-token-1$/);
  });

  it('makes one exchange for many requests with an expired token', async () => {
    await using h = await startService('immuta', { connections: 12, latency: 20 });
    const items = await readAll(h.session, accountRow);
    h.sample.immuta.expireTokens();
    h.sample.clearRequests();
    await Promise.all(items.map(({ resource }) => h.session.read(resource, {})));
    assert.equal(h.sample.immuta.tokensIssued(), 2);
    assert.equal(h.sample.requests.filter(({ status }) => status === 200).length, items.length + 1);
  });

  it('fails after one exchange that did not help', async () => {
    await using h = await startService('immuta');
    h.sample.inject({ match: { path: /^\/api/ }, status: 401, body: { message: 'Unauthorized' } });
    const error = await getFailure(h.session.verify({}));
    assert.deepEqual([error.kind, h.sample.immuta.tokensIssued()], ['authentication', 2]);
  });

  it('says that the key is wrong, or that the answer contains no token', async () => {
    await using h = await startService('immuta', {}, { secrets: { apiKey: 'wrong-key' } });
    const error = await getFailure(h.session.verify({}));
    assert.deepEqual([error.kind, h.asked().length], ['authentication', 1]);
    assert.match(`${error.message} ${error.advice}`, /Invalid API key.*check the API key/);
    for (const body of [{}, { token: '' }, { token: 'a\r\nx: y' }, { token: 5 }, [], null]) {
      h.sample.inject({ match: { path: /authenticate/ }, times: 1, status: 200, body });
      assert.equal((await getFailure(h.session.verify({}))).kind, 'protocol');
    }
  });

  it('works with a pasted token, and says when it has expired', async () => {
    await using made = await startService('immuta');
    const { settings } = made.sample.credentials('immuta');
    const session = connectTo('immuta', {
      settings,
      secrets: { token: `Bearer ${made.sample.immuta.issueToken()}\n` },
    });
    assert.ok((await readAll(session, accountRow)).length > 0);
    made.sample.immuta.expireTokens();
    const error = await getFailure(session.children(accountRow, firstPage(), {}));
    assert.equal(error.kind, 'authentication');
    assert.match(error.advice, /paste a new access token/);
    assert.ok(!made.asked().includes('POST /bim/apikey/authenticate'));
  });

  it('does not treat a 500 as a missing token, and says that it may be one', async () => {
    await using h = await startService('immuta');
    await h.session.verify({});
    h.sample.inject({ match: { path: /^\/api/ }, status: 500, body: '' });
    const error = await getFailure(h.session.verify({}));
    assert.deepEqual([error.kind, h.sample.immuta.tokensIssued()], ['server', 1]);
    assert.match(error.advice, /verify the account/);
  });

  it('leaves no secret in the log or in errors', async () => {
    await using h = await startService('immuta');
    await h.session.verify({});
    const token = String(h.sample.requests.at(-1)?.headers.authorization).slice(7);
    const { apiKey } = h.sample.credentials('immuta').secrets;
    h.sample.inject({ match: { path: /^\/api/ }, status: 400, body: { message: `no ${token} ${apiKey}` } });
    const error = await getFailure(h.session.verify({}));
    const seen = [error.message, error.advice, error.stack, ...h.log].join('\n');
    assert.ok(!seen.includes(token) && !seen.includes(apiKey), seen);
  });
});

describe('Immuta sign-in', () => {
  const { methods, options } = createSignIn();
  const fields = [...methods.flatMap((method) => method.fields), ...options];
  const complaint = (key: string, text: string): string | undefined =>
    (fields.find((field) => field.key === key) ?? assert.fail(key)).validate(text);

  it('requires an address that is https or of this computer, and secrets that fit into a header', () => {
    assert.equal(complaint('endpoint', 'https://acme.immutacloud.com'), undefined);
    for (const wrong of ['', 'acme', 'http://acme.com', 'https://acme.com/api']) {
      assert.ok(complaint('endpoint', wrong), wrong);
    }
    for (const key of ['apiKey', 'token']) {
      assert.equal(complaint(key, 'abc-123'), undefined);
      for (const wrong of ['', 'ä']) assert.ok(complaint(key, wrong));
    }
    assert.equal(complaint('taskType', 'POLICY_SYNC'), undefined);
    assert.ok(complaint('taskType', 'a\nb'));
  });

  it('refuses unusable settings and missing secrets without a request', () => {
    assert.throws(
      () => connectTo('immuta', { settings: { endpoint: 'http://acme.com' }, secrets: { apiKey: 'k' } }),
      /Tenant address: /,
    );
    assert.throws(
      () => connectTo('immuta', { settings: { endpoint: 'https://acme.com' }, secrets: {} }),
      /API key or access token .* missing/,
    );
    assert.throws(() => connectTo('immuta', { settings: {}, secrets: { apiKey: 'k' } }), /Tenant address: /);
  });
});
