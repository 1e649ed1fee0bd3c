import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { AccountLevel, Column, Table } from '../../../../src/core/services/contract/detailViews';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Cursor, Page } from '../../../../src/core/services/contract/page';
import { type Resource, type Status, getJson } from '../../../../src/core/services/contract/resource';
import { isSameLook, toLook, LookMemory } from '../../../../src/features/details/accountLooks';
import { AccountSummary } from '../../../../src/features/details/accountSummary';
import { TabModels } from '../../../../src/features/details/tabModels';
import { HttpError } from '../../../../src/core/http/errors';
import type { OverviewModel, TableModel } from '../../../../src/shared/models';
import { account, deferred, page, resource, settle } from '../../../support/fakes/store';
import { openStorage } from '../../../support/fakes/storage';
import { Served } from '../../../support/served';
import { createDetailViews } from './panelWindow';

const failed: Status = { state: 'failed', label: '2 failed' };
const fine: Status = { state: 'ok', label: '9 completed' };

function connection(id: string, status: Status, errors = 0): Resource {
  return { ...resource(account, 'connection', id, id.toUpperCase()), status, json: { errors } };
}

function createDataset(parent: Resource, id: string, isOff: boolean): Resource {
  return { ...resource(parent.path, 'dataset', id, `Set ${id}`), json: { isOff } };
}

const [a, b] = [connection('a', failed, 3), connection('b', fine)];
const type: Column = { id: 'type', label: 'Type', kind: 'text', value: ({ id }) => `type of ${id}` };
const levels: readonly AccountLevel[] = [
  {
    ...{ kind: 'connection', title: 'Connections' },
    tallies: [
      { id: 'errors', label: 'Errors', state: 'warning', count: (row) => Number(getJson(row)?.errors ?? 0) },
    ],
  },
  {
    ...{ kind: 'dataset', title: 'Datasets' },
    tallies: [
      { id: 'off', label: 'Off', state: 'inactive', count: (row) => Number(getJson(row)?.isOff === true) },
    ],
    load: {
      title: 'Load Datasets',
      prefetchable: true,
      missing: (count, total) => `Not loaded for ${count} of ${total}`,
    },
  },
];

function getTable(parent: Resource): readonly Table[] {
  return [{ id: 't', title: 'All', source: parent.path, columns: [type], includes: () => true }];
}

/** An account whose overview is open, in windows that remember what they have shown. */
class Opened implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'looked-'));
  readonly served: Served;
  session!: Session;
  summary!: AccountSummary;
  /** The setting `noNewDataHours`. */
  hours = 0;
  models: TabModels | undefined;

  private constructor(some: readonly AccountLevel[]) {
    this.served = new Served({
      detailViews: createDetailViews({ tables: getTable, accountLevels: () => some }),
    });
    this.served.lists.set(account, [a, b]);
  }

  static async begin(some = levels): Promise<Opened> {
    const opened = new Opened(some);
    opened.session = await opened.served.session();
    opened.reopen();
    await opened.rest();
    return opened;
  }

  /** Closes the panel, and opens it again. */
  reopen(): void {
    this.models?.dispose();
    const { store } = this.served;
    const memory = new LookMemory(openStorage({ folder: this.folder }));
    this.summary = new AccountSummary({
      ...{ store, memory, changed: () => undefined },
      freshness: () => ({ store, hours: this.hours, language: 'en', now: Date.now() }),
    });
    this.models = new TabModels(
      store,
      () => undefined,
      () => undefined,
      this.summary,
    );
  }

  overview(): OverviewModel {
    const row = this.served.store.accounts()[0] ?? assert.fail();
    return this.models?.overview(this.session, row) ?? assert.fail();
  }

  /** Renders until a condition holds, which takes requests and files. */
  async until(holds: (model: OverviewModel) => boolean): Promise<OverviewModel> {
    for (;;) {
      const model = this.overview();
      if (holds(model)) return model;
      await settle();
      await new Promise((done) => setImmediate(done));
    }
  }

  /** Shows until the list of the account has been read. */
  rest(): Promise<OverviewModel> {
    const { store } = this.served;
    return this.until(
      ({ tables }) => store.rows(account) !== undefined && tables.every(({ loading }) => !loading),
    );
  }

  /** Shows until the text about changes begins so. */
  untilChanges(beginning: string): Promise<OverviewModel> {
    return this.until(({ summary }) => summary?.changes?.text.startsWith(beginning) === true);
  }

  /** Waits until it is remembered that the account looked so. */
  async remembered(...rows: readonly Resource[]): Promise<void> {
    const memory = new LookMemory(openStorage({ folder: this.folder }));
    const wanted = toLook(rows, 0);
    for (;;) {
      this.overview();
      const look = await memory.read(account);
      if (look && isSameLook(look, wanted)) return;
    }
  }

  async load(level: string): Promise<void> {
    const row = this.served.store.accounts()[0] ?? assert.fail();
    await this.models?.loadLevel(this.session, row, level);
  }

  [Symbol.dispose](): void {
    this.models?.dispose();
    this.served.store.dispose();
    rmSync(this.folder, { recursive: true, maxRetries: 5 });
  }
}

/** The counts of a level, as they are read. */
function counts(model: OverviewModel, level = 0): readonly string[] {
  return (model.summary?.levels[level]?.counts ?? []).map(({ count, label }) => `${count} ${label}`);
}

function shown({ rows }: TableModel): readonly string[] {
  return rows.map(({ name, cells }) => [name, ...cells].join(' | '));
}

/** The list of the account with datasets in the same response. */
function withDatasets(): Page {
  const sets = [createDataset(a, '1', true), createDataset(a, '2', false)];
  return page(
    [
      { resource: a, children: page(sets) },
      { resource: b, children: page([createDataset(b, '3', true)]) },
    ],
    { loading: 'onDemand' },
  );
}

describe('The overview of an account', () => {
  it('counts connections by state, most urgent first, and their datasets, with one request', async () => {
    using opened = await Opened.begin();
    const model = await opened.rest();
    assert.deepEqual(counts(model), ['1 failed', '1 OK', '3 Errors']);
    assert.equal(model.summary?.levels[0]?.total, 2);
    assert.equal(opened.served.calls.length, 1);
  });

  it('says what is not loaded, and loads it only with the requests of the list', async () => {
    using opened = await Opened.begin();
    const before = (await opened.rest()).summary?.levels[1];
    assert.deepEqual(before?.missing, { text: 'Not loaded for 2 of 2', button: 'Load Datasets' });
    assert.deepEqual(before.counts, []);
    opened.served.lists.set(account, withDatasets());
    await opened.load('dataset');
    const model = await opened.rest();
    assert.deepEqual(counts(model, 1), ['2 Off']);
    assert.equal(model.summary?.levels[1]?.missing, undefined);
    assert.equal(model.tables[0]?.note, undefined);
    assert.deepEqual(
      opened.served.calls.map(({ path, request }) => [path, request.depth]),
      [
        [account, 0],
        [account, 1],
      ],
    );
  });

  it('says of a level that it is being loaded, and loads it once', async () => {
    using opened = await Opened.begin();
    const answer = deferred<Page>();
    opened.served.lists.set(account, answer.promise);
    const loading = (): readonly unknown[] | undefined =>
      opened.overview().summary?.levels.map((level) => level.loading);
    assert.deepEqual(loading(), [false, false]);
    const loaded = Promise.all([opened.load('dataset'), opened.load('dataset')]);
    assert.deepEqual(loading(), [false, true]);
    answer.resolve(withDatasets());
    await loaded;
    assert.deepEqual(loading(), [false, false]);
    assert.equal(opened.served.calls.length, 2);
  });

  it('counts on a level only the rows that it can be below', async () => {
    const [first, second] = levels;
    assert.ok(first && second?.load);
    for (const [ids, text] of [
      ['ab', 'Not loaded for 2 of 2'],
      ['a', 'Not loaded for 1 of 1'],
      ['', undefined],
    ] as const) {
      const load = { ...second.load, isBelow: ({ id }: Resource) => ids.includes(id) };
      using opened = await Opened.begin([first, { ...second, load }]);
      const model = await opened.rest();
      assert.equal(model.summary?.levels[1]?.missing?.text, text);
    }
  });

  it('requests no list of its own if the list of the account cannot be loaded', async () => {
    using opened = await Opened.begin();
    opened.served.lists.set(account, new HttpError('server', 'Down.'));
    await opened.load('dataset');
    const model = await opened.rest();
    assert.ok(opened.served.calls.every(({ path }) => path === account));
    assert.equal(model.summary?.levels[1]?.missing?.button, 'Load Datasets');
    for (const count of [undefined, 'errors']) {
      opened.summary.choose(count);
      assert.match(opened.overview().tables[0]?.problem ?? '', /Down/, count);
    }
  });

  it('requests each list if responses cannot include them', async () => {
    const [first, second] = levels;
    assert.ok(first && second?.load);
    using opened = await Opened.begin([first, { ...second, load: { ...second.load, prefetchable: false } }]);
    opened.served.lists.set(a.path, [createDataset(a, '1', true)]);
    await opened.load('dataset');
    assert.deepEqual(counts(await opened.rest(), 1), ['1 Off']);
    assert.deepEqual(
      [a, b].map(({ path }) => opened.served.asked(path)),
      [1, 1],
    );
  });

  it('shows the rows of a chosen count, with the count of each and its place, and then all again', async () => {
    using opened = await Opened.begin();
    opened.served.lists.set(account, withDatasets());
    await opened.load('dataset');
    await opened.rest();
    opened.summary.choose('errors');
    const errors = opened.overview();
    assert.equal(errors.summary?.chosen, 'errors');
    assert.deepEqual(
      errors.tables.map(({ title }) => title),
      ['Connections: Errors'],
    );
    assert.deepEqual(errors.tables.flatMap(shown), ['A | 3 | type of a']);
    opened.summary.choose('connection:ok');
    assert.deepEqual(opened.overview().tables.flatMap(shown), ['B | type of b']);
    opened.summary.choose('off');
    assert.deepEqual(opened.overview().tables.flatMap(shown), [
      'Set 1 | A | type of 1',
      'Set 3 | B | type of 3',
    ]);
    opened.summary.choose(undefined);
    assert.deepEqual(
      opened.overview().tables.map(({ title }) => title),
      ['All'],
    );
    opened.summary.choose('no such count');
    assert.deepEqual(
      opened.overview().tables.map(({ title }) => title),
      ['All'],
    );
  });

  it('offers to load more of its list in the table of all, and not in that of a count', async () => {
    using opened = await Opened.begin();
    opened.served.lists.set(account, page([a, b], { nextCursors: ['2' as Cursor], loading: 'onDemand' }));
    await opened.served.store.refresh(account);
    assert.deepEqual(
      (await opened.rest()).tables.map(({ title, more }) => [title, more]),
      [['All', true]],
    );
    opened.summary.choose('errors');
    assert.deepEqual(
      opened.overview().tables.map(({ title, more }) => [title, more]),
      [['Connections: Errors', false]],
    );
  });

  it('counts what lacks new data as the setting and the rows say', async () => {
    using opened = await Opened.begin();
    const daysAgo = (days: number, isOff = false): Partial<Resource> => ({
      newData: { lastAt: new Date(Date.now() - days * 86_400_000).toISOString(), isOff },
    });
    const sets = [
      { ...createDataset(a, '1', false), ...daysAgo(2) },
      { ...createDataset(a, '2', false), ...daysAgo(9) },
      { ...createDataset(a, '3', true), ...daysAgo(9, true) },
      createDataset(a, '4', false),
    ];
    const children = page([{ resource: a, children: page(sets) }], { loading: 'onDemand' });
    opened.served.lists.set(account, children);
    await opened.load('dataset');
    const told = (hours: number): readonly string[] => {
      opened.hours = hours;
      return counts(opened.overview(), 1);
    };
    assert.deepEqual(told(0), ['1 Off']);
    assert.deepEqual(told(24), ['2 needs attention', '1 Off', '2 without new data for 24 hours']);
    assert.deepEqual(told(168), ['1 needs attention', '1 Off', '1 without new data for 168 hours']);
    assert.deepEqual(told(8760), ['1 Off', '0 without new data for 8760 hours']);
    told(168);
    opened.summary.choose('dataset:noNewData');
    const { tables } = opened.overview();
    assert.deepEqual(tables.flatMap(shown), ['Set 2 | A | type of 2']);
    assert.match(tables[0]?.rows[0]?.status?.text ?? '', /no new data \(newest 9 days ago\)/);
  });

  it('is empty for a service without levels', async () => {
    using opened = await Opened.begin([]);
    const model = await opened.rest();
    assert.equal(model.summary, undefined);
    assert.equal(model.tables.length, 1);
  });
});

describe('The changes since an account was last viewed', () => {
  it('are unknown the first time, then none, then what differs', async () => {
    using opened = await Opened.begin();
    const first = await opened.untilChanges('Changes since your last look');
    assert.equal(first.summary?.changes?.since, undefined);
    await opened.remembered(a, b);
    opened.reopen();
    const second = await opened.untilChanges('Nothing has changed');
    assert.ok(second.summary?.changes?.since);
    opened.served.lists.set(account, [connection('a', fine), connection('n', fine)]);
    await opened.served.store.refresh(account);
    const { tables } = await opened.untilChanges('3 connections have changed');
    assert.deepEqual(tables[0] && shown(tables[0]), ['A | 2 failed', 'N | new', 'B | 9 completed']);
    assert.deepEqual(
      tables[0]?.rows.map(({ status }) => status?.text),
      ['9 completed', '9 completed', 'no longer there'],
    );
  });

  it('are shown as long as the panel is open, and not after it was closed or marked as seen', async () => {
    using opened = await Opened.begin();
    await opened.remembered(a, b);
    opened.reopen();
    await opened.untilChanges('Nothing has changed');
    const healed = connection('a', fine);
    opened.served.lists.set(account, [healed, b]);
    await opened.served.store.refresh(account);
    await opened.untilChanges('1 connection has changed');
    await opened.remembered(healed, b);
    assert.match(opened.overview().summary?.changes?.text ?? '', /^1 connection has changed/);
    opened.summary.markAsSeen();
    assert.match(opened.overview().summary?.changes?.text ?? '', /^Nothing has changed/);
    opened.served.lists.set(account, [a, b]);
    await opened.served.store.refresh(account);
    await opened.untilChanges('1 connection has changed');
    await opened.remembered(a, b);
    opened.reopen();
    await opened.untilChanges('Nothing has changed');
  });

  it('are not told while the list is being read again', async () => {
    using opened = await Opened.begin();
    await opened.remembered(a, b);
    opened.reopen();
    await opened.untilChanges('Nothing has changed');
    const answer = deferred<Page>();
    opened.served.lists.set(account, answer.promise);
    const refreshed = opened.served.store.refresh(account);
    const model = await opened.until(({ tables }) => tables.some(({ loading }) => loading));
    assert.equal(model.summary?.changes, undefined);
    answer.resolve(page([a, b]));
    await refreshed;
    await opened.untilChanges('Nothing has changed');
  });

  it('are not guessed from a list that could not be reloaded', async () => {
    using opened = await Opened.begin();
    await opened.remembered(a, b);
    opened.reopen();
    await opened.untilChanges('Nothing has changed');
    opened.served.lists.set(account, new HttpError('server', 'Down.'));
    await opened.served.store.refresh(account);
    const model = await opened.until(({ tables }) => tables.some(({ stale }) => stale));
    assert.equal(model.summary?.changes, undefined);
    opened.served.lists.set(account, [a]);
    await opened.served.store.refresh(account);
    await opened.untilChanges('1 connection has changed');
  });
});
