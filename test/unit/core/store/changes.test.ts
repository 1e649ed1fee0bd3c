import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { childPath } from '../../../../src/core/services/contract/path';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Page } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { type Identified, IdIndex } from '../../../../src/core/store/idIndex';
import { Store } from '../../../../src/core/store/store';
import {
  account,
  deferred,
  FakeAccounts,
  page,
  refreshStatus,
  resource,
  settle,
  type Answer,
} from '../../../support/fakes/store';

const connection = resource(account, 'connection', 'c');
const dataset = resource(connection.path, 'dataset', 'd');
const backfill = resource(dataset.path, 'backfill', 'b');

/** Connections, datasets and backfills, one of each. */
const oneOfEach: Answer = ({ kind }) => {
  const below: Partial<Record<Resource['kind'], Resource>> = { account: connection, connection: dataset };
  return page([below[kind] ?? backfill]);
};

/** A store whose sessions are made so. */
function createStore(
  answer: Answer,
  change: (session: Session) => Session | Promise<Session> = (session) => session,
): { readonly store: Store; readonly accounts: FakeAccounts } {
  const accounts = new FakeAccounts(answer);
  const session = async (): Promise<Session> => change(await accounts.session());
  const source = { list: () => accounts.list(), onDidChange: accounts.onDidChange, session };
  return { store: new Store(source, () => 100), accounts };
}

describe('a refresh of the status of backfills', () => {
  it('requests the list with the status: of the connection, and for a dataset or a backfill also of the dataset', async () => {
    const { store, accounts } = createStore(oneOfEach);
    await store.resolve(backfill.path);
    for (const [path, asked] of [
      [account, [account]],
      [connection.path, [connection.path]],
      [dataset.path, [connection.path, dataset.path]],
      [backfill.path, [connection.path, dataset.path]],
    ] as const) {
      accounts.calls.length = 0;
      assert.deepEqual(store.statusSources([path]).toSorted(), asked.toSorted());
      await refreshStatus(store, path);
      assert.deepEqual(accounts.calls.map((call) => call.path).toSorted(), asked.toSorted());
      assert.ok(accounts.calls.every(({ request }) => request.bypassCache));
    }
  });

  it('requests as many levels as are loaded', async () => {
    const { store, accounts } = createStore(oneOfEach);
    const levels = async (): Promise<number | undefined> => {
      await refreshStatus(store, account);
      return accounts.calls.at(-1)?.request.depth;
    };
    await store.load(account);
    assert.equal(await levels(), 0);
    await store.load(connection.path);
    assert.equal(await levels(), 1);
  });

  it('reloads the lists of a service without backfills, and nothing deeper', async () => {
    for (const says of [true, false]) {
      const { store, accounts } = createStore(oneOfEach, (session) => {
        const without = { ...session, hasBackfills: false };
        if (!says) Reflect.deleteProperty(without, 'hasBackfills');
        return without;
      });
      await store.load(account);
      await store.load(connection.path);
      accounts.calls.length = 0;
      assert.deepEqual(await refreshStatus(store), []);
      assert.deepEqual(
        accounts.calls.map(({ path, request }) => [path, request.bypassCache, request.depth]),
        [[account, true, 0]],
      );
    }
  });

  it('reports what could not be loaded, also of an account that cannot be opened', async () => {
    const { store } = createStore(oneOfEach, () => Promise.reject(new HttpError('authentication', 'No key')));
    assert.match((await refreshStatus(store))[0]?.detail ?? '', /No key/);
    const failing = createStore(oneOfEach);
    await failing.store.load(account);
    failing.accounts.answer = () => Promise.reject(new HttpError('server', 'Broken'));
    assert.match((await refreshStatus(failing.store))[0]?.detail ?? '', /Broken/);
    failing.accounts.answer = oneOfEach;
    assert.deepEqual(await refreshStatus(failing.store), []);
  });
});

describe('a load in progress', () => {
  it('is joined by callers who want no more than it loads, and replaced for others', async () => {
    for (const [first, second, asked] of [
      [{}, {}, 1],
      [{ refresh: true }, {}, 1],
      [{ refresh: true }, { refresh: true }, 1],
      [{}, { refresh: true }, 2],
      [{ refresh: true }, { refresh: true, prefetch: { depth: 1, scope: 'all' } }, 2],
      [
        { refresh: true, prefetch: { depth: 2, scope: 'all' } },
        { refresh: true, prefetch: { depth: 1, scope: 'all' } },
        1,
      ],
    ] as const) {
      const gate = deferred<Page>();
      const { store, accounts } = createStore(() => gate.promise);
      const loads = [store.load(account, first), store.load(account, second)];
      await settle();
      gate.resolve(page([connection]));
      for (const rows of await Promise.all(loads)) assert.equal(rows.length, 1);
      assert.equal(accounts.calls.length, asked, JSON.stringify([first, second]));
    }
  });
});

describe('what the store knows of a resource', () => {
  it('keeps the data of its own page if a list has less, or nothing', async () => {
    const { store } = createStore(oneOfEach);
    await store.load(account);
    const { json, ...bare } = connection;
    assert.ok(json);
    await store.put([{ ...connection, json: { detail: 1 } }], Date.now() + 1);
    assert.deepEqual(store.get(connection.path)?.json, { id: 'c', detail: 1 });
    await store.put([{ ...bare, label: 'Shop' }], Date.now() + 1);
    assert.deepEqual(store.get(connection.path)?.json, { id: 'c', detail: 1 });
    assert.equal(store.get(connection.path)?.label, 'Shop');
  });

  it('is requested from the account by the dataset that it uses, if the service supports that', async () => {
    const found = [connection];
    const findByDataset: Session['findConnectionsByDataset'] = ({ path }, id, { priority }) =>
      Promise.resolve(path === account && id === 'd' && priority === 'interactive' ? found : []);
    const { store } = createStore(oneOfEach, (session) => ({
      ...session,
      findConnectionsByDataset: findByDataset,
    }));
    assert.deepEqual(await store.findByDataset(account, 'd'), found);
    assert.deepEqual(await createStore(oneOfEach).store.findByDataset(account, 'd'), []);
  });

  it('fires no events after the store is disposed of', async () => {
    const { store, accounts } = createStore(oneOfEach);
    await store.load(account);
    const fired: string[] = [];
    store.onDidChange(() => fired.push('change'));
    store.onDidPause(() => fired.push('pause'));
    store.onDidAnswer(() => fired.push('answer'));
    store.dispose();
    store.reportHealth(account, undefined);
    accounts.changes.fire(['a']);
    await store.load(account);
    assert.deepEqual(fired, []);
  });
});

describe('the index of IDs', () => {
  it('holds each place of an ID until it is gone, and no other kind of row', () => {
    const ids = new IdIndex(({ id }) => (id.startsWith('dg_') ? id.slice(3) : undefined));
    const add = (row: Resource): Identified => {
      const place = { resource: row };
      ids.add(place);
      return place;
    };
    const [first, second] = ['x', 'y'].map((parent) =>
      add(resource(childPath(account, 'connection', parent), 'dataset', 'dg_1')),
    );
    const run = add(resource(account, 'backfill', 'dg_1'));
    ids.drop(run);
    const both = [first, second];
    assert.deepEqual([ids.find('dg_1'), ids.find('1')], [both, both]);
    assert.deepEqual([...ids.all()], [first]);
    ids.drop(first ?? assert.fail());
    assert.deepEqual([ids.find('dg_1'), ids.find('1')], [[second], [second]]);
    ids.drop(second ?? assert.fail());
    assert.deepEqual([ids.find('dg_1'), ids.find('1'), [...ids.all()]], [[], [], []]);
    const only = add(resource(account, 'connection', 'c'));
    assert.deepEqual(ids.find('c'), [only]);
    ids.drop(only);
    assert.deepEqual([ids.find('c'), ids.find('')], [[], []]);
  });
});
