import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Cursor } from '../../../../../src/core/services/contract/page';
import { readOffset } from '../../../../../src/core/services/krenalis/client/listing';
import { answered, rowAt } from '../../../../support/answered';
import { firstPage } from '../../../../support/rows';

it('A page that begins at no number of items is the first one', () => {
  const offset = (cursor?: string): number =>
    readOffset(firstPage(cursor === undefined ? {} : { cursor: cursor as Cursor }));
  assert.deepEqual([offset(), offset('40'), offset('x'), offset(''), offset('-1')], [0, 40, 0, 0, 0]);
});

it('A page of identities without items is the last one, whatever the total says', async () => {
  const at = await answered('krenalis', () => ({ identities: [], total: 5 }));
  const group = rowAt(at, [
    ['connection', 'c'],
    ['group', 'identities'],
  ]);
  const { nextCursors } = await at.session.children(group, firstPage(), {});
  assert.deepEqual(nextCursors, []);
});
