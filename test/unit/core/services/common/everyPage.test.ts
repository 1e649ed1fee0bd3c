import assert from 'node:assert/strict';
import { it } from 'node:test';
import { everyPage } from '../../../../../src/core/services/common/everyPage';
import type { Cursor } from '../../../../../src/core/services/contract/page';
import { getFailure } from '../../../../support/rows';

const next = (count: number): Cursor => String(count) as Cursor;

it('loads a list completely', async () => {
  const pages: number[] = [];
  const list = everyPage({}, (cursor) => {
    const value = Number(cursor ?? 0);
    return Promise.resolve({ value, next: value < 3 ? next(value + 1) : undefined });
  });
  for await (const page of list) pages.push(page);
  assert.deepEqual(pages, [0, 1, 2, 3]);
});

it('reports a list that does not end, after a number of pages or some time', async () => {
  let now = 0;
  for (const bounds of [
    { pages: 5, milliseconds: Infinity },
    { pages: Infinity, milliseconds: 50 },
  ]) {
    const pages: number[] = [];
    const read = async (): Promise<void> => {
      const list = everyPage(
        {},
        () => {
          now += 10;
          return Promise.resolve({ value: pages.length, next: next(pages.length) });
        },
        bounds,
        () => now,
      );
      for await (const page of list) pages.push(page);
    };
    const error = await getFailure(read());
    assert.equal(error.kind, 'tooLarge');
    assert.match(error.message, /after 5 pages/);
    assert.deepEqual(pages, [0, 1, 2, 3, 4]);
  }
});
