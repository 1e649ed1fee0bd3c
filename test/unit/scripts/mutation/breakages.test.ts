import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { breakages } from '../../../scripts/mutation/breakages';

describe('the named breakages', () => {
  it('are each a change of existing code', () => {
    const all = breakages();
    assert.ok(all.length > 0);
    assert.ok(all.every(({ original, replacement }) => original !== replacement));
  });
});
