import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { nextCursors, readListing, readPosition } from '../../../../../src/core/services/cja/client/paging';
import type { PageRequest, Cursor } from '../../../../../src/core/services/contract/page';
import { accountRow, startService } from '../../../../support/service';
import { firstPage, firstRow, readAll, rows } from '../../../../support/rows';

const request: PageRequest = { size: 10, bypassCache: false, depth: 0 };

function listing(body: unknown): ReturnType<typeof readListing> {
  return readListing({ status: 200, headers: {}, text: JSON.stringify(body) });
}

/** Loads all pages of a list from `serve`. @returns the requested pages, in order. */
function pagesAsked(serve: (page: number, limit: number) => unknown, sideBySide = true): readonly number[] {
  const asked: number[] = [];
  const waiting: (Cursor | undefined)[] = [undefined];
  while (waiting.length > 0 && asked.length < 500) {
    const cursor = waiting.shift();
    const at = readPosition({ ...request, ...(cursor && { cursor }) });
    asked.push(at.page);
    waiting.push(...nextCursors(listing(serve(at.page, at.limit)), at, sideBySide));
  }
  return asked;
}

const ids = (count: number, from = 0): readonly unknown[] =>
  Array.from({ length: count }, (_, index) => ({ id: `i${from + index}` }));

describe('the end of a list', () => {
  it('is recognized by any of the documented keys', () => {
    const ends = [
      { lastPage: true },
      { last: true },
      { number: '2', totalPages: '3' },
      { content: [] },
      { content: null },
    ];
    for (const end of ends)
      assert.equal(listing({ content: ids(1), ...end }).last, true, JSON.stringify(end));
    const others = [{ lastPage: false }, { last: 'false' }, { number: 1, totalPages: 3 }, {}];
    for (const other of others)
      assert.equal(listing({ content: ids(1), ...other }).last, false, JSON.stringify(other));
  });

  it('is an error if the answer is not a page', () => {
    for (const body of [null, 1, 'x', [], {}, { content: {} }]) {
      assert.throws(() => listing(body), { name: 'HttpError', kind: 'protocol' });
    }
  });
});

describe('further pages', () => {
  it('are remembered in a few characters, however long their items without an ID are', () => {
    const at = readPosition(request);
    const content = Array.from({ length: 10 }, () => ({ text: 'x'.repeat(100_000) }));
    const [next = assert.fail()] = nextCursors(listing({ content }), at, false);
    assert.ok(next.length < 1000);
  });

  it('are known at once if they are counted', () => {
    assert.deepEqual(
      pagesAsked((number) => ({ content: ids(10), number, totalPages: 4, lastPage: number === 3 })),
      [0, 1, 2, 3],
    );
    const at = readPosition(request);
    assert.equal(nextCursors(listing({ content: ids(10), number: 0, totalPages: 9 }), at, true).length, 8);
    assert.equal(nextCursors(listing({ content: ids(10), number: 0, totalPages: 9 }), at, false).length, 1);
  });

  it('keep the limit of the first one', () => {
    const [cursor] = nextCursors(listing({ content: ids(1), lastPage: false }), readPosition(request), true);
    assert.equal(readPosition({ ...request, size: 99, ...(cursor && { cursor }) }).limit, 10);
  });

  it('are loaded one by one if nothing counts them', () => {
    assert.deepEqual(
      pagesAsked((page) => ({ content: page < 3 ? ids(10, page * 10) : [] })),
      [0, 1, 2, 3],
    );
    assert.deepEqual(
      pagesAsked((page) => ({ content: ids(10, page * 10), last: page === 2 })),
      [0, 1, 2],
    );
  });

  it('end if the service repeats the same page forever', () => {
    assert.deepEqual(
      pagesAsked(() => ({ content: ids(10) })),
      [0, 1],
    );
    assert.deepEqual(
      pagesAsked(() => ({ content: [{}], lastPage: false, number: 0 })),
      [0, 1],
    );
    for (const content of [['e', 'e'], [null], [{ name: 'without an id' }], [[1]], [7]]) {
      assert.deepEqual(
        pagesAsked(() => ({ content })),
        [0, 1],
        JSON.stringify(content),
      );
    }
    assert.deepEqual(
      pagesAsked(() => ({ content: ids(10), number: 0, totalPages: 3, lastPage: false })),
      [0, 1, 2],
    );
  });

  it('continue if the list grows while it is loaded', () => {
    const pages = pagesAsked((number) => ({ content: ids(10), number, totalPages: number === 0 ? 3 : 5 }));
    assert.deepEqual(pages, [0, 1, 2, 3, 4]);
  });

  it('are reloaded once if the list shrinks while it is loaded', () => {
    const pages = pagesAsked((number) => ({
      content: ids(10),
      number,
      totalPages: 3,
      totalElements: number === 2 ? 29 : 30,
    }));
    assert.deepEqual(pages, [0, 1, 2, 1]);
  });

  it('end, whatever the service says', () => {
    const count = fc.oneof(fc.constant(undefined), fc.integer({ min: -5, max: 40 }), fc.string());
    const body = fc.record({
      content: fc.array(fc.jsonValue(), { maxLength: 3 }),
      number: count,
      totalPages: count,
      totalElements: count,
      last: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.infiniteStream(body), (bodies) => {
        const pages = pagesAsked(() => bodies.next().value);
        assert.ok(pages.every((page) => page >= 0));
      }),
      { numRuns: 200 },
    );
  });

  it('start at the first page for a foreign cursor', () => {
    for (const cursor of ['', '{', '[]', '{"page":"1"}'] as Cursor[])
      assert.equal(readPosition({ ...request, cursor }).page, 0);
  });
});

describe('a list that changes while it is loaded', () => {
  it('loses nothing when connections are deleted', async () => {
    await using h = await startService('cja', { connections: 30 });
    const all = rows(await readAll(h.session, accountRow), 'connection');
    const sorted = all.map(({ id }) => id).toSorted();
    const first = await h.session.children(accountRow, firstPage({ size: 10 }), {});
    const removed = sorted.slice(0, 3);
    for (const id of removed) h.sample.cja.removeConnection(id);
    const seen = new Set(first.items.map(({ resource }) => resource.id));
    const waiting = [...first.nextCursors];
    for (let cursor = waiting.shift(); cursor; cursor = waiting.shift()) {
      const page = await h.session.children(accountRow, { ...firstPage({ size: 10 }), cursor }, {});
      for (const { resource } of page.items) seen.add(resource.id);
      waiting.push(...page.nextCursors);
    }
    assert.ok(sorted.every((id) => seen.has(id)));
  });

  it('shows what is added after the known pages', async () => {
    await using h = await startService('cja', { connections: 10 });
    const first = await h.session.children(accountRow, firstPage({ size: 5 }), {});
    for (let added = 0; added < 6; added += 1) h.sample.cja.addConnection();
    const [cursor] = first.nextCursors;
    const second = await h.session.children(
      accountRow,
      { ...firstPage({ size: 5 }), ...(cursor && { cursor }) },
      {},
    );
    assert.equal(second.nextCursors.length, 2);
  });
});

describe('a list of which the service says that more follows, and repeats its page', () => {
  const REPEATED = { totalElements: undefined, totalPages: undefined, lastPage: false };

  it('ends in a row that says so, on every level', async () => {
    await using h = await startService('cja', { connections: 3, datasets: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const dataset = await firstRow(h.session, connection, 'dataset');
    const group = await firstRow(h.session, connection, 'group');
    const change = (json: unknown): unknown => ({ ...(json as object), ...REPEATED });
    h.sample.inject({ match: { path: /connections$|dataviews$|backfills$/ }, change });
    for (const parent of [accountRow, dataset, group]) {
      const items = await readAll(h.session, parent);
      const { kind, problem } = items.at(-1)?.resource ?? assert.fail();
      assert.equal(kind, 'problem', parent.kind);
      assert.match(problem?.detail ?? '', /indicated more items/);
    }
  });
});
