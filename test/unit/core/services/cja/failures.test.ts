import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HttpErrorKind } from '../../../../../src/core/http/errors';
import { readError } from '../../../../../src/core/services/cja/client/errors';
import type { Fault } from '../../../../../src/sample/faults';
import { accountRow, connectTo, startService } from '../../../../support/service';
import { getFailure, firstPage, firstRow, readAll, rows } from '../../../../support/rows';
import { getJson } from '../../../../../src/core/services/contract/resource';

interface Case {
  readonly name: string;
  readonly fault: Omit<Fault, 'match'>;
  readonly kind: HttpErrorKind;
  readonly code?: string;
  readonly says: RegExp;
  readonly advice: RegExp;
}

const gateway = (code: string, message: string): Omit<Fault, 'match'> => ({
  status: Number(code.slice(0, 3)),
  body: { error_code: code, message },
});

const cases: readonly Case[] = [
  {
    name: 'a wrong organization, or an API that is missing',
    fault: gateway('403027', 'User region is missing'),
    kind: 'permission',
    code: '403027',
    says: /User region is missing/,
    advice: /organization ID.*Adobe Experience Platform/,
  },
  {
    name: 'a client ID that is no key',
    fault: gateway('403003', 'Api Key is invalid'),
    kind: 'authentication',
    code: '403003',
    says: /Api Key is invalid/,
    advice: /client ID/,
  },
  {
    name: 'scopes that do not fit',
    fault: gateway('403011', 'Scope mismatch'),
    kind: 'permission',
    code: '403011',
    says: /Scope/,
    advice: /scopes/,
  },
  {
    name: 'no product profile',
    fault: gateway('403023', 'Profile is not valid'),
    kind: 'permission',
    code: '403023',
    says: /Profile/,
    advice: /product profile/,
  },
  {
    name: 'missing administrator rights',
    fault: {
      status: 403,
      body: { errorCode: 'insufficient_access', errorDescription: 'Only IMS product admins', errorId: 'e1' },
    },
    kind: 'permission',
    code: 'insufficient_access',
    says: /Only IMS product admins/,
    advice: /technical account email/,
  },
  {
    name: '429 without Retry-After',
    fault: gateway('429050', 'Too many requests'),
    kind: 'rateLimit',
    code: '429050',
    says: /Too many/,
    advice: /12 requests in 6 seconds/,
  },
  {
    name: '429 with Retry-After',
    fault: { ...gateway('429050', 'Too many requests'), headers: { 'retry-after': '1' } },
    kind: 'rateLimit',
    code: '429050',
    says: /Too many/,
    advice: /^Try again in 1 second\.$/,
  },
  {
    name: '500',
    fault: { status: 500, body: { errorCode: 'unexpected_error', errorDescription: 'Boom' } },
    kind: 'server',
    code: 'unexpected_error',
    says: /Boom/,
    advice: /later/,
  },
  { name: '502 with HTML', fault: { html: true }, kind: 'server', says: /502/, advice: /later/ },
  {
    name: 'an error that a proxy wraps',
    fault: { status: 503, body: { error: { statusCode: 503, message: 'backend timeout' } } },
    kind: 'server',
    says: /backend timeout/,
    advice: /later/,
  },
  {
    name: 'a proxy’s login page',
    fault: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' },
    kind: 'protocol',
    says: /web page/,
    advice: /sign-in page of your network/,
  },
  {
    name: 'a redirect',
    fault: { redirect: 'https://login.example/?x' },
    kind: 'protocol',
    says: /login\.example/,
    advice: /proxy/,
  },
  {
    name: 'cut-off JSON',
    fault: { malformed: true },
    kind: 'protocol',
    says: /corrupt or cut off/,
    advice: /proxy/,
  },
  { name: 'an empty body', fault: { status: 200, body: '' }, kind: 'protocol', says: /empty/, advice: /./ },
  {
    name: 'JSON that is no list',
    fault: { status: 200, body: { hello: 1 } },
    kind: 'protocol',
    says: /not a list/,
    advice: /./,
  },
  {
    name: 'a list in place of a page',
    fault: { status: 200, body: [] },
    kind: 'protocol',
    says: /not a list/,
    advice: /./,
  },
];

describe('failures of Adobe CJA', () => {
  for (const { name, fault, kind, code, says, advice } of cases) {
    it(name, async () => {
      await using h = await startService('cja', { connections: 2 });
      const mend = h.sample.inject({ match: { path: /^\/data\/connections$/ }, ...fault });
      const error = await getFailure(h.session.children(accountRow, firstPage(), {}));
      assert.deepEqual([error.kind, error.code], [kind, code]);
      assert.match(error.message, says);
      assert.match(error.advice, advice);
      mend();
      assert.equal(rows(await readAll(h.session, accountRow), 'connection').length, 2);
    });
  }

  it('a missing network is reported', async () => {
    const unused = 'http://127.0.0.1:9';
    const settings = { orgId: 'A@AdobeOrg', clientId: 'c', endpoint: unused, imsEndpoint: unused };
    const error = await getFailure(
      connectTo('cja', { settings, secrets: { clientSecret: 'secret' } }).verify({}),
    );
    assert.equal(error.kind, 'network');
  });

  it('an error body of any shape', () => {
    const bodies = [
      '',
      '<html>',
      'null',
      '[]',
      '{"error":null}',
      '{"error_code":403027}',
      '{"response":{"message":"m"}}',
    ];
    const readings = bodies.map((text) => readError({ status: 500, headers: {}, text }));
    assert.deepEqual(readings.slice(0, 5), [{}, {}, {}, {}, {}]);
    assert.equal(readings[5]?.code, '403027');
    assert.deepEqual(readings[6], { message: 'm' });
    const identified = (text: string, headers = {}): string | undefined =>
      readError({ status: 400, headers, text }).requestId;
    assert.equal(identified('{"errorId":"e"}', { 'x-debug-id': 'd' }), 'd');
    for (const key of ['errorId', 'requestId', 'request_id']) assert.equal(identified(`{"${key}":"e"}`), 'e');
  });

  it('a hostile organization: valid items are shown, malformed ones say so', async () => {
    await using h = await startService('cja', { connections: 25, datasets: 6, backfills: 6, hostile: true });
    const items = await readAll(h.session, accountRow);
    const connections = rows(items, 'connection');
    const problems = rows(items, 'problem');
    assert.equal(problems.length, 3);
    assert.ok(
      problems.every(({ problem }) => problem?.retryable === false && /Item 0\.\d+/.test(problem.detail)),
    );
    assert.equal(connections.length, 22);
    for (const connection of connections) {
      assert.ok(connection.label !== '');
      h.session.properties(connection);
      h.session.webLink(connection);
      const below = await h.session.children(connection, firstPage(), {});
      for (const dataset of rows(below.items, 'dataset').slice(0, 2)) {
        await h.session.children(dataset, firstPage(), {});
      }
    }
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('invalid dates are shown verbatim', async () => {
    const impossible = '20XX-10-16T14:06:04.816Z';
    await using h = await startService('cja', { connections: 16, hostile: true });
    const odd = rows(await readAll(h.session, accountRow), 'connection').find(
      (row) => getJson(row)?.createdDate === impossible,
    );
    const facts = h.session.properties(odd ?? assert.fail());
    assert.ok(facts.some(({ value }) => value === impossible));
  });

  it('datasets that are not a list', async () => {
    await using h = await startService('cja', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    h.sample.inject({
      match: { path: /connections\/dg_/ },
      times: 1,
      status: 200,
      body: { id: connection.id, dataSets: 'x' },
    });
    const { items } = await h.session.children(connection, firstPage(), {});
    assert.match(items[0]?.resource.problem?.title ?? '', /datasets cannot be shown/);
    assert.equal(items[1]?.resource.kind, 'group');
  });
});
