import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { accountRow, startService } from '../../../../support/service';
import { getFailure, firstPage, firstRow, readAll } from '../../../../support/rows';

describe('CJA tokens', () => {
  it('accepts no token from an answer that is too long for one', async () => {
    await using h = await startService('cja');
    h.sample.inject({ match: { path: /^\/ims\// }, status: 200, body: { access_token: 'x'.repeat(70_000) } });
    assert.equal((await getFailure(h.session.verify({}))).kind, 'tooLarge');
  });

  it('requests one with its parameters in the body, and uses it for all requests', async () => {
    await using h = await startService(
      'cja',
      { connections: 3 },
      { settings: { scopes: 'openid, AdobeID\nsession' } },
    );
    await firstRow(h.session, await firstRow(h.session, accountRow, 'connection'), 'dataset');
    assert.equal(h.sample.cja.tokensIssued(), 1);
    const [request] = h.sample.requests;
    assert.deepEqual(Object.fromEntries(new URLSearchParams(request?.body)), {
      grant_type: 'client_credentials',
      client_id: h.sample.credentials('cja').settings.clientId,
      client_secret: h.sample.credentials('cja').secrets.clientSecret,
      scope: 'openid,AdobeID,session',
    });
    assert.equal(String(request?.query), '');
  });

  it('renews once for many requests with an expired token', async () => {
    await using h = await startService('cja', { connections: 40 });
    const { nextCursors } = await h.session.children(accountRow, firstPage({ size: 5 }), {});
    h.sample.cja.expireTokens();
    h.sample.clearRequests();
    await Promise.all(
      nextCursors.map((cursor) => h.session.children(accountRow, { ...firstPage({ size: 5 }), cursor }, {})),
    );
    assert.equal(h.sample.cja.tokensIssued(), 2);
    assert.equal(h.sample.requests.filter(({ status }) => status === 200).length, nextCursors.length + 1);
  });

  it('does not renew again for a late refusal', async () => {
    await using h = await startService('cja', { connections: 10 });
    const request = firstPage({ size: 5 });
    const { nextCursors } = await h.session.children(accountRow, request, {});
    const [cursor] = nextCursors;
    h.sample.cja.expireTokens();
    h.sample.inject({ match: ({ query }) => query.get('page') === '1', times: 1, delay: 60 });
    await Promise.all([
      h.session.children(accountRow, request, {}),
      h.session.children(accountRow, { ...request, ...(cursor && { cursor }) }, {}),
    ]);
    assert.equal(h.sample.cja.tokensIssued(), 2);
  });

  it('renews before expiry, without a refused request', async () => {
    let now = Date.now();
    await using h = await startService('cja', { tokenSeconds: 1, now: () => now });
    await h.session.children(accountRow, firstPage(), {});
    await delay(920);
    now += 920;
    await h.session.children(accountRow, firstPage(), {});
    assert.equal(h.sample.cja.tokensIssued(), 2);
    assert.ok(h.sample.requests.every(({ status }) => status === 200));
  });

  for (const [name, expires_in, keptUntil, renewedAt] of [
    ['five minutes before a day ends, if the answer says milliseconds', 86_399_000, 86_000, 86_101],
    ['five minutes before its end', 7200, 6890, 6901],
    ['after nine tenths of a short lifetime', 1000, 890, 901],
    ['within an hour, if the answer says nothing', undefined, 3290, 3301],
  ] as const)
    it(`renews ${name}, and not before`, async (test) => {
      await using h = await startService('cja', { tokenSeconds: 1_000_000 });
      const body = { access_token: h.sample.cja.issueToken(), expires_in };
      h.sample.inject({ match: { path: /^\/ims\// }, times: 1, status: 200, body });
      const began = Date.now();
      test.mock.timers.enable({ apis: ['Date'], now: began });
      await h.session.children(accountRow, firstPage(), {});
      for (const [seconds, issued] of [
        [keptUntil, 1],
        [renewedAt, 2],
      ] as const) {
        test.mock.timers.setTime(began + seconds * 1000);
        await h.session.children(accountRow, firstPage({ bypassCache: true }), {});
        assert.equal(h.paths().filter((path) => path.startsWith('/ims/')).length, issued);
      }
      assert.ok(h.sample.requests.every(({ status }) => status === 200));
    });

  it('fails after one forced renewal', async () => {
    await using h = await startService('cja');
    h.sample.inject({
      match: { path: /^\/data/ },
      status: 401,
      body: { error_code: '401013', message: 'Oauth token is not valid' },
    });
    const error = await getFailure(h.session.children(accountRow, firstPage(), {}));
    assert.deepEqual([error.kind, error.code, h.sample.cja.tokensIssued()], ['authentication', '401013', 2]);
  });

  it('lets one of several waiting requests be canceled without harm to the others', async () => {
    await using h = await startService('cja', { latency: 30 });
    const controller = new AbortController();
    const cancelled = h.session.children(accountRow, firstPage(), { signal: controller.signal });
    const other = readAll(h.session, accountRow);
    controller.abort(new Error('enough'));
    await assert.rejects(cancelled, /enough/);
    assert.ok((await other).length > 0);
    assert.equal(h.sample.cja.tokensIssued(), 1);
  });

  it('works with a pasted token, and says when it has expired', async () => {
    await using made = await startService('cja');
    const { settings } = made.sample.credentials('cja');
    const accessToken = `Bearer ${made.sample.cja.issueToken()}\n`;
    await using h = await startService(
      'cja',
      {},
      { settings: { ...settings, scopes: '' }, secrets: { accessToken } },
    );
    assert.ok((await readAll(h.session, accountRow)).length > 0);
    made.sample.cja.expireTokens();
    const error = await getFailure(h.session.children(accountRow, firstPage(), {}));
    assert.equal(error.kind, 'authentication');
    assert.match(error.advice, /paste a new access token/);
    assert.ok(!made.paths().includes('/ims/token/v3'));
  });

  const refusals = [
    [{ clientId: 'wrong' }, undefined, 'invalid_client', /check the client ID/],
    [{}, { clientSecret: 'wrong-secret' }, 'invalid_client', /check the client secret/],
    [{ scopes: 'nonsense' }, undefined, 'invalid_scope', /copy the scopes/],
  ] as const;
  for (const [settings, secrets, code, advice] of refusals) {
    it(`says what is wrong: ${JSON.stringify({ ...settings, ...secrets })}`, async () => {
      await using h = await startService('cja', {}, { settings, ...(secrets && { secrets }) });
      const error = await getFailure(h.session.verify({}));
      assert.deepEqual([error.kind, error.code, h.paths().length], ['authentication', code, 1]);
      assert.match(error.advice, advice);
    });
  }

  it('requests one again if the answer was lost', async () => {
    await using h = await startService('cja');
    h.sample.inject({ match: { path: /token/ }, times: 1, drop: 'after' });
    await h.session.verify({});
    assert.equal(h.paths().filter((path) => path === '/ims/token/v3').length, 2);
  });

  it('rejects an answer without a token', async () => {
    await using h = await startService('cja');
    for (const body of [
      {},
      { access_token: '' },
      { access_token: 'a\r\nx: y' },
      { access_token: 5 },
      [],
      null,
    ]) {
      h.sample.inject({ match: { path: /token/ }, times: 1, status: 200, body });
      assert.equal((await getFailure(h.session.verify({}))).kind, 'protocol');
    }
  });

  it('leaves no secret in the log or in errors', async () => {
    await using h = await startService('cja');
    await h.session.verify({});
    const token = String(h.sample.requests.at(-1)?.headers.authorization).slice(7);
    const { clientSecret } = h.sample.credentials('cja').secrets;
    h.sample.inject({
      match: { path: /^\/data/ },
      status: 500,
      body: { message: `no ${token} ${clientSecret}` },
    });
    const error = await getFailure(h.session.children(accountRow, firstPage(), {}));
    const seen = [error.message, error.advice, error.stack, ...h.log].join('\n');
    assert.ok(!seen.includes(token) && !seen.includes(clientSecret), seen);
  });
});
