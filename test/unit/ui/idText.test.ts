import assert from 'node:assert/strict';
import { it } from 'node:test';
import { idText } from '../../../src/ui/text';

it('inserts several IDs one per line or as a JSON array, and one as itself', () => {
  assert.equal(idText(['a', 'b"'], 'lines'), 'a\nb"');
  assert.deepEqual(JSON.parse(idText(['a', 'b"'], 'json')), ['a', 'b"']);
  assert.equal(idText(['a'], 'json'), 'a');
  assert.equal(idText([], 'json'), '');
});
