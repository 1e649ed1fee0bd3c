import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { Compiler } from '../../../scripts/mutation/compiler';
import { findMutants } from '../../../scripts/mutation/mutants';
import { root } from '../../../scripts/lib/paths';

it('a mutant is refused if its types are wrong, and accepted if it only behaves otherwise', () => {
  const path = 'src/core/services/common/signInFields.ts';
  const mutants = findMutants(path, readFileSync(join(root, path), 'utf8'));
  const accepts = (original: string): boolean => {
    const mutant = mutants.find((each) => each.original === original);
    assert.ok(mutant, original);
    return compiler.accepts({ ...mutant, path });
  };
  const compiler = new Compiler();
  assert.equal(accepts("given[field.key] ?? ''"), false);
  assert.equal(accepts("text === ''"), true);
  assert.equal(accepts("given[field.key] ?? ''"), false);
});
