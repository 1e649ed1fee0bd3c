import assert from 'node:assert/strict';
import { it } from 'node:test';
import { askToken, at, column, content, signedIn } from './signedIn';

const list = '/data/connections';

it('issues tokens only to the right client', async () => {
  const { service, get, headers } = await signedIn({ tokenSeconds: 60 });
  const token = (await askToken(service)).json;
  assert.deepEqual([at(token, 'token_type'), at(token, 'expires_in')], ['bearer', 60]);
  const authorization = `Bearer ${String(at(token, 'access_token'))}`;
  assert.equal((await get(list, { ...headers, authorization })).status, 200);
  assert.equal(service.cja.tokensIssued(), 2);
  for (const [wrong, error, description] of [
    [{ client_id: 'x' }, 'invalid_client', 'invalid client_id parameter'],
    [{ client_secret: 'x' }, 'invalid_client', 'invalid client_secret parameter'],
    [{ grant_type: 'x' }, 'unsupported_grant_type', 'unsupported grant_type'],
    [{ scope: 'openid,x' }, 'invalid_scope', 'invalid scope parameter'],
    [{ scope: '' }, 'invalid_scope', 'invalid scope parameter'],
  ] as const) {
    const reply = await askToken(service, wrong);
    assert.deepEqual([reply.status, reply.json], [400, { error, error_description: description }]);
  }
});

it('issues tokens only for a posted form', async () => {
  const { service, ask, get } = await signedIn();
  const { settings, secrets } = service.credentials('cja');
  const parameters = new URLSearchParams({
    client_id: settings.clientId,
    client_secret: secrets.clientSecret,
    grant_type: 'client_credentials',
    scope: 'openid,AdobeID',
  }).toString();
  assert.equal((await get(`/ims/token/v3?${parameters}`)).status, 405);
  assert.equal((await ask(`POST /ims/token/v3?${parameters}`)).status, 400);
  assert.equal(service.cja.tokensIssued(), 1, 'no token was given');
});

it('lets tokens expire, by time or all at once', async () => {
  let now = 1_700_000_000_000;
  const { service, get, headers } = await signedIn({ tokenSeconds: 60, now: () => now });
  service.cja.expireTokens();
  const expected = { error_code: '401013', message: 'Oauth token is not valid' };
  const reply = await get(list);
  assert.deepEqual([reply.status, reply.json], [401, expected]);
  const authorization = `Bearer ${service.cja.issueToken()}`;
  assert.equal((await get(list, { ...headers, authorization })).status, 200);
  now += 60_000;
  assert.equal((await get(list, { ...headers, authorization })).status, 401);
});

it('requires key, token and organization', async () => {
  const { get, headers } = await signedIn();
  for (const [name, value, code] of [
    ['x-api-key', '', '403000'],
    ['x-api-key', 'other', '403003'],
    ['authorization', '', '403010'],
    ['authorization', 'Bearer other', '401013'],
    ['x-gw-ims-org-id', '', '403027'],
    ['x-gw-ims-org-id', 'other@AdobeOrg', '403027'],
  ] as const) {
    const reply = await get(list, { ...headers, [name]: value });
    assert.deepEqual([reply.status, at(reply.json, 'error_code')], [Number(code.slice(0, 3)), code]);
  }
});

it('limits requests within 6 seconds', async () => {
  let now = 1_700_000_000_000;
  const { get } = await signedIn({ rate: 2, retryAfter: 3, now: () => now });
  await get(list);
  await get(list);
  const refused = await get(list);
  assert.deepEqual(
    [refused.status, refused.json],
    [429, { error_code: '429050', message: 'Too many requests' }],
  );
  assert.equal(refused.headers.get('retry-after'), '3');
  now += 6_000;
  assert.equal((await get(list)).status, 200);
  const silent = await signedIn({ rate: 1 });
  await silent.get(list);
  assert.equal((await silent.get(list)).headers.get('retry-after'), null);
});

it('shows no connection, and no error, to an account without product-admin permission', async () => {
  const { get, post } = await signedIn({ admin: false, dataViews: 1 });
  const reply = await get(list);
  assert.deepEqual([reply.status, content(reply)], [200, []]);
  const views = await get('/data/dataviews?expansion=parentDataGroupId');
  const [parent] = column(views, 'parentDataGroupId');
  assert.equal((await get(`${list}/${String(parent)}`)).status, 404);
  const refused = await post('/data/dataviews', JSON.stringify({ name: 'a', parentDataGroupId: parent }));
  assert.deepEqual([refused.status, at(refused.json, 'errorCode')], [403, 'insufficient_access']);
});

it('returns the signed-in user, by the current path and by the older one', async () => {
  const { get } = await signedIn();
  const current = await get('/configuration/users/me');
  const older = await get('/aresconfig/users/me');
  assert.equal(at(current.json, 'userId'), at(older.json, 'id'));
  assert.deepEqual(Object.keys(older.json ?? {}), ['id', 'email', 'fullName']);
});
