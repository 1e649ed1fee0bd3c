import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOffset } from '../../../../../src/core/services/krenalis/client/listing';
import type { Cursor } from '../../../../../src/core/services/contract/page';
import { answered, rowAt, rowsBelow } from '../../../../support/answered';
import { firstPage } from '../../../../support/rows';

const IDENTITIES = [
  ['connection', 'c'],
  ['group', 'identities'],
] as const;

/** The cursors that follow a first page. */
async function next(answer: object): Promise<readonly Cursor[]> {
  const at = await answered('krenalis', () => answer);
  return (await at.session.children(rowAt(at, IDENTITIES), firstPage(), {})).nextCursors;
}

describe('A page of identities', () => {
  it('without items is the last one, whatever the total says', async () => {
    assert.deepEqual(await next({ identities: [], total: 5 }), []);
  });

  it('of one item is not the last one if there are more', async () => {
    assert.deepEqual(await next({ identities: [{ userId: 'u' }], total: 5 }), ['1']);
    assert.deepEqual(await next({ identities: [{ userId: 'u' }], total: 1 }), []);
    assert.deepEqual(await next({ identities: [{ userId: 'u' }] }), []);
  });

  it('has one item at least, and a thousand at most', async () => {
    const at = await answered('krenalis', () => ({ identities: [], total: 0 }));
    for (const size of [0, 5000])
      await at.session.children(rowAt(at, IDENTITIES), { ...firstPage(), size }, {});
    assert.deepEqual(
      at.asked.map((asked) => /limit=(\d+)/.exec(asked)?.[1]),
      ['1', '1000'],
    );
  });

  it('that is the last one although the service says that more follow has a row for that', async () => {
    const at = await answered('krenalis', () => ({ identities: [{ userId: 'u' }], total: 1, hasMore: true }));
    const [problem] = await rowsBelow(at, rowAt(at, IDENTITIES), 'problem');
    assert.match(problem?.problem?.detail ?? '', /indicated more items/);
  });

  it('names each by its user, else by the first of its anonymous IDs', async () => {
    const identities = [{ userId: 'u', anonymousIds: ['a'] }, { anonymousIds: ['b', 'c'] }];
    const at = await answered('krenalis', () => ({ identities, total: 2 }));
    const group = rowAt(at, IDENTITIES);
    assert.deepEqual(
      (await rowsBelow(at, group, 'identity')).map(({ label }) => label),
      ['u', 'b'],
    );
  });

  it('is the first one if its cursor is no number of items', () => {
    const offset = (cursor?: string): number =>
      readOffset(firstPage(cursor === undefined ? {} : { cursor: cursor as Cursor }));
    assert.deepEqual([offset(), offset('40'), offset('x'), offset(''), offset('-1')], [0, 40, 0, 0, 0]);
  });
});
