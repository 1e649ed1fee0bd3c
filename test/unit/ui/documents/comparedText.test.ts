import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseComparedText, toQuery, type ComparedText } from '../../../../src/ui/documents/comparedText';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';

describe('the URI of a side of a comparison', () => {
  it('contains everything that its text is created from', () => {
    const sides: readonly ComparedText[] = [
      { source: { path: childPath(accountPath('a1'), 'connection', 'dg_&=#') }, services: ['cja', 'immuta'] },
      { source: { file: 'file:///home/x/a%20b&c.json' }, services: [] },
    ];
    for (const side of sides) assert.deepEqual(parseComparedText(toQuery(side)), side);
  });

  it('is distinguished from other text', () => {
    for (const query of ['', 'path=nonsense', 'service=cja'])
      assert.equal(parseComparedText(query), undefined);
  });
});
