import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { HttpErrorKind } from '../../../../../src/core/http/errors';
import { isJsonObject } from '../../../../../src/core/http/json';
import { readError } from '../../../../../src/core/services/datadog/client/errors';
import { recording } from '../../../../support/recorded';
import type { Fault } from '../../../../../src/sample/faults';
import { connectTo, startService } from '../../../../support/service';
import { connectionRow, entityRow, getFailure, firstPage, rows } from '../../../../support/rows';

const limitHeaders = {
  'x-ratelimit-limit': '10',
  'x-ratelimit-period': '20',
  'x-ratelimit-name': 'logs_public_search_api',
  'x-ratelimit-remaining': '0',
};

interface Case {
  readonly name: string;
  readonly fault: Omit<Fault, 'match'>;
  readonly kind: HttpErrorKind;
  readonly says: RegExp;
  readonly advice?: RegExp;
}

const cases: readonly Case[] = [
  {
    name: 'JSON behind text/plain',
    fault: {
      status: 403,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: '{"errors":[{"title":"Forbidden"}]}\n',
    },
    kind: 'authentication',
    says: /API key is valid, .* application key/,
    advice: /check the application key/,
  },
  {
    name: 'a limit that ends later than anybody waits, without a body',
    fault: { status: 429, body: '', headers: { ...limitHeaders, 'x-ratelimit-reset': '3600' } },
    kind: 'rateLimit',
    says: /10 requests per 20 seconds.*logs_public_search_api.*3600 seconds/,
    advice: /60 minutes/,
  },
  { name: 'a limit without headers', fault: { status: 429, body: '' }, kind: 'rateLimit', says: /HTTP 429/ },
  {
    name: 'a web page that says 200',
    fault: { status: 200, body: '<html>' },
    kind: 'protocol',
    says: /web page/,
  },
  { name: 'an empty 200', fault: { status: 200, body: '' }, kind: 'protocol', says: /empty/ },
  { name: 'half of the data', fault: { malformed: true }, kind: 'protocol', says: /cut off/ },
  {
    name: 'a list at the top',
    fault: { body: [] },
    kind: 'protocol',
    says: /not a list as documented by Datadog/,
  },
  {
    name: 'connections that are no list',
    fault: { body: { data: { attributes: { connections: {} } } } },
    kind: 'protocol',
    says: /not a list as documented by Datadog/,
  },
  { name: 'a redirect', fault: { redirect: 'https://example.com/' }, kind: 'protocol', says: /example\.com/ },
  {
    name: 'trouble at Datadog',
    fault: { status: 503, body: 'upstream' },
    kind: 'server',
    says: /HTTP 503: upstream/,
  },
];

describe('failures of Datadog', () => {
  for (const { name, fault, kind, says, advice = /./ } of cases) {
    it(name, async () => {
      await using h = await startService('datadog');
      const entity = await entityRow(h.session, 'users');
      const mend = h.sample.inject({ match: { path: /connections$/ }, ...fault });
      const error = await getFailure(h.session.children(entity, firstPage(), {}));
      assert.equal(error.kind, kind);
      assert.match(error.message, says);
      assert.match(error.advice, advice);
      mend();
      assert.ok(await connectionRow(h.session));
    });
  }

  it('a missing network is reported', async () => {
    const session = connectTo('datadog', {
      settings: { endpoint: 'http://127.0.0.1:9' },
      secrets: { token: 'abcd' },
    });
    assert.equal((await getFailure(session.verify({}))).kind, 'network');
  });

  it('waits for the rate limit to reset, then has the answer', async () => {
    await using h = await startService('datadog');
    h.sample.inject({
      match: { path: /connections$/ },
      times: 1,
      status: 429,
      headers: { 'x-ratelimit-reset': '7' },
    });
    const waits: number[] = [];
    const call = { onWait: ({ delay }: { readonly delay: number }) => waits.push(delay) };
    await h.session.children(await entityRow(h.session, 'users'), firstPage(), call);
    assert.deepEqual(waits, [7000]);
  });

  it('meets the rate limit of the sample service', async () => {
    await using h = await startService('datadog');
    h.sample.datadog.setLimit(1);
    await connectionRow(h.session);
    const error = await getFailure(connectionRow(h.session));
    assert.match(error.message, /1 requests per 60 seconds.*product_analytics_mapping/);
  });

  const type = 'list_connections_response';
  for (const body of [
    { data: { type } },
    { data: { type, attributes: null } },
    { data: { attributes: {} } },
    { data: { attributes: { connections: null } } },
  ]) {
    it(`reads ${JSON.stringify(body)} as no connections`, async () => {
      await using h = await startService('datadog');
      h.sample.inject({ match: { path: /connections$/ }, body });
      const { items } = await h.session.children(await entityRow(h.session, 'users'), firstPage(), {});
      assert.deepEqual(
        items.map(({ resource }) => resource.kind),
        ['group'],
      );
    });
  }

  for (const body of [
    null,
    [],
    {},
    { data: null },
    { data: {} },
    { data: [] },
    { errors: ['Forbidden'] },
    { data: { type: 'x' }, errors: ['Forbidden'] },
  ]) {
    it(`does not accept ${JSON.stringify(body)} as a list`, async () => {
      await using h = await startService('datadog');
      h.sample.inject({ match: { path: /connections$/ }, body });
      const error = await getFailure(
        h.session.children(await entityRow(h.session, 'users'), firstPage(), {}),
      );
      assert.equal(error.kind, 'protocol');
      assert.match(error.message, body && 'errors' in body ? /Forbidden/ : /not a list/);
      assert.equal((await getFailure(h.session.verify({}))).kind, 'protocol');
    });
  }

  it('a hostile organization: valid items are shown, malformed ones say so', async () => {
    await using h = await startService('datadog', { connections: 6, hostile: true });
    const { items } = await h.session.children(await entityRow(h.session, 'users'), firstPage(), {});
    assert.equal(rows(items, 'problem').length, 2);
    const connections = rows(items, 'connection');
    assert.equal(connections.length, 6 + 3);
    for (const connection of connections) h.session.properties(connection);
    const odd = connections.find(({ id }) => id.startsWith('..')) ?? assert.fail();
    const fields = (await h.session.children(odd, firstPage(), {})).items;
    assert.deepEqual([rows(fields, 'field').length, rows(fields, 'problem').length], [2, 2]);
    const none = connections.find(({ id }) => id === 'fields-that-are-none') ?? assert.fail();
    const [problem] = (await h.session.children(none, firstPage(), {})).items;
    assert.match(problem?.resource.problem?.title ?? '', /fields cannot be shown/);
  });
});

describe('the advice for a refused sign-in to Datadog', () => {
  for (const [signIn, named, unnamed] of [
    [{ withKeys: true, hasSite: true }, /API key, application key and site/, /token|address/],
    [{ withKeys: true, hasSite: false }, /API key, application key and API address/, /token|site/],
    [{ withKeys: false, hasSite: true }, /access token and the site/, /application key|address/],
    [{ withKeys: false, hasSite: false }, /access token and the API address/, /application key|site/],
  ] as const) {
    it(`names what it was: ${JSON.stringify(signIn)}`, () => {
      for (const status of [401, 403]) {
        const { advice = '', blamesAccount } = readError({ status, headers: {}, text: '' }, signIn);
        assert.match(advice, named);
        assert.doesNotMatch(advice, unnamed);
        assert.equal(blamesAccount, true);
      }
    });
  }

  it('is not given for other failures', () => {
    for (const status of [404, 500])
      assert.equal(readError({ status, headers: {}, text: '' }).blamesAccount, undefined);
    assert.equal(readError({ status: 500, headers: {}, text: '' }).advice, undefined);
  });
});

const recorded = recording('datadog-errors.jsonl');

describe('reading errors of Datadog', () => {
  it(`every recorded one in plain words${recorded.note}`, { skip: !recorded.path }, () => {
    const lines = readFileSync(recorded.path ?? '', 'utf8')
      .trim()
      .split('\n');
    assert.equal(lines.length, 689);
    for (const line of lines) {
      const answer: unknown = JSON.parse(line);
      assert.ok(isJsonObject(answer) && typeof answer.body === 'string');
      const { message = '' } = readError({ status: Number(answer.status), headers: {}, text: answer.body });
      assert.match(message, /\p{L}{3}/u, answer.body);
      assert.doesNotMatch(message, /\[object|undefined|^[[{]|"(errors|title|detail)":/, answer.body);
    }
  });

  it('has a code only if it says more than the message', () => {
    const code = (...errors: readonly object[]): string | undefined =>
      readError({ status: 400, headers: {}, text: JSON.stringify({ errors }) }).code;
    assert.equal(code({ code: 'taken', title: 'The name is taken.' }), 'taken');
    assert.equal(code({ code: ' taken ', title: 'taken' }), undefined, 'blanks do not count');
  });

  for (const [body, message] of [
    ['{"errors":["one","two","two"]}', 'one; two'],
    ['{"errors":["1","2","3","4"]}', '1; 2; 3'],
    ['{"errors":[{"title":"T","detail":"D","status":"400"}]}', 'D'],
    ['{"errors":[{"title":"T","source":{"pointer":"/data/id"}}]}', 'T (/data/id)'],
    ['{"errors":[{"title":"T","source":{"parameter":"limit"}}]}', 'T (limit)'],
    ['{"errors":[{"title":"T","source":{"pointer":"/data/id","parameter":"limit"}}]}', 'T (/data/id)'],
    ['{"errors":[{"title":"T","meta":{"message":"M"}}]}', 'M'],
    ['{"errors":[{"detail":"D","message":"M","meta":{"message":"N"}}]}', 'D'],
    ['{"errors":[{"message":"M","title":"T","code":"C"}]}', 'M'],
    ['{"errors":[{"title":"T","code":"C"}]}', 'T'],
    ['{"errors":[{"code":"C"}]}', 'C'],
    ['{"error":{"code":"C","message":"M","details":[{"message":"more"}]}}', 'M: more'],
    [`{"errors":["failed: {'errors': [u'Not valid.']}"]}`, 'failed: Not valid.'],
    ['{"message":"M"}', 'M'],
    ['{"other":1}', undefined],
    ['plain words', 'plain words'],
    ['<html>', undefined],
    ['{}', undefined],
    ['', undefined],
    ['{"errors":null}', undefined],
  ] as const) {
    it(`${body === '' ? 'nothing' : body} as ${message ?? 'nothing'}`, () => {
      assert.equal(readError({ status: 400, headers: {}, text: body }).message, message);
    });
  }

  it('code and ID beside the text', () => {
    const text = '{"errors":[{"id":"e1","code":"INVALID_ID","title":"not there"}]}';
    assert.deepEqual(readError({ status: 400, headers: {}, text }), {
      code: 'INVALID_ID',
      message: 'not there',
      requestId: 'e1',
    });
  });
});
