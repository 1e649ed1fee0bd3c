import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { overBudget } from '../../../../src/core/http/budget';
import { Emitter } from '../../../../src/core/base/emitter';
import { accountPath, childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Page, Cursor } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { MemoryLimits } from '../../../../src/core/store/listMemory';
import { RemoteIdLookup } from '../../../../src/core/store/remoteIdLookup';
import { Store } from '../../../../src/core/store/store';
import { startEndless, type EndlessAccount } from '../../../support/endlessServer';
import { account, FakeAccounts, page, resource, settle } from '../../../support/fakes/store';

const MEGABYTE = 1024 * 1024;
const unlimited: MemoryLimits = {
  list: Infinity,
  account: Infinity,
  all: Infinity,
  lookUp: Infinity,
  lookUps: Infinity,
};

function createStore(accounts: readonly EndlessAccount[], limits: Partial<MemoryLimits>): Store {
  return new Store(
    {
      list: () => accounts.map((one) => one.account),
      session: (id) => {
        const found = accounts.find((one) => one.account.id === id);
        return found ? Promise.resolve(found.session) : Promise.reject(new Error(id));
      },
      onDidChange: new Emitter<readonly string[]>().event,
    },
    () => 100,
    { ...unlimited, ...limits },
  );
}

/** Loads the list below a path until it ends by itself. */
async function readToEnd(store: Store, path: ResourcePath): Promise<readonly Resource[]> {
  await store.load(path);
  while (store.state(path).reading) await settle();
  return store.rows(path) ?? [];
}

/** The row that says that a list is not whole, and the one that reads on. */
function assertPaused(rows: readonly Resource[], what: RegExp): void {
  const [problem] = rows;
  assert.equal(problem?.kind, 'problem');
  assert.match(problem.problem?.title ?? '', what);
  assert.equal(rows.at(-1)?.kind, 'more');
}

const listLarge = /this list is very large/;
const othersLarge = /other lists already use a lot of memory/;

describe('The memory of lists', () => {
  for (const service of ['cja', 'immuta']) {
    it(`is limited for an endless list of ${service}: a row says so, and Load More continues`, async () => {
      await using endless = await startEndless(service);
      const store = createStore([endless], { list: 4 * MEGABYTE });
      const { path } = endless.row;
      assertPaused(await readToEnd(store, path), listLarge);
      const { loaded } = store.state(path);
      const sent = endless.server.received.length;
      assert.ok(loaded >= 100 && sent < 20, `${loaded} rows of ${sent} pages`);
      await store.load(path, { all: true });
      assert.equal(store.state(path).loaded, loaded, 'nobody asked for more');
      await store.loadMore(path);
      assert.ok(store.state(path).loaded > loaded);
      assertPaused(store.rows(path) ?? [], listLarge);
    });
  }

  it('is limited for each step if the user decides about paging, and for all steps together', async () => {
    await using endless = await startEndless('krenalis');
    const store = createStore([endless], { list: 4 * MEGABYTE });
    const [connection] = (await store.load(endless.row.path)).filter(({ kind }) => kind === 'connection');
    const group = childPath(connection?.path ?? endless.row.path, 'group', 'identities');
    await store.resolve(group);
    assert.equal((await store.load(group)).at(-1)?.kind, 'more');
    await store.loadMore(group, { all: true });
    assertPaused(store.rows(group) ?? [], listLarge);
  });

  it('is limited for all lists of an account, and of all accounts', async () => {
    const { store, connections } = await metered({ account: 50, all: 75 }, ['a', 'b']);
    const [first, second, third] = connections('a');
    assert.equal((await readToEnd(store, first)).at(-1)?.kind, 'dataset');
    assertPaused(await readToEnd(store, second), othersLarge);
    assertPaused(await readToEnd(store, third), othersLarge);
    assert.equal(store.state(third).loaded, 0);
    // The other account has room for itself, but not in all.
    assertPaused(await readToEnd(store, connections('b')[0]), othersLarge);
    await store.loadMore(third);
    assert.equal(store.rows(third)?.filter(({ kind }) => kind === 'dataset').length, 3);
  });

  it('is available again for other lists when an account is removed', async () => {
    const { store, accounts, connections } = await metered({ all: 30 }, ['a', 'b']);
    await readToEnd(store, connections('a')[0]);
    accounts.accounts = accounts.accounts.filter(({ id }) => id === 'b');
    accounts.changes.fire(['a']);
    assert.equal((await readToEnd(store, connections('b')[0])).at(-1)?.kind, 'dataset');
  });

  it('is not counted twice for a list that is reloaded repeatedly', async () => {
    const { store, connections } = await metered({ list: 40, account: 45 }, ['a']);
    const [first] = connections('a');
    for (let round = 0; round < 5; round++) {
      await store.load(first, { refresh: true });
      assert.deepEqual(
        store.rows(first)?.map(({ kind }) => kind),
        ['dataset', 'dataset', 'dataset'],
        `round ${round}`,
      );
    }
  });

  it('lets a refresh show as much as was shown before', async () => {
    const { store, connections } = await metered({ list: 25 }, ['a']);
    const [first] = connections('a');
    assertPaused(await readToEnd(store, first), listLarge);
    await store.loadMore(first);
    assert.equal(store.state(first).loaded, 3);
    await store.load(first, { refresh: true });
    assert.equal(store.state(first).loaded, 3);
  });

  it('does not admit a page that is larger than a list may be: a problem says so', async () => {
    const { store, connections } = await metered({ list: 5 }, ['a']);
    const rows = await readToEnd(store, connections('a')[0]);
    assert.deepEqual(
      rows.map(({ problem }) => problem?.title),
      ['The response is too large.'],
    );
  });

  it('that is used up lets the status of what is shown change, and nothing that takes memory', async () => {
    const { store, connections } = await metered({ account: 100 }, ['a']);
    const [first] = connections('a');
    const [dataset = assert.fail()] = await readToEnd(store, first);
    const { json, ...bare } = dataset;
    assert.ok(json);
    const status = (): string | undefined => store.get(dataset.path)?.status?.label;
    const put = (label: string, more?: Resource['json']): Promise<void> =>
      store.put([{ ...bare, status: { state: 'failed', label }, ...(more && { json: more }) }], Date.now());
    await put('first', { id: dataset.id, text: 'x'.repeat(1000) });
    assert.equal(status(), 'first', 'this uses it up');
    await put('second', { id: dataset.id, other: 'x' });
    assert.equal(status(), 'first');
    await put('third');
    assert.equal(status(), 'third');
  });

  it('is not used up by answers about active runs', async () => {
    const { store, connections } = await metered({ account: 50_000 }, ['a']);
    const [first] = connections('a');
    const [dataset] = await readToEnd(store, first);
    assert.ok(dataset);
    const seen = (round: number): Resource => ({
      ...dataset,
      json: { [`key ${round}`]: 'x'.repeat(10_000) },
    });
    for (let round = 0; round < 100; round++) {
      await store.put([seen(round)], Date.now());
      store.add(new Map([[first, [resource(first, 'dataset', `new ${round}`)]]]), Date.now());
    }
    assert.ok(JSON.stringify(store.rows(first)).length < 100_000);
    assert.ok(store.state(first).loaded < 100);
  });
});

describe('The memory of look-ups', () => {
  const parent = resource(account, 'connection', 'c');

  it('is limited for one and for all: the oldest are forgotten', async () => {
    let asked = 0;
    const accounts = new FakeAccounts(() => page([]));
    const session = await accounts.session();
    const locator = new RemoteIdLookup(
      () =>
        Promise.resolve({
          ...session,
          findById: (_, id, { budget }) => {
            asked += 1;
            budget?.take(id === 'large' ? 11 : 4);
            return budget?.isExceeded ? Promise.reject(overBudget('host')) : Promise.resolve([parent]);
          },
        }),
      { lookUp: 10, lookUps: 10 },
    );
    const find = async (id: string): Promise<number> =>
      (await locator.locate(parent, id, undefined)).found.length;
    assert.deepEqual([await find('large'), await find('one'), await find('two')], [0, 1, 1]);
    assert.equal(asked, 3);
    assert.deepEqual([await find('two'), await find('one')], [1, 1]);
    assert.equal(asked, 3, 'both are remembered');
    await find('three');
    await find('three');
    assert.equal(asked, 4);
    await find('one');
    assert.equal(asked, 5, 'the oldest was forgotten');
  });
});

/**
 * Accounts of three connections whose lists have three pages with a dataset each, which take ten bytes of memory.
 * Lists of connections take none.
 */
async function metered(limits: Partial<MemoryLimits>, ids: readonly string[]): Promise<Metered> {
  const accounts = new FakeAccounts((parent, { cursor }, { budget }): Page => {
    if (parent.kind === 'account')
      return page(['c1', 'c2', 'c3'].map((id) => resource(parent.path, 'connection', id)));
    budget?.take(10);
    if (budget?.isExceeded) throw overBudget('host');
    const at = Number(cursor ?? 0);
    const next = at < 2 ? [String(at + 1) as Cursor] : [];
    return page([resource(parent.path, 'dataset', `d${at}`)], { nextCursors: next });
  }, ids);
  const store = new Store(accounts, () => 100, { ...unlimited, ...limits });
  for (const { path } of store.accounts()) await readToEnd(store, path);
  return {
    store,
    accounts,
    connections: (id) => {
      const [first, second, third] = (store.rows(accountPath(id)) ?? []).map(({ path }) => path);
      assert.ok(first && second && third);
      return [first, second, third];
    },
  };
}

interface Metered {
  readonly store: Store;
  readonly accounts: FakeAccounts;
  /** The connections of an account. */
  readonly connections: (id: string) => readonly [ResourcePath, ResourcePath, ResourcePath];
}
