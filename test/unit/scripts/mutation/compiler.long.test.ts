import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { Compiler } from '../../../scripts/mutation/compiler';
import { findMutants } from '../../../scripts/mutation/mutants';
import { root } from '../../../scripts/lib/paths';

it('a mutant is refused if its types are wrong, and accepted if it only behaves otherwise', () => {
  const accepts = (path: string, original: string): boolean => {
    const mutant = findMutants(path, readFileSync(join(root, path), 'utf8')).find(
      (each) => each.original === original,
    );
    assert.ok(mutant, original);
    return compiler.accepts({ ...mutant, path });
  };
  const compiler = new Compiler();
  const fields = 'src/core/services/common/signInFields.ts';
  assert.equal(accepts(fields, "given[field.key] ?? ''"), false);
  assert.equal(accepts(fields, "text === ''"), true);
  assert.equal(accepts(fields, "given[field.key] ?? ''"), false);
  assert.equal(accepts('src/webview/tabs/json/receivedJson.ts', 'before === after'), true, 'of the page');
});
