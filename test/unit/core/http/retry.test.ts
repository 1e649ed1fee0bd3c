import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HttpError, type HttpErrorDetails, type HttpErrorKind } from '../../../../src/core/http/errors';
import {
  MAX_RETRY_WAIT_MS,
  retryAfter,
  retryDelay,
  type FailedAttempt,
} from '../../../../src/core/http/retry';

function getDelay(
  kind: HttpErrorKind,
  details: HttpErrorDetails = {},
  rest: Partial<FailedAttempt> = {},
): number | undefined {
  const error = new HttpError(kind, 'x', details);
  return retryDelay({ error, attempt: 1, idempotent: true, interval: 6000, random: () => 0.5, ...rest });
}

describe('retryDelay', () => {
  it('retries only what may be temporary', () => {
    assert.equal(getDelay('network'), 250);
    assert.equal(getDelay('network', { code: 'ECONNRESET' }), 250);
    assert.equal(getDelay('network', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), undefined);
    assert.equal(getDelay('timeout'), undefined);
    assert.equal(getDelay('timeout', { code: 'ETIMEDOUT' }), 250);
    assert.equal(getDelay('timeout', { status: 408 }), 250);
    for (const status of [500, 502, 503, 504]) assert.equal(getDelay('server', { status }), 250);
    assert.equal(getDelay('server', { status: 501 }), undefined);
    const final: readonly HttpErrorKind[] = [
      'authentication',
      'permission',
      'notFound',
      'conflict',
      'rejected',
      'protocol',
    ];
    for (const kind of final) assert.equal(getDelay(kind, { status: 500 }), undefined);
    assert.equal(getDelay('network', {}, { idempotent: false }), undefined);
  });

  it('doubles the wait each time, with full jitter, for 3 attempts, 4 at the rate limit', () => {
    assert.equal(getDelay('network', {}, { attempt: 2 }), 500);
    assert.equal(getDelay('network', {}, { attempt: 3 }), undefined);
    assert.equal(getDelay('network', {}, { random: () => 0 }), 0);
    assert.equal(getDelay('rateLimit', {}, { attempt: 3 }), 6000);
    assert.equal(getDelay('rateLimit', {}, { attempt: 4 }), undefined);
  });

  it('waits at least as long as requested, and never longer than the limit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<HttpErrorKind>('rateLimit', 'network', 'timeout'),
        fc.option(fc.nat(200_000), { nil: undefined }),
        fc.nat(200_000),
        fc.integer({ min: 1, max: 5 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (kind, asked, interval, attempt, random) => {
          const details = asked === undefined ? {} : { retryAfter: asked };
          const delay = getDelay(kind, details, { interval, attempt, random: () => random });
          if (delay === undefined) return;
          assert.ok(delay >= (asked ?? 0) && delay <= MAX_RETRY_WAIT_MS);
        },
      ),
    );
    assert.equal(getDelay('rateLimit', { retryAfter: MAX_RETRY_WAIT_MS }), MAX_RETRY_WAIT_MS);
    assert.equal(getDelay('rateLimit', { retryAfter: MAX_RETRY_WAIT_MS + 1 }), undefined);
  });
});

describe('retryAfter', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const cases: readonly [number, Record<string, string>, number | undefined][] = [
    [429, { 'retry-after': '0' }, 0],
    [429, { 'retry-after': ' 120 ' }, 120_000],
    [503, { 'retry-after': '1.5' }, 1500],
    [503, { 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }, 60_000],
    [503, { 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [429, { 'retry-after': '99999999999999' }, 365 * 24 * 3_600_000],
    [429, { 'retry-after': String(now / 1000 + 90) }, 90_000],
    [429, { 'x-ratelimit-reset': String(now / 1000 + 90) }, 90_000],
    [429, { 'retry-after': '5, 600' }, 600_000],
    [503, { 'retry-after': 'Thu Jan  1 00:01:00 2026' }, 60_000],
    [503, { 'retry-after': 'Thursday, 01-Jan-26 00:01:00 GMT' }, 60_000],
    [503, { 'retry-after': 'Fri, 01 Jan 2999 00:00:00 GMT' }, 365 * 24 * 3_600_000],
    [429, { 'retry-after': '5, soon' }, undefined],
    [429, { 'retry-after': '-5' }, undefined],
    [429, { 'retry-after': 'soon' }, undefined],
    [429, { 'retry-after': '' }, undefined],
    [429, { 'x-ratelimit-reset': '3' }, 3000],
    [429, { 'retry-after': '9', 'x-ratelimit-reset': '3' }, 9000],
    [429, { 'retry-after': 'soon', 'x-ratelimit-reset': '3' }, 3000],
    [500, { 'x-ratelimit-reset': '3' }, undefined],
    [429, {}, undefined],
  ];
  for (const [status, headers, expected] of cases) {
    it(`reads ${JSON.stringify(headers)} of ${status} as ${String(expected)}`, () => {
      assert.equal(retryAfter({ status, headers, text: '' }, now), expected);
    });
  }
});
