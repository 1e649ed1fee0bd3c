import assert from 'node:assert/strict';
import { it } from 'node:test';
import { abortError, expectAbort } from '../../../../src/core/base/abort';
import { expectError } from '../../../../src/core/base/errors';

it('returns an error of the class, and throws everything else as it was caught', () => {
  const range = new RangeError('too much');
  assert.equal(expectError(range, RangeError), range);
  for (const caught of [new Error('fault'), 'text', undefined]) {
    assert.throws(
      () => expectError(caught, RangeError),
      (thrown) => thrown === caught,
    );
  }
});

it('throws what is not the error of a canceled operation', () => {
  expectAbort(abortError());
  assert.throws(() => {
    expectAbort(new RangeError('too much'));
  }, RangeError);
});
