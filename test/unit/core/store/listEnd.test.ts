import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Cursor } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { Store } from '../../../../src/core/store/store';
import { account, type Answer, FakeAccounts, page, resource, settle } from '../../../support/fakes/store';
import { Scenario, targets } from '../../../support/scenario';
import { ACCOUNT_PATH } from '../../../support/service';

const none = Infinity;
const unbounded = { pages: none, milliseconds: none };

/** A list of one item a page, each of which names a next one. */
const endless: Answer = (parent, { cursor = '0' }) =>
  page([resource(parent.path, 'connection', cursor)], {
    nextCursors: [String(Number(cursor) + 1) as Cursor],
  });

/** The rows as short texts: ids, and of problems what they say. */
function shown(rows: readonly Resource[] | undefined): readonly string[] {
  return (rows ?? []).map(({ kind, id, problem }) => problem?.title ?? (kind === 'more' ? 'more' : id));
}

describe('an endless list', () => {
  it('stops after a number of pages or some time, with a row that says so, and continues on request', async () => {
    for (const eager of [
      { pages: 3, milliseconds: none },
      { pages: none, milliseconds: -1 },
    ]) {
      const accounts = new FakeAccounts(endless);
      const store = new Store(accounts, () => 1, undefined, {
        eager,
        all: { pages: 5, milliseconds: none },
      });
      await store.load(account, { refresh: true });
      const asked = accounts.calls.length;
      assert.equal(asked, eager.pages === 3 ? 3 : 1);
      assert.match(shown(store.rows(account))[0] ?? '', /does not seem to end/);
      assert.equal(shown(store.rows(account)).at(-1), 'more');
      await store.loadMore(account);
      assert.equal(accounts.calls.length, eager.pages === 3 ? 6 : asked);
      store.dispose();
    }
  });

  it('has no page requested ahead that is beyond the limit', async () => {
    const accounts = new FakeAccounts(async (parent, request, ...rest) => {
      await settle();
      request.onNext?.(String(Number(request.cursor ?? '0') + 1) as Cursor);
      await settle();
      return endless(parent, request, ...rest);
    });
    const eager = { pages: 3, milliseconds: none };
    const store = new Store(accounts, () => 1, undefined, { eager, all: eager });
    await store.load(account, { refresh: true });
    assert.equal(accounts.calls.length, 3);
    store.dispose();
  });

  it('goes further for a caller who wants all of it, and stops there too', async () => {
    const accounts = new FakeAccounts(endless);
    const bounds = { eager: { pages: 3, milliseconds: none }, all: { pages: 5, milliseconds: none } };
    const store = new Store(accounts, () => 1, undefined, bounds);
    await store.load(account, { refresh: true });
    await store.load(account, { all: true });
    assert.equal(accounts.calls.length, 8);
    await store.load(account, { all: true });
    assert.equal(accounts.calls.length, 8);
    assert.match(shown(store.rows(account))[0] ?? '', /does not seem to end/);
    // Shown rows are reloaded, however many they are.
    await store.load(account, { refresh: true });
    assert.equal(accounts.calls.length, 16);
    assert.equal(shown(store.rows(account)).length, 10);
    store.dispose();
  });
});

describe('a list with fewer items than announced', () => {
  it('ends with a row that says so, until more items come', async () => {
    let total = 5;
    const accounts = new FakeAccounts((parent, { cursor }) => {
      const at = cursor === undefined ? ['a', 'b'] : ['b', 'c'];
      const rest = { total, nextCursors: cursor === undefined ? ['p' as Cursor] : [] };
      return page(
        at.map((id) => resource(parent.path, 'connection', id)),
        rest,
      );
    });
    const store = new Store(accounts, () => 2, undefined, { eager: unbounded, all: unbounded });
    const rows = await store.load(account, { refresh: true });
    assert.deepEqual(shown(rows), ['The list may be incomplete.', 'a', 'b', 'c']);
    assert.match(rows[0]?.problem?.detail ?? '', /announced 5 items but sent 3/);
    assert.equal(rows[0]?.problem?.retryable, true);
    total = 3;
    await store.retry(account);
    assert.deepEqual(shown(store.rows(account)), ['a', 'b', 'c']);
    store.dispose();
  });
});

describe('a page without items', () => {
  const lists: readonly (readonly [string, (total: number) => unknown])[] = [
    ['cja', (total) => ({ content: [], totalPages: total, totalElements: total, lastPage: false })],
    ['cja', () => ({ content: [], last: false })],
    ['krenalis', () => ({ connections: [] })],
    ['immuta', () => ({ connections: [], nextCursor: 'more', meta: { nextCursor: 'more' } })],
  ];
  for (const [id, body] of lists) {
    it(`ends a list of ${id}, whatever else the answer says`, async () => {
      const target = targets.find((each) => each.id === id) ?? assert.fail();
      await using scenario = await Scenario.start(target);
      scenario.spoil({ body: body(1) });
      await scenario.store.load(ACCOUNT_PATH, { refresh: true, all: true });
      await scenario.session.findById?.(scenario.store.accounts()[0] ?? assert.fail(), 'a'.repeat(24), {});
      assert.ok(scenario.sample.requests.length < 8, String(scenario.sample.requests.length));
    });
  }
});
