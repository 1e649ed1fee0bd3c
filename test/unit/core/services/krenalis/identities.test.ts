import assert from 'node:assert/strict';
import { it } from 'node:test';
import { answered, rowAt } from '../../../../support/answered';
import { firstPage } from '../../../../support/rows';

it('A page of identities without items is the last one, whatever the total says', async () => {
  const at = await answered('krenalis', () => ({ identities: [], total: 5 }));
  const group = rowAt(at, [
    ['connection', 'c'],
    ['group', 'identities'],
  ]);
  const { nextCursors } = await at.session.children(group, firstPage(), {});
  assert.deepEqual(nextCursors, []);
});
