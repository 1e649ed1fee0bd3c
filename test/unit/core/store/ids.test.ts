import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { abortError } from '../../../../src/core/base/abort';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';
import type { Session } from '../../../../src/core/services/contract/service';
import type { PageItem } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { Store } from '../../../../src/core/store/store';
import {
  account,
  createAccount,
  deferred,
  FakeAccounts,
  page,
  resource,
  settle,
} from '../../../support/fakes/store';

/** Accounts of a service whose ids look like `id-…`, and whose shorter form is `…`. */
class Located extends FakeAccounts {
  readonly asked: { readonly id: string; readonly signal: AbortSignal | undefined }[] = [];
  find: (id: string, signal?: AbortSignal) => Promise<readonly Resource[]> = () => Promise.resolve([]);

  idPattern(): RegExp {
    return /^id-\d+$/;
  }

  override async session(): Promise<Session> {
    return {
      ...(await super.session()),
      shortId: ({ id }) => (id.startsWith('id-') ? id.slice(3) : undefined),
      findById: (_account, id, { signal }) => {
        this.asked.push({ id, signal });
        return this.find(id, signal);
      },
    };
  }
}

const connection = resource(account, 'connection', 'id-1');
const other = resource(account, 'connection', 'id-2');
const datasetBelow = ({ path }: Resource): PageItem => ({ resource: resource(path, 'dataset', 'same') });

function start(ids?: readonly string[]): { store: Store; accounts: Located } {
  const accounts = new Located(
    (parent) =>
      parent.kind === 'account'
        ? page([resource(parent.path, 'connection', 'id-1'), resource(parent.path, 'connection', 'id-2')])
        : page([datasetBelow(parent), resource(parent.path, 'field', 'email')]),
    ids,
  );
  return { store: new Store(accounts, () => 100), accounts };
}

const paths = (found: readonly Resource[]): readonly string[] => found.map(({ path }) => path);

/** A request that ends when it is cancelled, and not before. */
function unanswered(_id: string, signal?: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => {
      reject(abortError());
    });
  });
}

describe('Store.find', () => {
  it('finds by the ID and by its short form', async () => {
    const { store } = start();
    assert.deepEqual(store.find('id-1'), []);
    await store.load(account);
    assert.deepEqual(paths(store.find('id-1')), [connection.path]);
    assert.deepEqual(paths(store.find('1')), [connection.path]);
    assert.deepEqual(store.find('id'), []);
  });

  it('finds what is loaded after the first search, in every place', async () => {
    const { store } = start();
    await store.load(account);
    assert.deepEqual(store.find('same'), []);
    await store.load(connection.path);
    await store.load(other.path);
    assert.deepEqual(paths(store.find('same')).toSorted(), [
      childPath(connection.path, 'dataset', 'same'),
      childPath(other.path, 'dataset', 'same'),
    ]);
  });

  it('finds one ID in two accounts, and not in a removed one', async () => {
    const { store, accounts } = start(['a', 'b']);
    for (const { path } of store.accounts()) await store.load(path);
    assert.equal(store.find('id-1').length, 2);
    accounts.accounts = [createAccount('b')];
    accounts.changes.fire(['a']);
    assert.deepEqual(paths(store.find('id-1')), ['account:b/connection:id-1']);
  });

  it('does not find what a refresh removed', async () => {
    const { store, accounts } = start();
    await store.load(account);
    assert.equal(store.find('1').length, 1);
    accounts.answer = () => page([other]);
    await store.refresh(account);
    assert.deepEqual(store.find('1'), []);
    assert.deepEqual(paths(store.find('2')), [other.path]);
  });

  it('finds the other places if one place is gone, and what comes back', async () => {
    const { store, accounts } = start();
    await store.load(account);
    for (const { path } of [connection, other]) await store.load(path);
    assert.equal(store.find('same').length, 2);
    const { answer } = accounts;
    accounts.answer = () => page([other]);
    await store.refresh(account);
    assert.deepEqual(paths(store.find('same')), [childPath(other.path, 'dataset', 'same')]);
    accounts.answer = answer;
    await store.refresh(account);
    assert.deepEqual(paths(store.find('1')), [connection.path]);
  });

  it('returns the current state of a resource', async () => {
    const { store, accounts } = start();
    await store.load(account);
    store.find('id-1');
    accounts.answer = () => page([{ ...connection, label: 'renamed' }]);
    await store.refresh(account);
    assert.equal(store.find('id-1')[0]?.label, 'renamed');
  });

  it('omits rows whose IDs mean nothing by themselves', async () => {
    const { store } = start();
    await store.load(account);
    await store.load(connection.path);
    assert.deepEqual(store.find('email'), []);
    assert.deepEqual(store.find('a'), []);
  });
});

describe('Store.locate', () => {
  it('asks every account once, and remembers misses', async () => {
    const { store, accounts } = start(['a', 'b']);
    accounts.find = (id) => Promise.resolve(id === 'id-7' ? [resource(account, 'connection', id)] : []);
    assert.equal((await store.locate('id-7')).length, 2);
    assert.deepEqual(await store.locate('id-8'), []);
    await Promise.all([store.locate('id-7'), store.locate('id-8'), store.locate('id-8')]);
    assert.deepEqual(
      accounts.asked.map(({ id }) => id),
      ['id-7', 'id-7', 'id-8', 'id-8'],
    );
  });

  it('requests nothing for a word that is not an ID', async () => {
    const { store, accounts } = start();
    assert.deepEqual(await store.locate('hello'), []);
    assert.equal(accounts.asked.length, 0);
  });

  it('treats an account that fails like one without the ID, and uses what others return', async () => {
    const { store, accounts } = start(['a', 'b']);
    accounts.find = (id) =>
      accounts.asked.length === 1
        ? Promise.reject(new Error('down'))
        : Promise.resolve([resource(account, 'connection', id)]);
    assert.equal((await store.locate('id-7')).length, 1);
  });

  it('tells who asks for it which accounts failed, also when it is asked again soon', async () => {
    const { store, accounts } = start(['a', 'b']);
    const failure = new Error('down');
    accounts.find = () => (accounts.asked.length === 1 ? Promise.reject(failure) : Promise.resolve([]));
    for (let round = 0; round < 2; round++)
      assert.deepEqual(await store.lookUp('id-7'), { found: [], failures: [failure] });
    assert.equal(accounts.asked.length, 2);
    assert.deepEqual(await store.lookUp('id-8'), { found: [], failures: [] });
  });

  it('cancels the request when the last caller leaves, and asks again later', async () => {
    const { store, accounts } = start();
    const answer = deferred<readonly Resource[]>();
    accounts.find = () => answer.promise;
    const aborted = (): boolean | undefined => accounts.asked[0]?.signal?.aborted;
    const [first, second] = [new AbortController(), new AbortController()];
    const work = [store.locate('id-7', first.signal), store.locate('id-7', second.signal)];
    await new Promise((resolve) => setImmediate(resolve));
    first.abort();
    await assert.rejects(work[0] ?? assert.fail(), { name: 'AbortError' });
    assert.equal(aborted(), false);
    second.abort();
    await assert.rejects(work[1] ?? assert.fail(), { name: 'AbortError' });
    assert.equal(aborted(), true);
    accounts.find = () => Promise.resolve([connection]);
    assert.deepEqual(await store.locate('id-7'), [connection]);
  });

  it('asks the remaining accounts if one is removed meanwhile', async () => {
    const { store, accounts } = start(['a', 'b']);
    const found = resource(accountPath('b'), 'connection', 'id-7');
    accounts.find = unanswered;
    const work = store.locate('id-7');
    await settle();
    accounts.find = () => Promise.resolve([found]);
    accounts.accounts = [createAccount('b')];
    accounts.changes.fire(['a']);
    assert.deepEqual(await work, [found]);
  });

  it('drops an answer from before an account changed, and asks it again', async () => {
    const { store, accounts } = start();
    const late = deferred<readonly Resource[]>();
    accounts.find = () => late.promise;
    const work = store.locate('id-7');
    await settle();
    accounts.find = () => Promise.resolve([connection]);
    accounts.changes.fire(['a']);
    late.resolve([]);
    assert.deepEqual(await work, [connection]);
    await settle();
    assert.deepEqual(await store.locate('id-7'), [connection]);
  });

  it('requests nothing more after the store is disposed of', async () => {
    const { store, accounts } = start();
    accounts.find = unanswered;
    const work = store.locate('id-7');
    await settle();
    store.dispose();
    await assert.rejects(work, { name: 'AbortError' });
    assert.equal(accounts.asked.length, 1);
  });

  it('forgets the answers when accounts change', async () => {
    const { store, accounts } = start();
    await store.locate('id-7');
    accounts.changes.fire(['a']);
    await store.locate('id-7');
    assert.equal(accounts.asked.length, 2);
  });
});
