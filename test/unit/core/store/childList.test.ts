import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { childPath, parsePath } from '../../../../src/core/services/contract/path';
import type { Page, PageItem, Cursor } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { accountRemovedError, notFoundError } from '../../../../src/core/store/notFoundError';
import {
  toChildList,
  countItems,
  withPage,
  FirstPlaces,
  loadsAllPages,
  isUnread,
  memoryUsed,
  OrderedItems,
  loadedPages,
  pendingCursors,
  toRows,
  totalItems,
  EMPTY_LIST,
  withInserted,
  withoutProblem,
  type ChildList,
} from '../../../../src/core/store/childList';
import { account, page, resource } from '../../../support/fakes/store';

const problem = { title: 'It failed.', detail: 'No route.', retryable: true };
const paused = { title: 'It is long.', detail: 'It stopped.', retryable: false };

function cursor(name: string): Cursor {
  return name as Cursor;
}

function items(...ids: readonly string[]): readonly Resource[] {
  return ids.map((id) => resource(account, 'connection', id));
}

/** The rows as people read them. */
function rows(branch: ChildList, reading = false): readonly string[] {
  const listed = new OrderedItems().of(branch);
  return toRows(account, branch, { items: listed, reading, current: (row) => row }).map(
    ({ kind, label, description, stale }) =>
      [kind === 'connection' ? label : kind, kind === 'more' && description, stale && 'stale']
        .filter(Boolean)
        .join(' '),
  );
}

/** A list whose pages begin at the cursors of `names`, of which the first `read` were read. */
function createList(names: readonly string[], read: number, rest: Partial<Page> = {}): ChildList {
  const cursors = names.map(cursor);
  const first = withPage(
    EMPTY_LIST,
    undefined,
    page(items('first'), { nextCursors: cursors, ...rest }),
    1,
    10,
  );
  return cursors
    .slice(0, read)
    .reduce((branch, at, index) => withPage(branch, at, page(items(names[index] ?? '')), 2, 5), first);
}

describe('a loaded list', () => {
  it('has its pages in order, in whatever order they arrive', () => {
    const names = ['b', 'c', 'd', 'e'];
    const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
    fc.assert(
      fc.property(orders, (order) => {
        const cursors = names.map(cursor);
        const first = withPage(
          EMPTY_LIST,
          undefined,
          page(items('a'), { nextCursors: cursors, loading: 'onDemand' }),
          1,
        );
        const branch = order.reduce(
          (known, at) => withPage(known, cursors[at], page(items(names[at] ?? '')), 2),
          first,
        );
        assert.deepEqual(rows(branch), ['a', ...names]);
        assert.deepEqual([branch.readAt, pendingCursors(branch)], [1, []]);
      }),
    );
  });

  it('counts loaded and pending pages', () => {
    assert.deepEqual([isUnread(EMPTY_LIST), countItems(EMPTY_LIST), memoryUsed(EMPTY_LIST)], [true, 0, 0]);
    assert.deepEqual(
      [pendingCursors(EMPTY_LIST), loadsAllPages(EMPTY_LIST), totalItems(EMPTY_LIST)],
      [[], false, undefined],
    );
    const branch = createList(['x', 'y', 'z'], 2);
    assert.deepEqual([isUnread(branch), countItems(branch), memoryUsed(branch)], [false, 3, 20]);
    assert.deepEqual(
      [pendingCursors(branch).length, loadedPages(branch).length, loadsAllPages(branch)],
      [1, 3, true],
    );
    assert.equal(memoryUsed(toChildList(page(items('a')), 1)), 0, 'it came with another list');
  });

  it('names no page twice, and trusts the last page about the total', () => {
    const again = cursor('x');
    const first = withPage(EMPTY_LIST, undefined, page(items('a'), { nextCursors: [again], total: 7 }), 1);
    const second = withPage(first, again, page(items('b'), { nextCursors: [again] }), 2);
    assert.deepEqual([pendingCursors(second), totalItems(second)], [[], 7]);
    assert.equal(totalItems(withPage(first, again, page(items('b'), { total: 9 }), 2)), 9);
  });

  it('inserts new items before the first of their kind, and counts them', () => {
    const group = { ...resource(account, 'group', 'g'), hasChildren: false };
    const at = cursor('x');
    const first = withPage(
      EMPTY_LIST,
      undefined,
      page([group], { nextCursors: [at], total: 2, loading: 'onDemand' }),
      1,
      10,
    );
    const branch = withPage(first, at, page(items('a')), 1, 5);
    const added = withInserted(branch, [{ resource: resource(account, 'connection', 'new') }], 100);
    assert.deepEqual(
      loadedPages(added).map((each) => each.items.map((item) => item.resource.id)),
      [['g'], ['new', 'a']],
    );
    assert.deepEqual([memoryUsed(added), totalItems(added)], [115, 2]);
    const other = withInserted(branch, [{ resource: resource(account, 'dataView', 'v') }], 1);
    assert.deepEqual(
      loadedPages(other).map((each) => each.items.map((item) => item.resource.id)),
      [['g', 'v'], ['a']],
    );
    assert.equal(totalItems(other), 3);
    assert.equal(withInserted(EMPTY_LIST, [], 1).slots[0]?.memory, undefined);
  });

  it('has each item at its first place', () => {
    const branch = createList(['x', 'y'], 0);
    const [x, y] = pendingCursors(branch);
    const firsts = new FirstPlaces(branch);
    const claimed = (at: Cursor | undefined, ...ids: readonly string[]): readonly string[] =>
      firsts.claim(branch, at, page(items(...ids))).map((item: PageItem) => item.resource.id);
    assert.deepEqual(claimed(y, 'first', 'b', 'c'), ['b', 'c']);
    assert.deepEqual(claimed(x, 'c', 'd'), ['c', 'd'], 'it is earlier');
    assert.deepEqual(claimed(y, 'c', 'd', 'e'), ['e']);
    assert.deepEqual(claimed(x, 'c'), ['c'], 'it is read again');
  });

  it('is sorted by label in natural order, then by ID, with problems above and collections below', () => {
    const list = [
      ['dataView', 'v', 'b 10'],
      ['group', 'g', 'a'],
      ['connection', '2', 'B 9'],
      ['connection', '1', 'b 9'],
      ['problem', 'p', 'z'],
    ] as const;
    const unsorted = list.map(([kind, id, label]) => resource(account, kind, id, label));
    const ids = (loading: Page['loading']): readonly string[] =>
      new OrderedItems().of(toChildList(page(unsorted, { loading }), 1)).map((item) => item.resource.id);
    assert.deepEqual(ids('eager'), ['p', '1', '2', 'v', 'g']);
    assert.deepEqual(ids('onDemand'), ['v', 'g', '2', '1', 'p']);
  });

  it('has the same order, whether its pages came one by one or together', () => {
    const ids = fc.array(fc.integer({ min: 0, max: 30 }).map(String), { minLength: 1, maxLength: 6 });
    const arrivals = fc.array(fc.record({ at: fc.nat({ max: 5 }), ids }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(arrivals, (all) => {
        const cursors = ['1', '2', '3', '4', '5'].map(cursor);
        const ordered = new OrderedItems();
        let branch = withPage(EMPTY_LIST, undefined, page(items('7', '3'), { nextCursors: cursors }), 1);
        ordered.of(branch);
        for (const arrival of all) {
          const at = cursors[arrival.at - 1];
          const rest = { nextCursors: at === undefined ? cursors : [], loading: 'eager' as const };
          branch = withPage(branch, at, page(items(...arrival.ids), rest), 2);
          assert.deepEqual(ordered.of(branch), new OrderedItems().of(branch));
        }
      }),
    );
  });

  it('sorts in the page that comes to it, and not all of it again', () => {
    let compared = 0;
    const listed = (at: number): Resource => ({
      ...resource(account, 'connection', `c${at}`),
      get label() {
        compared++;
        return `c${at}`;
      },
    });
    const counted = (count: number): readonly Resource[] =>
      Array.from({ length: count }, (_, at) => listed((at * 7) % count));
    const ordered = new OrderedItems();
    const first = withPage(EMPTY_LIST, undefined, page(counted(400), { nextCursors: [cursor('2')] }), 1);
    ordered.of(first);
    const whole = compared;
    ordered.of(withPage(first, cursor('2'), page([listed(1000)]), 2));
    assert.ok(compared - whole < whole / 2, `${compared - whole} after ${whole}`);
  });

  it('forgets that its last load failed or stopped, and nothing else', () => {
    const branch = { ...createList([], 0), problem, paused, failedAt: 3, isPassable: true, stale: true };
    assert.deepEqual(withoutProblem(branch), { ...createList([], 0), stale: true });
    assert.deepEqual(withoutProblem({ ...EMPTY_LIST, problem }), EMPTY_LIST);
  });
});

describe('the rows of a list', () => {
  const whole = createList([], 0);
  const asking = createList(['x'], 0, { loading: 'onDemand' });
  const following = createList(['x'], 0);

  it('end with one for more if the user decides about paging', () => {
    assert.deepEqual(rows(whole), ['first']);
    assert.deepEqual(rows(asking), ['first', 'more 1 shown']);
    assert.deepEqual(rows(asking, true), ['first', 'more 1 shown']);
    assert.deepEqual(rows(createList(['x'], 0, { loading: 'onDemand', total: 5 })), [
      'first',
      'more 1 of 5 shown',
    ]);
    assert.deepEqual(rows(createList(['x'], 1, { loading: 'onDemand' })), ['first', 'x']);
    assert.deepEqual(rows(following, true), ['first'], 'the rest comes by itself');
    assert.deepEqual(rows(following), ['first', 'more 1 shown'], 'nobody reads on');
    const options = { items: [], reading: false, current: (row: Resource) => row };
    assert.equal(toRows(account, asking, options).at(-1)?.hasChildren, false);
  });

  it('start with the problem', () => {
    assert.deepEqual(rows({ ...EMPTY_LIST, problem }), ['problem']);
    assert.deepEqual(rows({ ...following, problem }), ['problem', 'first']);
    assert.deepEqual(rows({ ...asking, problem }), ['problem', 'first', 'more 1 shown']);
    assert.deepEqual(rows({ ...whole, problem, stale: true }), ['problem', 'first stale']);
    assert.deepEqual(rows({ ...following, paused }), ['problem', 'first', 'more 1 shown']);
    assert.deepEqual(rows({ ...following, paused }, true), ['first']);
    assert.deepEqual(rows({ ...EMPTY_LIST, paused }), ['problem', 'more 0 shown']);
  });

  it('say if there are fewer items than announced', () => {
    const short = (total: number, rest: Partial<Page> = {}): ChildList =>
      createList([], 0, { total, ...rest });
    assert.deepEqual(rows(short(1)), ['first']);
    assert.deepEqual(rows(short(0)), ['first']);
    assert.deepEqual(rows(short(2)), ['problem', 'first']);
    const endless = { items: new OrderedItems().of(short(2)), reading: false };
    const [said] = toRows(account, short(2), { ...endless, current: (row) => row });
    assert.equal(said?.problem?.detail, 'The service announced 2 items but sent 1.');
    assert.deepEqual(rows(short(2), true), ['first']);
    assert.deepEqual(rows({ ...short(2), paused }), ['problem', 'first']);
    assert.deepEqual(rows(createList(['x'], 0, { total: 9, loading: 'onDemand' })), [
      'first',
      'more 1 of 9 shown',
    ]);
    const group = page([resource(account, 'group', 'g')], { total: 1 });
    assert.deepEqual(rows(toChildList(group, 1)), ['problem', 'group'], 'a collection is not counted');
  });
});

describe('a path that leads nowhere', () => {
  const holder = resource(account, 'connection', 'c', 'Shop');
  const missing = childPath(holder.path, 'dataset', 'd');

  it('says which row does not list which item', () => {
    const { kind, message } = notFoundError(holder, missing, missing, undefined);
    assert.deepEqual([kind, message], ['notFound', 'd was not found in "Shop".']);
    const below = notFoundError(holder, missing, childPath(missing, 'backfill', 'b'), undefined);
    assert.equal(below.message, 'd, the parent of b, was not found in "Shop".');
    assert.match(below.advice, /Edit Account/);
  });

  it('says why the list is incomplete, if it is', () => {
    const { message, advice } = notFoundError(holder, missing, missing, { ...problem, advice: 'Wait.' });
    assert.deepEqual([message, advice], ['It failed. No route.', 'Wait.']);
  });

  it('says that an account is gone', () => {
    assert.equal(parsePath(account), account);
    assert.match(accountRemovedError().message, /no longer exists/);
  });
});
