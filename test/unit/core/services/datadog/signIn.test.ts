import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSignIn } from '../../../../../src/core/services/datadog/signIn/signIn';
import type { Field } from '../../../../../src/core/services/contract/signIn';
import { accountRow, connectTo, startService } from '../../../../support/service';
import { connectionRow, entityRow, getFailure, firstPage } from '../../../../support/rows';

const keys = { apiKey: 'an-api-key', applicationKey: 'an-application-key' };

const { methods, options } = createSignIn();

function field(key: string): Field {
  const fields = [...methods.flatMap((method) => method.fields), ...options];
  return fields.find((one) => one.key === key) ?? assert.fail(key);
}

describe('Datadog sign-in', () => {
  it('offers all nine sites', () => {
    assert.deepEqual(
      field('site').choices?.map(({ value }) => value),
      [
        'datadoghq.com',
        'us3.datadoghq.com',
        'us5.datadoghq.com',
        'datadoghq.eu',
        'ap1.datadoghq.com',
        'ap2.datadoghq.com',
        'uk1.datadoghq.com',
        'ddog-gov.com',
        'us2.ddog-gov.com',
      ],
    );
    const without = field('site').choices?.filter(({ description }) =>
      description?.includes('does not offer'),
    );
    assert.deepEqual(
      without?.map(({ value }) => value),
      ['ddog-gov.com', 'us2.ddog-gov.com'],
    );
    assert.deepEqual(
      methods.map(({ fields }) => fields.filter(({ secret }) => secret).map(({ key }) => key)),
      [['apiKey', 'applicationKey'], ['token']],
    );
  });

  it('sends requests to the site, or to the endpoint instead', () => {
    const toUrl = (settings: Readonly<Record<string, string>>): string | undefined =>
      connectTo('datadog', { settings, secrets: keys }).requestTemplate(accountRow)?.url;
    const path = '/api/v2/product-analytics/users/mapping/connections';
    assert.equal(toUrl({}), `https://api.datadoghq.com${path}`);
    assert.equal(toUrl({ site: 'us2.ddog-gov.com' }), `https://api.us2.ddog-gov.com${path}`);
    assert.equal(
      toUrl({ site: 'datadoghq.eu', endpoint: 'http://localhost:8126/' }),
      `http://localhost:8126${path}`,
    );
  });

  it('links to the web interface of the site', () => {
    const getLink = (site: string): string | undefined =>
      connectTo('datadog', { settings: { site }, secrets: keys }).webLink(accountRow);
    for (const site of ['datadoghq.com', 'datadoghq.eu', 'ddog-gov.com'])
      assert.equal(getLink(site), `https://app.${site}/product-analytics/profiles`);
    assert.equal(getLink('us5.datadoghq.com'), 'https://us5.datadoghq.com/product-analytics/profiles');
  });

  for (const [name, settings, says] of [
    ['a site that is none', { site: 'app.datadoghq.com' }, /^Site: Enter a Datadog site/],
    ['an address without https', { endpoint: 'http://example.com' }, /^API address: /],
    ['entities that lead elsewhere', { entities: 'users,..' }, /^Entities: "\.\."/],
    ['an entity with a slash', { entities: 'a/b' }, /^Entities: "a\/b"/],
    ['no entity', { entities: ' , ' }, /^Entities: Enter at least one/],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.throws(() => connectTo('datadog', { settings, secrets: keys }), {
        kind: 'rejected',
        message: says,
      });
    });
  }

  it('refuses secrets that no header can hold, and incomplete pairs', () => {
    for (const secrets of [{}, { apiKey: 'a' }, { apiKey: 'a', applicationKey: 'b\nc' }, { token: 'ü' }]) {
      assert.throws(() => connectTo('datadog', { settings: {}, secrets }), {
        kind: 'rejected',
        message: /is missing/,
      });
    }
  });

  it('accepts a token as it was pasted', () => {
    assert.ok(connectTo('datadog', { settings: {}, secrets: { token: ' Bearer abc\n' } }));
    assert.equal(field('token').validate(' Bearer abc\n'), undefined);
    assert.ok(field('token').validate('Bearer '));
    assert.ok(field('apiKey').validate('two words'));
  });
});

describe('Datadog verification', () => {
  it('reads the connections of the first entity', async () => {
    await using h = await startService('datadog');
    assert.equal((await h.session.verify({})).name, new URL(h.sample.origin).host);
    assert.deepEqual(h.asked(), ['GET /api/v2/product-analytics/users/mapping/connections']);
  });

  it('says that the API key is wrong', async () => {
    await using h = await startService(
      'datadog',
      {},
      { secrets: ({ credentials }) => ({ ...credentials('datadog').secrets, apiKey: 'wrong' }) },
    );
    const error = await getFailure(h.session.verify({}));
    assert.deepEqual([error.kind, error.status], ['authentication', 403]);
    assert.match(error.message, /^The API key is unknown on 127/);
    assert.match(error.advice, /check API key and API address/);
  });

  it('says that the application key is wrong', async () => {
    await using h = await startService(
      'datadog',
      {},
      { secrets: ({ credentials }) => ({ ...credentials('datadog').secrets, applicationKey: 'wrong' }) },
    );
    const error = await getFailure(h.session.verify({}));
    assert.equal(error.kind, 'authentication');
    assert.match(error.message, /API key is valid, .* application key/);
  });

  it('says alike of every request which key is wrong, checking once for those of one moment', async () => {
    await using h = await startService('datadog');
    const connection = await connectionRow(h.session);
    const entity = await entityRow(h.session, 'users');
    const end = h.sample.inject({ match: { path: /./ }, status: 401, body: { errors: ['Unauthorized'] } });
    h.sample.clearRequests();
    const fresh = firstPage({ bypassCache: true });
    const failures = await Promise.all([
      getFailure(h.session.children(accountRow, fresh, {})),
      getFailure(h.session.children(entity, fresh, {})),
      getFailure(h.session.children(connection, fresh, {})),
      getFailure(h.session.read(connection, {})),
    ]);
    for (const { kind, message, wrongField } of failures)
      assert.deepEqual([kind, wrongField, message], ['authentication', 'apiKey', failures[0].message]);
    assert.match(failures[0].message, /^The API key is unknown on 127/);
    assert.ok(h.asked().filter((line) => line.endsWith('/validate')).length < failures.length);
    end();
    assert.ok(await connectionRow(h.session));
  });

  it('says that the token is wrong, without asking for a key', async () => {
    await using h = await startService('datadog', {}, { secrets: () => ({ token: 'wrong' }) });
    const error = await getFailure(h.session.verify({}));
    assert.deepEqual([error.kind, h.asked().length], ['permission', 1]);
    assert.match(error.message, /HTTP 403: Forbidden/);
    assert.match(error.advice, /token/);
  });

  it('warns of a missing entity, and fails if there is none', async () => {
    await using h = await startService('datadog', {}, { settings: { entities: 'teams,users' } });
    assert.match((await h.session.verify({})).warning?.detail ?? '', /entity teams is not known/);
    await using none = await startService('datadog', {}, { settings: { entities: 'teams' } });
    assert.equal((await getFailure(none.session.verify({}))).kind, 'notFound');
  });

  it('keeps the refusal if the API key cannot be checked', async () => {
    await using h = await startService('datadog');
    h.sample.inject({ match: { path: /connections$/ }, status: 403, body: { errors: ['Forbidden'] } });
    h.sample.inject({ match: { path: /validate$/ }, status: 500 });
    assert.match((await getFailure(h.session.verify({}))).message, /Forbidden/);
  });
});
