import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TabModels } from '../../../../src/features/details/tabModels';
import type { LaneModel } from '../../../../src/shared/models';
import { HttpError } from '../../../../src/core/http/errors';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Property } from '../../../../src/core/services/contract/properties';
import type { Cursor } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { DetailViews, Table, Timeline } from '../../../../src/core/services/contract/detailViews';
import type { Store } from '../../../../src/core/store/store';
import { account, deferred, page, resource, settle } from '../../../support/fakes/store';
import { Served } from '../../../support/served';

const web = resource(account, 'connection', 'c', 'Web');
const [d1, d2, d3] = ['d1', 'd2', 'd3'].map((id) => resource(web.path, 'dataset', id)) as [
  Resource,
  Resource,
  Resource,
];
const run = resource(d1.path, 'backfill', 'r');
const down = new HttpError('server', 'Down.');
const table: Table = { id: 't', title: 'Datasets', source: web.path, columns: [], includes: () => true };
const timeline: Timeline = { source: web.path, lanes: 'dataset', bars: 'backfill' };

async function rest(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await settle();
}

/** What the tabs show of a connection with three datasets, the first of which has a backfill. */
class Drawn implements Disposable {
  readonly served: Served;
  readonly store: Store;
  readonly pictures: TabModels;
  changes = 0;
  session!: Session;

  constructor(portrait: Partial<DetailViews> = {}, facts: readonly Property[] = []) {
    const whole = {
      tables: () => [table],
      timeline: () => timeline,
      structureInputs: () => [web.path],
      structure: (_: Resource, getList: (path: typeof web.path) => readonly Resource[]) => ({
        nodes: getList(web.path).map(({ id, label, kind, path }) => ({ id, label, kind, path })),
        edges: [],
      }),
      ...portrait,
    };
    this.served = new Served({ detailViews: whole, properties: () => facts });
    this.served.lists.set(account, [web]).set(web.path, [d1, d2, d3]).set(d1.path, [run]);
    this.store = this.served.store;
    this.pictures = new TabModels(this.store, () => this.changes++);
  }

  /** The connection is known. */
  static async begin(...parts: ConstructorParameters<typeof Drawn>): Promise<Drawn> {
    const drawn = new Drawn(...parts);
    drawn.session = await drawn.served.session();
    await drawn.store.load(account);
    return drawn;
  }

  [Symbol.dispose](): void {
    this.pictures.dispose();
    this.store.dispose();
  }

  /** The connection is gone from its list. */
  async lose(): Promise<void> {
    this.served.lists.set(account, []);
    await this.store.refresh(account);
  }

  overview(): ReturnType<TabModels['overview']> {
    return this.pictures.overview(this.session, web);
  }

  timeline(): NonNullable<ReturnType<TabModels['timeline']>> {
    return this.pictures.timeline(this.session, web) ?? assert.fail();
  }

  structure(): NonNullable<ReturnType<TabModels['structure']>> {
    return this.pictures.structure(this.session, web) ?? assert.fail();
  }
}

describe('The tabs of a resource', () => {
  it('are those with content', async () => {
    const tabs = async (
      portrait: Partial<DetailViews>,
      facts: readonly Property[] = [],
    ): Promise<readonly string[]> => {
      using drawn = await Drawn.begin(
        { tables: () => [], timeline: () => undefined, structureInputs: () => [], ...portrait },
        facts,
      );
      return drawn.pictures.tabs(drawn.session, web);
    };
    assert.deepEqual(await tabs({}), []);
    assert.deepEqual(await tabs({}, [{ label: 'A', value: 'B' }]), ['overview']);
    assert.deepEqual(await tabs({ tables: () => [table] }), ['overview']);
    assert.deepEqual(await tabs({ timeline: () => timeline }), ['timeline']);
    assert.deepEqual(await tabs({ structureInputs: () => [account] }), ['structure']);
    using drawn = await Drawn.begin();
    assert.deepEqual(drawn.pictures.tabs(drawn.session, web), ['overview', 'timeline', 'structure']);
    const bare = drawn.served.sessionWith({});
    assert.deepEqual(drawn.pictures.tabs(bare, web), []);
    assert.deepEqual(
      [drawn.pictures.timeline(bare, web), drawn.pictures.structure(bare, web)],
      [undefined, undefined],
    );
    assert.deepEqual(drawn.pictures.overview(bare, web), { facts: [], tables: [] });
  });
});

describe('A tab that is open', () => {
  it('loads its lists, each once, and counts them as loading from then on', async () => {
    using drawn = await Drawn.begin({ tables: () => [table, { ...table, id: 'again' }] });
    assert.deepEqual(
      drawn.overview().tables.map(({ loading, more }) => [loading, more]),
      [
        [true, false],
        [true, false],
      ],
    );
    drawn.overview();
    drawn.structure();
    await rest();
    assert.equal(drawn.served.asked(web.path), 1);
    assert.ok(drawn.changes > 0, 'it is to be drawn again');
    const { tables } = drawn.overview();
    assert.deepEqual([tables[0]?.loading, tables[0]?.rows.length], [false, 3]);
    assert.equal(drawn.structure().nodes.length, 3);
    await rest();
    assert.equal(drawn.served.asked(web.path), 1);
    await drawn.store.refresh(account);
    drawn.overview();
    await rest();
    assert.equal(drawn.served.asked(web.path), 2, 'it was to be read again');
  });

  it('requests a list that leads nowhere once, until it is retried', async () => {
    using drawn = await Drawn.begin({
      tables: () => [{ ...table, source: resource(account, 'connection', 'nowhere').path }],
    });
    const before = drawn.served.asked(account);
    drawn.overview();
    await rest();
    const asked = drawn.served.asked(account);
    const { changes } = drawn;
    assert.ok(changes > 0);
    assert.deepEqual(drawn.overview().tables[0]?.loading, false);
    await rest();
    assert.deepEqual([drawn.served.asked(account), drawn.changes, asked >= before], [asked, changes, true]);
    drawn.pictures.reset();
    assert.equal(drawn.overview().tables[0]?.loading, true);
    await rest();
  });

  it('can be stopped, and keeps what was loaded', async () => {
    using drawn = await Drawn.begin();
    const answer = deferred<ReturnType<typeof page>>();
    drawn.served.lists.set(web.path, answer.promise);
    drawn.overview();
    await rest();
    const call = drawn.served.calls.at(-1)?.call;
    const { changes } = drawn;
    drawn.pictures.cancel();
    assert.deepEqual([call?.signal?.aborted, drawn.changes > changes], [true, true]);
    await rest();
    assert.deepEqual(
      drawn.overview().tables.map(({ loading, more }) => [loading, more]),
      [[false, true]],
    );
    drawn.overview();
    await rest();
    assert.equal(drawn.served.asked(web.path), 1, 'it stays stopped');
    drawn.served.lists.set(web.path, [d1]);
    await drawn.pictures.load(web.path);
    assert.equal(drawn.overview().tables[0]?.rows.length, 1);
  });

  it('observes nothing after it is disposed of', async () => {
    const drawn = await Drawn.begin();
    drawn.served.lists.set(web.path, new Promise(() => undefined));
    drawn.overview();
    drawn.timeline();
    await rest();
    const { call } = drawn.served.calls.at(-1) ?? assert.fail();
    drawn[Symbol.dispose]();
    assert.equal(call.signal?.aborted, true);
  });
});

describe('Loading more in a tab', () => {
  it('loads the list, the rest of it, or what failed of it', async () => {
    using drawn = await Drawn.begin();
    const { served, store, pictures } = drawn;
    await pictures.load(web.path);
    assert.equal(store.rows(web.path)?.length, 3);
    await pictures.load(web.path);
    assert.equal(served.asked(web.path), 1, 'it is there');
    served.lists.set(web.path, down);
    await store.refresh(web.path);
    served.lists.set(web.path, [d1]);
    await pictures.load(web.path);
    assert.deepEqual(
      store.rows(web.path)?.map(({ id }) => id),
      ['d1'],
    );
    served.lists.set(d1.path, page([run], { nextCursors: ['2' as Cursor], loading: 'onDemand' }));
    await pictures.load(d1.path);
    assert.deepEqual(
      store.rows(d1.path)?.map(({ kind }) => kind),
      ['backfill', 'more'],
    );
    const later = resource(d1.path, 'backfill', 's');
    served.lists.set(d1.path, page([later]));
    await pictures.load(d1.path);
    assert.deepEqual(
      store.rows(d1.path)?.map(({ id }) => id),
      ['r', 's'],
    );
    assert.equal(served.calls.at(-1)?.request.cursor, '2');
    await pictures.load(resource(account, 'connection', 'nowhere').path);
  });
});

describe('A deleted resource', () => {
  it('is shown in its last state, with nothing in progress and no problem', async () => {
    using drawn = await Drawn.begin(
      { tables: () => [table, { ...table, id: 'empty', includes: () => false }] },
      [{ label: 'A', value: 'B' }],
    );
    drawn.served.lists.set(d2.path, down);
    drawn.overview();
    drawn.structure();
    drawn.timeline();
    await rest();
    const before = { overview: drawn.overview(), structure: drawn.structure(), timeline: drawn.timeline() };
    assert.ok(before.timeline.lanes.some(({ problem }) => problem !== undefined));
    await drawn.lose();
    const calls = drawn.served.calls.length;
    const over = { loading: false, stale: false, more: false };
    const { facts, tables } = drawn.overview();
    assert.deepEqual([facts, tables], [[{ label: 'A', value: 'B' }], before.overview.tables.slice(0, 1)]);
    assert.deepEqual(drawn.structure(), { nodes: before.structure.nodes, edges: [], ...over });
    const ended = before.timeline.lanes.map(({ path, label, bars }): LaneModel => ({
      path,
      label,
      bars,
      ...over,
    }));
    assert.deepEqual(drawn.timeline(), { title: 'Backfills', lanes: ended });
    await rest();
    assert.equal(drawn.served.calls.length, calls);
  });

  it('is empty if it was never shown, except for its properties', async () => {
    using drawn = await Drawn.begin({}, [{ label: 'A', value: 'B' }]);
    await drawn.lose();
    assert.deepEqual(drawn.overview(), { facts: [{ label: 'A', value: 'B' }], tables: [] });
    assert.deepEqual(drawn.structure(), { nodes: [], edges: [], loading: false, stale: false, more: false });
    assert.deepEqual(drawn.timeline(), { title: 'Backfills', lanes: [] });
  });
});

describe('Loading a timeline', () => {
  const paths = (drawn: Drawn): readonly string[] => drawn.served.calls.slice(1).map(({ path }) => path);

  it('loads the lanes, then the unknown runs of each, in the background', async () => {
    using drawn = await Drawn.begin();
    await drawn.store.load(d2.path);
    await rest();
    const before = paths(drawn).length;
    assert.deepEqual(drawn.timeline().progress, {
      ...{ done: 1, total: 3 },
      text: '1 of 3 datasets loaded',
    });
    drawn.timeline();
    await rest();
    assert.deepEqual(paths(drawn).slice(before), [d1.path, d3.path]);
    assert.equal(drawn.served.calls.at(-1)?.call.priority, 'background');
    assert.equal(drawn.timeline().progress, undefined);
    assert.deepEqual(
      drawn.timeline().lanes[0]?.bars.map(({ label }) => label),
      ['r'],
    );
    await rest();
    assert.equal(paths(drawn).length, before + 2, 'it was read since');
    await drawn.store.refresh(web.path);
    drawn.timeline();
    await rest();
    assert.equal(drawn.served.asked(d1.path), 2, 'its lanes were read again');
  });

  it('loads lanes with their runs at once if these come together, and several are missing', async () => {
    const together = { timeline: () => ({ ...timeline, prefetchable: true }) };
    using drawn = await Drawn.begin(together);
    const withRuns = [d1, d2, d3].map((lane) => ({ resource: lane, children: page([]) }));
    drawn.served.lists.set(web.path, page(withRuns));
    drawn.timeline();
    await rest();
    assert.deepEqual(paths(drawn), [web.path]);
    assert.equal(drawn.served.calls[1]?.request.depth, 1);
    assert.equal(drawn.served.calls[1].request.bypassCache, false);
    using two = await Drawn.begin(together);
    await two.store.load(web.path);
    two.served.lists.set(web.path, page(withRuns));
    two.timeline();
    await rest();
    assert.deepEqual(paths(two), [web.path, web.path]);
    assert.equal(two.served.calls[2]?.request.bypassCache, true);
    using one = await Drawn.begin(together);
    await one.store.load(web.path);
    for (const { path } of [d1, d2]) await one.store.load(path);
    one.timeline();
    await rest();
    assert.deepEqual(paths(one).slice(3), [d3.path], 'one is not worth it');
  });

  it('does not start again by itself after it failed or was stopped', async () => {
    using drawn = await Drawn.begin();
    drawn.served.lists.set(web.path, down);
    drawn.timeline();
    await rest();
    assert.equal(drawn.timeline().problem?.includes('Down.'), true);
    await rest();
    assert.equal(drawn.served.asked(web.path), 1);
    drawn.pictures.reset();
    drawn.served.lists.set(web.path, [d1, d2, d3]).set(d1.path, new Promise(() => undefined));
    await drawn.pictures.load(web.path);
    drawn.timeline();
    await rest();
    drawn.pictures.cancel();
    await rest();
    assert.equal(drawn.timeline().note, 'Loading was stopped. Some runs are missing.');
    assert.equal(drawn.timeline().progress, undefined);
    const asked = drawn.served.calls.length;
    await rest();
    assert.equal(drawn.served.calls.length, asked);
    drawn.served.lists.set(d1.path, [run]);
    drawn.pictures.reset();
    assert.equal(drawn.timeline().note, undefined);
    await rest();
    assert.equal(drawn.timeline().lanes[0]?.bars.length, 1);
    drawn.pictures.cancel();
    assert.equal(drawn.timeline().note, undefined, 'there was nothing to stop');
  });

  it('says that it waits, for pauses of some length', async () => {
    using drawn = await Drawn.begin();
    await drawn.store.load(web.path);
    const answer = deferred<ReturnType<typeof page>>();
    drawn.served.lists.set(d1.path, answer.promise);
    drawn.timeline();
    await rest();
    const call = drawn.served.calls.find(({ path }) => path === d1.path)?.call ?? assert.fail();
    const { changes } = drawn;
    call.onWait?.({ reason: 'limit', delay: 999, attempt: 1 });
    assert.deepEqual([drawn.timeline().waiting, drawn.changes], [undefined, changes]);
    drawn.served.calls[0]?.call.onWait?.({ reason: 'limit', delay: 9000, attempt: 1 });
    assert.equal(drawn.timeline().waiting, undefined, 'a list elsewhere');
    call.onWait?.({ reason: 'limit', delay: 1000, attempt: 1 });
    assert.match(drawn.timeline().waiting ?? '', /Retrying in 1 s/);
    assert.ok(drawn.changes > changes);
    answer.resolve(page([run]));
    await rest();
    assert.equal(drawn.timeline().waiting, undefined);
  });
});
