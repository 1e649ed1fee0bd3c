import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compareText, texts } from '../../../../src/core/base/texts';

it('texts are compared by code units', () => {
  assert.deepEqual([compareText('a', 'b'), compareText('b', 'a'), compareText('a', 'a')], [-1, 1, 0]);
  assert.deepEqual(['ä', 'b', 'B', 'a10', 'a9'].sort(compareText), ['B', 'a10', 'a9', 'b', 'ä']);
});

it('the texts of a list are its strings', () => {
  assert.deepEqual([texts(['a', 1, null, 'b']), texts('a'), texts(undefined)], [['a', 'b'], [], []]);
});
