import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { HttpResponse } from '../../../../../src/core/http/types';
import {
  nextCursors,
  readListing,
  readPosition,
  toWindow,
} from '../../../../../src/core/services/immuta/client/paging';
import type { Cursor } from '../../../../../src/core/services/contract/page';
import { answered } from '../../../../support/answered';
import { accountRow, startService } from '../../../../support/service';
import { firstPage, getFailure, readAll, rows } from '../../../../support/rows';

function response(value: unknown): HttpResponse {
  return { status: 200, headers: {}, text: JSON.stringify(value) };
}

function getNext(value: unknown): string | undefined {
  return readListing(response(value), 'tasks').envelope.next;
}

/** Loads a list whose pages are known by their cursors; the first is ''. @returns the number of requested pages. */
function walk(pages: (cursor: string) => { ids: readonly string[]; next: string }): number {
  let cursor: Cursor | undefined;
  for (let count = 1; ; count++) {
    assert.ok(count < 1000, 'it never ends');
    const at = readPosition({ size: 100, ...(cursor && { cursor }) });
    const { ids, next } = pages(toWindow(at).cursor ?? '');
    const listing = readListing(response({ items: ids.map((id) => ({ id })), nextCursor: next }), 'tasks');
    [cursor] = nextCursors(listing, at);
    if (cursor === undefined) return count;
  }
}

describe('Immuta paging', () => {
  it('says which page follows before the rows of a page are decoded, and not after the last one', async () => {
    const at = await answered('immuta', (asked) => {
      const page = Number(/cursor[^=]*=(\d)/.exec(asked)?.[1] ?? 0);
      const nextCursor = page < 2 ? String(page + 1) : null;
      return { connections: [{ connectionKey: `c${page}` }], meta: { nextCursor } };
    });
    const announced: Cursor[] = [];
    let cursor: Cursor | undefined;
    const issued: Cursor[] = [];
    do {
      const onNext = (next: Cursor): void => void announced.push(next);
      const request = { ...firstPage(), ...(cursor && { cursor }), onNext };
      const { nextCursors: next } = await at.session.children(at.row, request, {});
      [cursor] = next;
      issued.push(...next);
    } while (cursor !== undefined);
    assert.equal(issued.length, 2);
    assert.deepEqual(announced, issued);
  });

  it('finds the cursor wherever it is', () => {
    const tasks: readonly unknown[] = [];
    for (const value of [
      { tasks, meta: { nextCursor: 'c' } },
      { tasks, page: { nextCursor: 'c' } },
      { tasks, page: { cursor: 'c' } },
      { tasks, nextCursor: 'c' },
      { tasks, next: 'c' },
      { tasks, links: { next: 'c' } },
      { tasks, links: { next: { href: '/x?page%5Bcursor%5D=c' } } },
      { tasks, links: { next: 'https://other.example/x?a=1&page[cursor]=c' } },
      { tasks, meta: { nextCursor: '' }, next: 'c' },
    ]) {
      assert.equal(getNext(value), 'c', JSON.stringify(value));
    }
    assert.equal(getNext({ tasks, next: '/+a=' }), '/+a=');
    assert.equal(getNext({ tasks, next: 7 }), '7');
    for (const next of [null, '', ' ', {}, [], true, 'https://x/y', '/x?page=2']) {
      assert.equal(getNext({ tasks, next }), undefined, JSON.stringify(next));
    }
  });

  it('prefers the list with the known name', () => {
    const listing = (value: unknown): readonly unknown[] => readListing(response(value), 'tasks').values;
    assert.deepEqual(listing({ errors: [], data: [1], tasks: [2] }), [2]);
    assert.deepEqual(listing({ other: [], data: [1] }), [1]);
    assert.deepEqual(listing({ total: 1, results: [3] }), [3]);
    assert.deepEqual(listing({ labels: ['x'], results: [3] }), [3], 'texts are no items');
    assert.deepEqual(listing([4]), [4]);
  });

  it('rejects an answer without a list', () => {
    for (const value of [{}, null, 'text', 5, { tasks: {} }]) {
      assert.throws(() => readListing(response(value), 'tasks'), /not a list/, JSON.stringify(value));
    }
  });

  it('ends if a cursor or a page is repeated', () => {
    assert.equal(
      walk(() => ({ ids: ['a'], next: 'c' })),
      2,
    );
    let fresh = 0;
    assert.equal(
      walk(() => ({ ids: [`i${fresh++}`], next: 'c' })),
      2,
    );
    assert.equal(
      walk(() => ({ ids: ['a'], next: `c${fresh++}` })),
      2,
    );
    assert.equal(
      walk((cursor) => ({ ids: cursor === '' ? ['a'] : [], next: 'c' })),
      2,
    );
  });

  it('ends for cycles of any length, and reads all of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 }), (lead, circle) => {
        const number = (cursor: string): number => Number(cursor === '' ? 0 : cursor);
        const seen = new Set<number>();
        const count = walk((cursor) => {
          const page = number(cursor);
          seen.add(page);
          return { ids: [`i${page}`], next: String(page + 1 === lead + circle ? lead : page + 1) };
        });
        assert.equal(seen.size, lead + circle);
        assert.ok(count <= 3 * (lead + circle) + 2, `${count} requests`);
      }),
    );
  });

  it('starts at the first page for a foreign cursor', () => {
    for (const text of ['', 'x', '{}', '[1]', '{"limit":"a","page":2}']) {
      const at = readPosition({ size: 50, cursor: text as Cursor });
      assert.deepEqual(at, { limit: 50, page: 1 });
    }
  });

  it('stops if a service answers every cursor with the same page', async () => {
    await using h = await startService('immuta');
    const body = { connections: [{ connectionKey: 'a' }], nextCursor: 'again' };
    h.sample.inject({ match: { path: /connections$/ }, status: 200, body });
    assert.equal(rows(await readAll(h.session, accountRow), 'connection').length, 1);
    assert.equal(h.asked().length, 3);
  });

  it('passes on the refusal of a cursor', async () => {
    await using h = await startService('immuta', { connections: 30 });
    const page = await h.session.children(accountRow, { size: 20, bypassCache: false, depth: 0 }, {});
    const [cursor] = page.nextCursors;
    h.sample.inject({ match: {}, times: 1, status: 400, body: { message: 'page[cursor] is not valid' } });
    const error = await getFailure(
      h.session.children(
        accountRow,
        { size: 20, bypassCache: false, depth: 0, ...(cursor && { cursor }) },
        {},
      ),
    );
    assert.match(error.message, /page\[cursor\] is not valid/);
  });
});
