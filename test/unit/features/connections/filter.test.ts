import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { TreeFilter } from '../../../../src/features/connections/filter';
import { FakeStorage } from '../../../support/fakes/accounts';
import { account, page, resource } from '../../../support/fakes/store';
import { Served } from '../../../support/served';
import { openStorage, type WindowOptions } from '../../../support/fakes/storage';

const web = resource(account, 'connection', 'c', 'Web');
const app = resource(account, 'connection', 'd', 'App');
const group = resource(account, 'group', 'g', 'Data views');
const clicks = resource(web.path, 'dataset', '5f24', 'Web Clicks');

/** A filter over an account with two connections, of which `web` has a dataset. */
class Filtered implements Disposable {
  readonly served: Served;
  readonly filter: TreeFilter;
  readonly #storage;
  changes = 0;

  constructor(
    parts: Partial<Session> = {},
    options: WindowOptions = {},
    accounts?: readonly string[],
    assess?: (row: Resource) => Resource,
  ) {
    this.served = new Served(parts, accounts);
    this.served.lists.set(account, [web, app, group]);
    this.served.lists.set(web.path, [clicks]);
    this.#storage = openStorage(options);
    this.filter = new TreeFilter(this.served.store, this.#storage, assess);
    this.filter.onDidChange(() => this.changes++);
  }

  [Symbol.dispose](): void {
    this.filter.dispose();
    this.served.store.dispose();
    this.#storage.dispose();
  }

  /** The ids of the rows that stay. */
  ids(...rows: readonly Resource[]): readonly string[] {
    return this.filter.apply(rows).map(({ id }) => id);
  }
}

describe('The filter of the tree', () => {
  it('finds what a row shows though the service did not send it', () => {
    const status = { state: 'warning', label: 'no new data in 1 dataset' } as const;
    using filtered = new Filtered({}, {}, undefined, (row) => (row.id === web.id ? { ...row, status } : row));
    for (const text of ['status:"no new data"', 'status:warning']) {
      filtered.filter.set(text);
      assert.deepEqual(filtered.ids(web, app), ['c'], text);
    }
  });

  it('hides only connections, those that do not match', () => {
    using filtered = new Filtered();
    const { filter } = filtered;
    assert.deepEqual([filter.active, filtered.ids(web, app, group)], [false, ['c', 'd', 'g']]);
    filter.set('  App ');
    assert.deepEqual([filter.active, filter.text, filtered.changes], [true, 'App', 1]);
    assert.deepEqual(filtered.ids(web, app, group), ['d', 'g']);
    filter.set(' ');
    assert.deepEqual([filter.active, filter.text, filtered.changes], [false, '', 2]);
    filter.dispose();
    filter.preview('web');
    assert.equal(filtered.changes, 2, 'nobody follows it any more');
  });

  it('is stored for windows of the workspace that open later, and not while it is typed', () => {
    const shared = new FakeStorage();
    const textIn = (workspace: string): string => {
      using later = new Filtered({}, { shared, workspace });
      return [later.filter.text, later.filter.active ? 'active' : 'off'].join(' ');
    };
    using window = new Filtered({}, { shared, workspace: 'w1' });
    window.filter.preview('web');
    assert.equal(textIn('w1'), ' off');
    window.filter.set('web');
    assert.deepEqual([textIn('w1'), textIn('w2')], ['web active', ' off']);
    window.filter.set('');
    assert.equal(textIn('w1'), ' off');
  });

  it('is migrated from version 0.1.0, and from nothing else', () => {
    const from = (kept: unknown): string => {
      using window = new Filtered({}, { workspace: 'w', workspaceState: new Map([['filter', kept]]) });
      return window.filter.text;
    };
    assert.equal(from('owner:ann'), 'owner:ann');
    for (const kept of [undefined, 7, { text: 'a' }, '']) assert.equal(from(kept), '');
  });

  it('finds the loaded connections of a dataset, by its ID and its name', async () => {
    using filtered = new Filtered();
    const { filter, served } = filtered;
    await served.store.load(account);
    filter.set('dataset:clicks');
    assert.deepEqual(filtered.ids(web, app), [], 'nothing is loaded');
    await served.store.load(web.path);
    for (const text of ['dataset:clicks', 'dataset:5F24', 'dataset:"web cl"']) {
      filter.set(text);
      assert.deepEqual(filtered.ids(web, app), ['c'], text);
    }
    filter.set('dataset:"5f24 web"');
    assert.deepEqual(filtered.ids(web, app), ['c']);
    served.lists.set(web.path, [resource(web.path, 'dataView', 'clicks'), clicks]);
    await served.store.refresh(web.path);
    filter.set('dataset:clicks');
    assert.deepEqual(filtered.ids(web), ['c']);
    served.lists.set(web.path, [resource(web.path, 'dataView', 'clicks')]);
    await served.store.refresh(web.path);
    assert.deepEqual(filtered.ids(web), [], 'a data view is no dataset');
  });

  it('does not count a dataset that is deeper as one of the connection', async () => {
    using filtered = new Filtered();
    const deeper = childPath(clicks.path, 'dataset', 'x');
    filtered.served.lists.set(web.path, [{ ...clicks, path: deeper, id: 'x', label: 'x' }]);
    await filtered.served.store.load(account);
    await filtered.served.store.load(web.path);
    filtered.filter.set('dataset:x');
    assert.deepEqual(filtered.ids(web), []);
  });

  it('asks all accounts once who uses a dataset, and shows the result', async () => {
    const asked: string[] = [];
    const findByDataset = (of: Resource, id: string): Promise<readonly Resource[]> => {
      asked.push(`${of.id} ${id}`);
      return Promise.resolve(of.id === 'a' && id === 'ds1' ? [app] : []);
    };
    using filtered = new Filtered({ findConnectionsByDataset: findByDataset }, {}, ['a', 'b']);
    const { filter } = filtered;
    filter.set('web dataset:ds1');
    await filter.findDatasets();
    assert.deepEqual([asked, filtered.changes], [['a ds1', 'b ds1'], 2]);
    filter.set('dataset:ds1');
    assert.deepEqual(filtered.ids(web, app), ['d']);
    await filter.findDatasets();
    assert.deepEqual([asked.length, filtered.changes], [2, 3], 'it is known');
    filter.set('dataset:ds1 dataset:ds2');
    await filter.findDatasets();
    assert.deepEqual([asked.slice(2), filtered.ids(web, app)], [['a ds2', 'b ds2'], []]);
  });

  it('does not treat a failure as an answer', async () => {
    let fails = true;
    const findByDataset = (): Promise<readonly Resource[]> =>
      fails ? Promise.reject(new HttpError('server', 'Down.')) : Promise.resolve([web]);
    using filtered = new Filtered({ findConnectionsByDataset: findByDataset });
    filtered.filter.set('dataset:ds');
    await assert.rejects(filtered.filter.findDatasets(), /Down/);
    fails = false;
    await filtered.filter.findDatasets();
    assert.deepEqual(filtered.ids(web, app), ['c']);
  });

  it('hides what is below a hidden connection, and nothing unknown', async () => {
    using filtered = new Filtered();
    const { filter, served } = filtered;
    await served.store.load(account);
    filter.set('app');
    assert.deepEqual(
      [web.path, clicks.path, app.path, account, childPath(account, 'connection', 'x')].map((path) =>
        filter.hides(path),
      ),
      [true, true, false, false, false],
    );
  });

  it('counts the connections of all accounts: shown, loaded, and in total', async () => {
    using filtered = new Filtered({}, {}, ['a', 'b']);
    const { filter, served } = filtered;
    served.lists.set(account, page([web, app, group], { total: 7 }));
    const b = accountPath('b');
    served.lists.set(b, [resource(b, 'connection', 'w', 'Web'), resource(b, 'connection', 'x', 'Web too')]);
    filter.set('web');
    assert.deepEqual(filter.count(), { shown: 0, loaded: 0, total: 0 });
    await served.store.load(account);
    await served.store.load(b);
    assert.deepEqual(filter.count(), { shown: 3, loaded: 4, total: 9 });
  });

  it('includes connections below other rows too, such as those of an entity', async () => {
    using filtered = new Filtered();
    const { filter, served } = filtered;
    const users = { ...resource(account, 'entity', 'users'), hasChildren: true };
    const [salesforce, stripe] = ['salesforce', 'stripe'].map((id) => resource(users.path, 'connection', id));
    assert.ok(salesforce && stripe);
    served.lists.set(account, page([users], { total: 1 }));
    served.lists.set(users.path, [salesforce, stripe, resource(users.path, 'group', 'attributes')]);
    await served.store.load(account);
    await served.store.load(users.path);
    filter.set('stripe');
    assert.deepEqual(filter.count(), { shown: 1, loaded: 2, total: 2 });
    assert.deepEqual([filter.hides(salesforce.path), filter.hides(stripe.path)], [true, false]);
    assert.deepEqual(
      filter.connections().map(({ id }) => id),
      ['salesforce', 'stripe'],
    );
  });
});
