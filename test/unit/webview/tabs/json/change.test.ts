import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { changeBetween } from '../../../../../src/webview/tabs/json/receivedJson';

describe('the change between two texts', () => {
  it('is as small as a single change can be', () => {
    assert.deepEqual(changeBetween('{"a": 1, "b": 2}', '{"a": 10, "b": 2}'), { from: 7, to: 7, insert: '0' });
    assert.deepEqual(changeBetween('aaa', 'aa'), { from: 2, to: 3, insert: '' });
    assert.deepEqual(changeBetween('', 'x'), { from: 0, to: 0, insert: 'x' });
    assert.equal(changeBetween('same', 'same'), undefined);
  });

  it('turns one into the other', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { from, to, insert } = changeBetween(before, after) ?? { from: 0, to: 0, insert: '' };
        assert.equal(before.slice(0, from) + insert + before.slice(to), after);
      }),
    );
  });
});
