import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../../scripts/lib/paths';
import { covers, EQUIVALENTS } from '../../../scripts/mutation/equivalents';
import { findMutants } from '../../../scripts/mutation/mutants';

describe('an equivalent mutant', () => {
  const text = `if (a) go(1, 2);
if (b)
  go(
    1,
    2
  );`;
  const found = (entry: Parameters<typeof covers>[0]): readonly string[] =>
    findMutants('a.ts', text)
      .filter((mutant) => covers(entry, mutant, text))
      .map(({ start, replacement }) => `${text.slice(0, start).split('\n').length}: ${replacement}`);

  it('is recognized by its code, wherever that is and however it is wrapped', () => {
    assert.deepEqual(found({ code: 'go(1, 2)', original: '1' }), ['1: (1 + 1)', '4: (1 + 1)']);
    assert.deepEqual(found({ code: 'if (b) go(1, 2)', original: '1' }), ['4: (1 + 1)']);
    assert.deepEqual(found({ code: 'go(1, 2);' }), ['1: ', '3: ']);
  });

  it('is no other change of the same code', () => {
    assert.deepEqual(found({ code: 'go(1, 2)', original: '3' }), []);
    assert.deepEqual(found({ code: 'go(1, 2)', original: '1', replacement: '(1 - 1)' }), []);
    assert.deepEqual(found({ code: 'go(2, 1)', original: '1' }), []);
  });

  it('exists: an entry for removed code is removed', () => {
    const gone = EQUIVALENTS.filter((entry) => {
      const code = readFileSync(join(root, entry.path), 'utf8');
      return !findMutants(entry.path, code).some((mutant) => covers(entry, mutant, code));
    });
    assert.deepEqual(gone, []);
  });
});
