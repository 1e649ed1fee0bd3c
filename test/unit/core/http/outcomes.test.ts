import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Subscribers } from '../../../../src/core/http/subscribers';
import { Budget, withBudget } from '../../../../src/core/http/budget';
import { HttpError, type HttpErrorKind } from '../../../../src/core/http/errors';
import {
  BodyTooLargeError,
  isCertificateCode,
  networkError,
  isAnswerLost,
} from '../../../../src/core/http/networkError';
import { checkedUrl } from '../../../../src/core/http/origin';
import { isPlaceholder } from '../../../../src/core/redaction/placeholders';
import { redact } from '../../../../src/core/redaction/redact';
import { statusError } from '../../../../src/core/http/statusError';
import type { HttpResponse } from '../../../../src/core/http/types';

function answer(status: number, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status, headers, text: '' };
}

describe('the error of a status', () => {
  const context = { url: new URL('https://a.example/list'), secrets: [], now: 0 };

  it('has the kind of its class, at both ends', () => {
    for (const [status, kind] of [
      [199, 'protocol'],
      [300, 'protocol'],
      [304, 'protocol'],
      [399, 'protocol'],
      [400, 'rejected'],
      [401, 'authentication'],
      [403, 'permission'],
      [404, 'notFound'],
      [407, 'network'],
      [408, 'timeout'],
      [409, 'conflict'],
      [410, 'notFound'],
      [429, 'rateLimit'],
      [499, 'rejected'],
      [511, 'network'],
      [500, 'server'],
      [599, 'server'],
      [600, 'protocol'],
    ] as const) {
      const error = statusError(answer(status), context);
      assert.deepEqual([error.kind, error.status], [kind, status]);
      const isRedirect = status >= 300 && status < 400;
      assert.equal(error.message.includes('redirects'), isRedirect, String(status));
    }
  });

  it('names the target of a redirect by its origin only, as far as it is a URL', () => {
    for (const [location, named] of [
      ['/sign-in?key=1', 'https://a.example'],
      ['https://b.example/path', 'https://b.example'],
      ['data:text/html,x', 'data:'],
      ['http://', '?'],
    ] as const) {
      const { message } = statusError(answer(302, { location }), context);
      assert.ok(message.startsWith(`The server redirects to ${named} (HTTP 302).`), message);
    }
  });

  it('names the sign-in to a network, which no service can ask for', () => {
    const { message, advice } = statusError(answer(511), context);
    assert.equal(message, 'The network requires you to sign in (HTTP 511).');
    assert.match(advice, /sign in to the network/);
  });

  it('says how long to wait, in suitable units', () => {
    for (const [seconds, advice] of [
      ['0', 'Try again in 1 second.'],
      ['1', 'Try again in 1 second.'],
      ['2', 'Try again in 2 seconds.'],
      ['119', 'Try again in 119 seconds.'],
      ['120', 'Try again in 2 minutes.'],
      ['121', 'Try again in 3 minutes.'],
      ['7200', 'Try again in 2 hours.'],
      ['172800', 'Try again in 2 days.'],
    ] as const) {
      for (const status of [429, 503]) {
        const error = statusError(answer(status, { 'retry-after': seconds }), context);
        assert.deepEqual([error.advice, error.retryAfter], [advice, Number(seconds) * 1000]);
      }
    }
  });
});

describe('the subscribers of one request', () => {
  it('give it the highest of their priorities, as long as that one waits', () => {
    const audience = new Subscribers('1');
    assert.deepEqual([audience.empty, audience.priority], [true, 'background']);
    audience.add({ priority: 'background' });
    const leave = audience.add({ priority: 'interactive' });
    assert.deepEqual([audience.empty, audience.priority], [false, 'interactive']);
    leave();
    assert.equal(audience.priority, 'background');
  });

  it('can afford its answer while one of them can, in any order', () => {
    const audience = new Subscribers('1');
    const [small, large] = [new Budget(10), new Budget(100)];
    audience.add({ budget: small });
    assert.ok(audience.charge(10));
    assert.ok(!audience.charge(1));
    const leave = audience.add({ budget: large });
    assert.deepEqual([large.used, audience.isWithinBudget], [11, true]);
    assert.ok(audience.charge(20));
    assert.deepEqual([small.used, large.used], [31, 31]);
    leave();
    assert.ok(!audience.isWithinBudget);
    audience.add({});
    assert.ok(audience.charge(1000), 'one has no budget');
  });

  it('are notified of its waits, late ones of the rest', (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 1000 });
    const audience = new Subscribers('1');
    const heard: number[] = [];
    const join = (): void => {
      audience.add({ onWait: ({ delay }) => heard.push(delay) });
    };
    join();
    audience.notifyWait({ reason: 'limit', delay: 500, attempt: 1 });
    t.mock.timers.setTime(1200);
    join();
    t.mock.timers.setTime(1500);
    join();
    assert.deepEqual(heard, [500, 300]);
  });

  it('see the parts of the answer, if they want to', () => {
    const audience = new Subscribers('1');
    audience.add({});
    assert.ok(!audience.wantsParts);
    const seen: string[] = [];
    audience.add({ onPart: (text) => seen.push(text), onProgress: () => seen.push('progress') });
    assert.ok(audience.wantsParts);
    audience.notifyPart('[', true);
    audience.markSent();
    assert.deepEqual([seen, audience.isSilent], [['[', 'progress'], false]);
  });
});

describe('the budget of a request', () => {
  it('is that of its caller, else a new one', () => {
    const call = { budget: new Budget(5) };
    assert.equal(withBudget(call), call);
    const { budget } = withBudget({});
    assert.ok(budget && !budget.isExceeded);
    budget.take(Number.MAX_SAFE_INTEGER);
    assert.ok(budget.isExceeded);
  });
});

describe('the advice on a response that is too large', () => {
  it('is a smaller page, unless the service has no pages', () => {
    const error = new HttpError('tooLarge', 'Too large.');
    const of = (hasPages: boolean): string =>
      error.ofAccount({ id: 'a', name: 'A', service: 'S', secrets: [], addresses: [], hasPages }).advice;
    assert.deepEqual(
      [error.advice, of(true), of(false)].map((advice) => advice.startsWith('Set a smaller page size')),
      [true, true, false],
    );
  });
});

describe('a request whose answer did not arrive', () => {
  it('may have been carried out, unless it was never sent or clearly refused', () => {
    const table: readonly (readonly [HttpErrorKind, { status?: number; code?: string }, boolean])[] = [
      ['timeout', {}, true],
      ['network', {}, true],
      ['network', { code: 'ECONNRESET' }, true],
      ['network', { code: 'ECONNREFUSED' }, false],
      ['network', { code: 'CERT_HAS_EXPIRED' }, false],
      ['protocol', { status: 200 }, true],
      ['tooLarge', { status: 200 }, true],
      ['server', { status: 502 }, true],
      ['server', { status: 504 }, true],
      ['server', { status: 500 }, false],
      ['server', { status: 503 }, false],
      ['protocol', { status: 300 }, false],
      ['rejected', { status: 400 }, false],
      ['rejected', {}, false],
    ];
    for (const [kind, about, lost] of table)
      assert.equal(isAnswerLost(new HttpError(kind, '', about)), lost, JSON.stringify([kind, about]));
  });

  it('names the cause by the code of the system, wherever that is', () => {
    const refused = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    const codes = [
      refused,
      new AggregateError([refused]),
      Object.assign(new Error('no'), { code: 7 }),
      new BodyTooLargeError('no'),
      new Error('no'),
      'no',
    ].map((error) => networkError(error, 'a.example', []).code);
    assert.deepEqual(codes, ['ECONNREFUSED', 'ECONNREFUSED', undefined, undefined, undefined, undefined]);
    assert.deepEqual([undefined, 'ECONNRESET', 'CERT_X'].map(isCertificateCode), [false, false, true]);
  });

  it('is not sent to an invalid URL, or one of another origin', () => {
    const origins = ['https://a.example'];
    assert.equal(checkedUrl('https://a.example/x', origins).pathname, '/x');
    for (const url of [
      '',
      'undefined',
      'a.example/x',
      'ftp://a.example',
      'http://a.example',
      'https://b.example',
    ])
      assert.throws(() => checkedUrl(url, origins), HttpError, url);
    assert.throws(() => checkedUrl('https://u@a.example/x', origins), HttpError);
    assert.throws(() => checkedUrl('https://:p@a.example/x', origins), HttpError);
  });
});

describe('a known secret', () => {
  it('is found in every encoding of its characters', () => {
    const secret = 'pass-ä€😀-word';
    const low = secret.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    for (const written of [secret, encodeURIComponent(secret), low.join(''), JSON.stringify(secret)])
      assert.ok(!redact(`x ${written} y`, [secret]).includes(written), written);
  });

  it('is distinguished from its placeholders, however long they are', () => {
    for (const text of ['<YOUR_API_KEY>', '${TOKEN}', '***', 'Bearer YOUR_API_KEY'])
      assert.ok(isPlaceholder(text));
    for (const text of ['', 'hunter2', '<hunter2>', '*'.repeat(100_000)]) assert.ok(!isPlaceholder(text));
    for (const [text, hidden] of [
      ['Basic authentication', false],
      [`Basic ${'a'.repeat(23)}`, false],
      [`Basic ${'a'.repeat(24)}`, true],
      ['Bearer abc1', true],
    ] as const)
      assert.equal(redact(text, []) !== text, hidden, text);
  });
});
