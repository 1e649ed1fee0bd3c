import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/lib/paths';

describe('The first script of the page', () => {
  it('loads nothing before it has asked what to show', () => {
    const code = readFileSync(join(root, 'src', 'webview', 'main.ts'), 'utf8');
    const loaded = code.split('\n').filter((line) => /^(?:import|export)\b(?! type\b)/.test(line));
    assert.deepEqual(loaded, []);
    assert.ok(code.indexOf('postMessage') < code.indexOf('import('), 'asks first');
  });
});
