import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError, type HttpErrorKind } from '../../../../../src/core/http/errors';
import { toProblem } from '../../../../../src/core/services/common/problem';

describe('toProblem', () => {
  it('has the words of the service with status, code and request ID', () => {
    const details = { status: 403, code: '403027', requestId: 'r-1', advice: 'Check the organization.' };
    assert.deepEqual(toProblem(new HttpError('permission', 'User region is missing.', details)), {
      title: 'Access denied.',
      detail: 'User region is missing (HTTP 403, code 403027, request r-1).',
      advice: 'Check the organization.',
      retryable: true,
      cause: 'permission 403027 User region is missing.',
    });
  });

  it('does not repeat status and code if the message contains them', () => {
    const details = { status: 400, code: 'invalid_client', requestId: 'r-1' };
    const error = new HttpError('authentication', 'Not accepted (HTTP 400, invalid_client: bad).', details);
    assert.equal(toProblem(error).detail, 'Not accepted (HTTP 400, invalid_client: bad) (request r-1).');
  });

  it('adds nothing if nothing more is known', () => {
    assert.equal(toProblem(new HttpError('network', 'No route.')).detail, 'No route.');
  });

  it('offers no retry for what the service will refuse again', () => {
    assert.equal(toProblem(new HttpError('rejected', 'Bad parameter.')).retryable, false);
  });

  it('has its own words for every kind', () => {
    const kinds: readonly HttpErrorKind[] = [
      ...(['authentication', 'permission', 'notFound', 'conflict', 'rejected'] as const),
      ...(['rateLimit', 'timeout', 'network', 'protocol', 'server'] as const),
    ];
    assert.equal(new Set(kinds.map((kind) => toProblem(new HttpError(kind, '')).title)).size, kinds.length);
  });

  it('repeats nothing of an internal error', () => {
    for (const error of [
      new TypeError('canary-1 is not a function'),
      'canary-2',
      undefined,
      { secret: 'canary-3' },
    ]) {
      const problem = toProblem(error);
      assert.doesNotMatch(JSON.stringify(problem), /canary/);
      assert.equal(problem.retryable, true);
    }
  });
});

describe('the cause of a problem', () => {
  it('is equal for requests that failed alike, and differs otherwise', () => {
    const getCause = (code: string, requestId: string): string | undefined =>
      toProblem(new HttpError('server', 'It is down.', { code, requestId })).cause;
    assert.equal(getCause('a', 'r-1'), getCause('a', 'r-2'));
    assert.notEqual(getCause('a', 'r-1'), getCause('b', 'r-1'));
  });

  it('names the account, as messages do', () => {
    const account = { name: 'Retail', service: 'Immuta', secrets: [], addresses: [], hasPages: true };
    assert.equal(toProblem(new HttpError('server', 'x', { account })).place, 'Retail (Immuta)');
    assert.equal(
      toProblem(new HttpError('server', 'x', { account: { ...account, name: 'Immuta' } })).place,
      'Immuta',
    );
  });
});
