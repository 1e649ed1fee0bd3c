import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { childPath } from '../../../../src/core/services/contract/path';
import type { Page, Cursor } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { Store } from '../../../../src/core/store/store';
import { account, deferred, FakeAccounts, page, resource, settle } from '../../../support/fakes/store';

/** Pages as ids of their items, and an order in which those after the first arrive. */
const lists = fc
  .array(fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd'), { minLength: 1 }), {
    minLength: 2,
    maxLength: 5,
  })
  .chain((pages) => {
    const later = pages.slice(1).map((_, at) => at + 1);
    return fc.record({
      pages: fc.constant(pages),
      arrival: fc.shuffledSubarray(later, { minLength: later.length }),
    });
  });

/** The service's data for an ID on a page: each page has different data, and different children. */
function answerFor(id: string, at: number): { readonly resource: Resource; readonly children: Page } {
  const connection = resource(account, 'connection', id, `${id} on page ${at}`);
  return { resource: connection, children: page([resource(connection.path, 'dataset', `of page ${at}`)]) };
}

describe('An ID on several pages', () => {
  it('is shown as on the first page in the order of the list, in whatever order they arrive', () =>
    fc.assert(
      fc.asyncProperty(lists, async ({ pages, arrival }) => {
        const answers = new Map(arrival.map((at) => [String(at), deferred<undefined>()]));
        const accounts = new FakeAccounts(async (_parent, { cursor }) => {
          await answers.get(cursor ?? '')?.promise;
          const at = Number(cursor ?? 0);
          const next = cursor ? [] : ([...answers.keys()].toSorted() as Cursor[]);
          return page(
            (pages[at] ?? []).map((id) => answerFor(id, at)),
            { nextCursors: next },
          );
        });
        const store = new Store(accounts, () => 100);
        const reading = store.load(account, { all: true, prefetch: { depth: 1, scope: 'all' } });
        for (const at of arrival) {
          await settle();
          answers.get(String(at))?.resolve(undefined);
        }
        await reading;
        const first = (id: string): number => pages.findIndex((ids) => ids.includes(id));
        const ids = [...new Set(pages.flat())].toSorted();
        assert.deepEqual(
          store.rows(account)?.map(({ label }) => label),
          ids.map((id) => `${id} on page ${first(id)}`),
        );
        for (const id of ids) {
          assert.deepEqual(
            store.rows(childPath(account, 'connection', id))?.map(({ label }) => label),
            [`of page ${first(id)}`],
          );
        }
      }),
    ));

  it('stays as it came first while more is loaded, and is updated by a refresh', async () => {
    let round = 0;
    const accounts = new FakeAccounts((_parent, { cursor }) => {
      round += 1;
      const more = cursor ? {} : { nextCursors: ['1' as Cursor] };
      return page([resource(account, 'connection', 'a', `told ${round}`)], { loading: 'onDemand', ...more });
    });
    const store = new Store(accounts, () => 100);
    const labels = (): unknown =>
      store.rows(account)?.flatMap(({ kind, label }) => (kind === 'connection' ? [label] : []));
    await store.load(account);
    await store.loadMore(account, { all: true });
    assert.deepEqual(labels(), ['told 1']);
    await store.load(account, { refresh: true });
    assert.deepEqual(labels(), ['told 3']);
  });
});
