import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  listModel,
  type Lists,
  listsModel,
  resourcesBelow,
} from '../../../../src/features/details/listModel';
import { toOverview } from '../../../../src/features/details/overview';
import { toStructure } from '../../../../src/features/details/structure';
import { toTimeline } from '../../../../src/features/details/timeline';
import { childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type {
  DetailViews,
  StructureNode,
  Table,
  Timeline,
} from '../../../../src/core/services/contract/detailViews';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Resource, Problem } from '../../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../../src/shared/kinds';
import type { ListState } from '../../../../src/core/store/store';
import { account, resource } from '../../../support/fakes/store';
import { Served } from '../../../support/served';

const web = resource(account, 'connection', 'c', 'Web');
const status = { state: 'failed', label: 'UNHEALTHY' } as const;
const shownStatus = { ...status, text: 'unhealthy' };
const failure = (what: string, more: Partial<Problem> = {}): Resource => ({
  ...resource(web.path, 'problem', what),
  problem: { title: what, detail: 'Why.', retryable: true, ...more },
});

/** The content of a store: lists by path, their states, and resources. */
class Known implements Lists {
  readonly lists = new Map<ResourcePath, readonly Resource[]>();
  readonly states = new Map<ResourcePath, Partial<ListState>>();
  readonly resources = new Map<ResourcePath, Resource>();

  set(path: ResourcePath, rows: readonly Resource[], state: Partial<ListState> = {}): this {
    this.lists.set(path, rows);
    this.states.set(path, { loaded: rows.length, ...state });
    return this;
  }

  get(path: ResourcePath): Resource | undefined {
    return this.resources.get(path);
  }

  rows(path: ResourcePath): readonly Resource[] | undefined {
    return this.lists.get(path);
  }

  state(path: ResourcePath): ListState {
    return {
      ...{ loaded: 0, total: undefined, reading: false, stale: false, dirty: false },
      ...{ readAt: undefined, failedAt: undefined },
      ...this.states.get(path),
    };
  }
}

function createSession(portrait: Partial<DetailViews>, more: Partial<Session> = {}): Session {
  const whole = {
    tables: () => [],
    timeline: () => undefined,
    structureInputs: () => [],
    structure: () => ({ nodes: [], edges: [] }),
    ...portrait,
  };
  return new Served().sessionWith({ detailViews: whole, ...more });
}

describe('The state of a list', () => {
  const model = (rows: readonly Resource[] | undefined, state: Partial<ListState> = {}): object => {
    const known = new Known();
    if (rows) known.set(web.path, rows, state);
    else known.states.set(web.path, state);
    return listModel(known, web.path);
  };
  const still = { loading: false, stale: false, more: false };
  const dataset = resource(web.path, 'dataset', 'd');
  const more = resource(web.path, 'more', 'more');

  it('says whether it is loading, outdated or incomplete', () => {
    assert.deepEqual(model([dataset]), still);
    assert.deepEqual(model([dataset, more]), { ...still, more: true });
    assert.deepEqual(model([], { stale: true }), { ...still, stale: true });
    assert.deepEqual(model(undefined), { ...still, more: true }, 'people may ask for it');
    assert.deepEqual(model(undefined, { reading: true }), { ...still, loading: true });
    assert.deepEqual(model([more], { reading: true }), { loading: true, stale: false, more: true });
  });

  it('has up to three problems, each on one line of limited length', () => {
    assert.deepEqual(model([dataset, failure('A.', { advice: 'Do\nit.' })]), {
      ...still,
      problem: 'A. Why. Do it.',
    });
    const many = ['A.', 'B.', 'C.', 'D.'].map((what) => failure(what));
    assert.deepEqual(model(many), { ...still, problem: 'A. Why. B. Why. C. Why.' });
    const { problem = '' } = listModel(new Known().set(web.path, [failure('x'.repeat(2000))]), web.path);
    assert.ok(problem.length === 1000 && problem.endsWith('…'));
  });

  it('is combined with others by what is true of any of them', () => {
    const known = new Known();
    const paths = ['a', 'b', 'c', 'd', 'e'].map((id) => childPath(account, 'connection', id));
    const [a, b, c, d, e] = paths as [ResourcePath, ResourcePath, ResourcePath, ResourcePath, ResourcePath];
    for (const path of paths) known.set(path, [failure(path.at(-1) ?? '')]);
    assert.deepEqual(listsModel(known, []), still);
    assert.deepEqual(listsModel(known, paths), { ...still, problem: 'a. Why. b. Why. c. Why.' });
    for (const path of paths) known.set(path, []);
    assert.deepEqual(listsModel(known, paths), still);
    known.set(a, [], { reading: true }).set(b, [], { stale: true }).set(c, [more]);
    assert.deepEqual(listsModel(known, [a, d]), { ...still, loading: true });
    assert.deepEqual(listsModel(known, [b, d]), { ...still, stale: true });
    assert.deepEqual(listsModel(known, [e, c]), { ...still, more: true });
  });

  it('counts resources, and rows in between', () => {
    const group = resource(web.path, 'group', 'g');
    const known = new Known().set(web.path, [failure('A.'), dataset, group, more]);
    assert.deepEqual(resourcesBelow(known, web.path), [dataset, group]);
    assert.deepEqual(resourcesBelow(known, account), []);
  });
});

describe('The tab Overview', () => {
  it('shows properties with all their parts, as plain lines of limited length', () => {
    const facts = [
      { label: 'A\nB', value: 'x'.repeat(2500), date: '2026-01-01', status, copy: false },
      { label: 'Plain', value: 'v' },
    ];
    const [whole, plain] = toOverview(
      new Known(),
      new Served().sessionWith({ properties: () => facts }),
      web,
    ).facts;
    assert.deepEqual(
      { ...whole, value: whole?.value.length },
      { label: 'A B', value: 2000, date: '2026-01-01', status: shownStatus, copy: false },
    );
    assert.deepEqual(plain, { label: 'Plain', value: 'v' });
  });

  it('says the word of a status once, beside the reason', () => {
    const facts = [
      { label: 'Client health', value: 'unhealthy: The credential was refused', status },
      { label: 'Policy health', value: 'unhealthy', status },
    ];
    const overview = toOverview(new Known(), new Served().sessionWith({ properties: () => facts }), web);
    assert.deepEqual(
      overview.facts.map(({ value }) => value),
      ['The credential was refused', 'unhealthy'],
    );
  });

  it('shows missing data first, and in the rows of datasets', () => {
    const newData = { lastAt: '2026-11-20T12:00:00Z', isOff: false };
    const row = { ...resource(web.path, 'dataset', 'd'), newData };
    const known = new Known().set(web.path, [row]);
    const table: Table = { id: 't', title: 'T', source: web.path, columns: [], includes: () => true };
    const now = Date.parse('2026-11-27T12:00:00Z');
    const store = { rows: (path: ResourcePath) => known.rows(path), readAt: () => now };
    const session = createSession({ tables: () => [table] });
    const getFreshness = (about: Resource, hours: number): readonly [unknown, unknown] => {
      const { facts, tables } = toOverview(known, session, about, { store, hours, language: 'en', now });
      return [facts[0]?.value, tables[0]?.rows[0]?.status?.state];
    };
    assert.deepEqual(getFreshness(row, 24), ['no new data (newest 7 days ago)', 'warning']);
    assert.deepEqual(getFreshness(web, 24), ['no new data in 1 dataset', 'warning']);
    assert.deepEqual(getFreshness(web, 0), [undefined, undefined]);
  });

  it('shows the resources of a list that belong to a table, with a cell for each column', () => {
    const table: Table = {
      ...{ id: 't', title: 'Datasets', source: web.path },
      columns: [
        { id: 'rows', label: 'Rows', kind: 'number', value: ({ id }) => (id === 'd1' ? '1\n2' : undefined) },
      ],
      includes: ({ kind }) => kind === 'dataset',
    };
    const [d1, d2] = [
      { ...resource(web.path, 'dataset', 'd1'), status },
      resource(web.path, 'dataset', 'd2', '\u200B'),
    ];
    const known = new Known().set(web.path, [d1, resource(web.path, 'group', 'g'), d2]);
    const { facts, tables } = toOverview(known, createSession({ tables: () => [table] }), web);
    assert.deepEqual(
      [facts, tables],
      [
        [],
        [
          {
            ...{ loading: false, stale: false, more: false, id: 't', source: web.path, title: 'Datasets' },
            columns: [{ id: 'rows', label: 'Rows', kind: 'number' }],
            rows: [
              { path: d1.path, id: 'd1', name: 'd1', status: shownStatus, cells: ['1 2'] },
              { path: d2.path, id: 'd2', name: '(no name)', cells: [''] },
            ],
          },
        ],
      ],
    );
    assert.deepEqual(toOverview(known, new Served().sessionWith({}), web), { facts: [], tables: [] });
  });

  it('shows all of 5,000 rows', () => {
    const table: Table = { id: 't', title: 'T', source: web.path, columns: [], includes: () => true };
    const rows = Array.from({ length: 5000 }, (_, at) => resource(web.path, 'field', `f${at}`));
    const [shown] = toOverview(
      new Known().set(web.path, rows),
      createSession({ tables: () => [table] }),
      web,
    ).tables;
    assert.deepEqual([shown?.rows.length, shown?.note], [5000, undefined]);
  });
});

describe('The tab Structure', () => {
  const node = (id: string, more: Partial<StructureNode> = {}): StructureNode => ({
    id,
    label: id,
    kind: 'key',
    ...more,
  });
  const structure = (
    nodes: readonly StructureNode[],
    known = new Known().set(web.path, []),
    edges: readonly { from: string; to: string; label?: string }[] = [],
  ) =>
    toStructure(
      known,
      createSession({ structureInputs: () => [web.path, web.path], structure: () => ({ nodes, edges }) }),
      web,
    );

  it('shows parts by name and role, and which of them is the resource of the panel', () => {
    const below = resource(web.path, 'dataset', 'd');
    const { nodes, note } = structure([
      node('self', { kind: 'connection', path: web.path, label: 'a\nb', status }),
      node('d', { kind: 'dataset', path: below.path, role: 'event\ndataset', label: '' }),
      node('k'),
    ]);
    assert.deepEqual(nodes, [
      {
        id: 'self',
        kind: 'connection',
        label: 'a b',
        role: 'Connection',
        status: shownStatus,
        path: web.path,
        isCurrent: true,
        isCollapsed: false,
      },
      {
        id: 'd',
        kind: 'dataset',
        label: '(no name)',
        role: 'event dataset',
        path: below.path,
        isCurrent: false,
        isCollapsed: false,
      },
      { id: 'k', kind: 'key', label: 'k', role: 'Key', isCurrent: false, isCollapsed: false },
    ]);
    assert.equal(note, undefined);
    const whole = structure(Array.from({ length: 1000 }, (_, at) => node(`n${at}`)));
    assert.deepEqual([whole.nodes.length, whole.note], [1000, undefined]);
  });

  it('joins drawn parts', () => {
    const edges = [
      { from: 'a', to: 'b', label: 'x\ny' },
      { from: 'a', to: 'gone' },
      { from: 'gone', to: 'a' },
      { from: 'b', to: 'a' },
    ];
    assert.deepEqual(structure([node('a'), node('b')], undefined, edges).edges, [
      { from: 'a', to: 'b', label: 'x y' },
      { from: 'b', to: 'a' },
    ]);
  });

  it('offers to expand what has more parts below it that are missing', () => {
    const part = resource(web.path, 'dataObject', 'o');
    const closed = (
      rows: readonly Resource[] | undefined,
      more: Partial<Resource> = { hasChildren: true },
      opens = true,
    ): boolean | undefined => {
      const known = new Known().set(web.path, []);
      known.resources.set(part.path, { ...part, ...more });
      if (rows) known.set(part.path, rows);
      return structure([node('o', { kind: 'dataObject', path: part.path, expandable: opens })], known)
        .nodes[0]?.isCollapsed;
    };
    assert.equal(closed(undefined), true);
    assert.equal(closed([]), false);
    assert.equal(closed([resource(part.path, 'dataObject', 'p')]), false);
    assert.equal(closed([failure('A.')]), true, 'trying again may help');
    assert.equal(closed([failure('A.'), resource(part.path, 'dataObject', 'p')]), false);
    assert.equal(closed([failure('A.', { retryable: false })]), false);
    assert.equal(closed(undefined, { hasChildren: false }), false);
    assert.equal(closed(undefined, undefined, false), false);
    assert.equal(structure([node('x', { expandable: true })]).nodes[0]?.isCollapsed, false);
    assert.equal(
      structure([node('x', { expandable: true, path: part.path })]).nodes[0]?.isCollapsed,
      false,
      'it is gone',
    );
  });

  it('has the state of its sources, and of the lists of expanded parts', () => {
    const [opened, other] = [resource(web.path, 'dataObject', 'o'), resource(web.path, 'dataObject', 'p')];
    const known = new Known()
      .set(web.path, [failure('Source.')])
      .set(opened.path, [failure('Part.')])
      .set(other.path, [failure('Other.')]);
    const nodes = [
      node('o', { path: opened.path, expandable: true }),
      node('p', { path: other.path }),
      node('q', { path: account, expandable: true }),
    ];
    const { problem, more } = structure(nodes, known);
    assert.deepEqual([problem, more], ['Source. Why. Part. Why.', false]);
  });

  it('is empty if the service draws none', () => {
    const { nodes, edges } = toStructure(new Known(), new Served().sessionWith({}), web);
    assert.deepEqual([nodes, edges], [[], []]);
  });
});

describe('The tab Timeline', () => {
  const timeline: Timeline = { source: web.path, lanes: 'dataset', bars: 'backfill' };
  const over = { going: false, stopped: false };
  const lane = (id: string, kind: ResourceKind = 'dataset'): Resource => ({
    ...resource(web.path, kind, id),
    hasChildren: true,
  });

  it('has a lane for each resource of its kind with runs, or for a single one', () => {
    const known = new Known().set(web.path, [
      lane('a'),
      lane('g', 'group'),
      { ...lane('none'), hasChildren: false },
      lane('b'),
    ]);
    const labels = (how: Timeline): readonly string[] =>
      toTimeline(known, createSession({}), how, over).lanes.map(({ label }) => label);
    assert.deepEqual(labels(timeline), ['a', 'b']);
    assert.deepEqual(labels({ ...timeline, laneFilter: lane('b').path }), ['b']);
  });

  it('draws runs of its kind, with times and status', () => {
    const [a, b] = [lane('a'), { ...lane('b'), label: '\u200B' }];
    const run = { ...resource(a.path, 'backfill', 'r1'), status };
    const plain = resource(a.path, 'backfill', 'r2', '');
    const known = new Known()
      .set(web.path, [a, b])
      .set(a.path, [run, resource(a.path, 'group', 'g'), plain], { stale: true });
    const runs = {
      fetchRuns: () => assert.fail(),
      batches: () => [],
      isActive: () => false,
      times: () => ({ started: '2026-01-01', progress: 0.5 }),
    };
    const { lanes } = toTimeline(known, createSession({}, { runs }), timeline, over);
    assert.deepEqual(lanes, [
      {
        ...{ loading: false, stale: true, more: false, path: a.path, label: 'a' },
        bars: [
          { path: run.path, label: 'r1', status: shownStatus, started: '2026-01-01', progress: 0.5 },
          {
            path: plain.path,
            label: '(no name)',
            status: { state: 'unknown', label: '', text: 'status unknown' },
            started: '2026-01-01',
            progress: 0.5,
          },
        ],
      },
      { loading: false, stale: false, more: true, path: b.path, label: '(no name)', bars: [] },
    ]);
    assert.deepEqual(
      toTimeline(known, createSession({}), timeline, over).lanes[0]?.bars[0]?.started,
      undefined,
    );
  });

  it('shows the progress of its loading, and why it waits', () => {
    const [a, b, c] = [lane('a'), lane('b'), lane('c')];
    const known = new Known().set(web.path, [a, b, c]).set(a.path, []).set(b.path, [], { reading: true });
    const wait = { reason: 'limit', delay: 2000, attempt: 1 } as const;
    const going = toTimeline(known, createSession({}), timeline, { going: true, stopped: false, wait });
    assert.deepEqual(
      [going.progress, going.waiting, going.note],
      [
        { done: 1, total: 3, text: '1 of 3 datasets loaded' },
        'Rate limit reached. Retrying in 2 s.',
        undefined,
      ],
    );
    const quiet = toTimeline(known, createSession({}), timeline, { going: true, stopped: false });
    assert.ok(!('waiting' in quiet));
    const done = toTimeline(known, createSession({}), timeline, { ...over, wait });
    assert.ok(!('waiting' in done) && !('progress' in done) && !('problem' in done));
  });

  it('says what is missing, each in a sentence', () => {
    const known = new Known().set(
      web.path,
      Array.from({ length: 250 }, (_, at) => lane(`l${at}`)),
    );
    const first = lane('l0').path;
    const note = (stopped = false): string | undefined =>
      toTimeline(known, createSession({}), timeline, { going: false, stopped }).note;
    const bars = (count: number): readonly Resource[] =>
      Array.from({ length: count }, (_, at) => resource(first, 'backfill', `b${at}`));
    known.set(first, bars(20));
    assert.equal(note(), undefined, '20 are always drawn');
    known.set(first, bars(21));
    const cut = 'Too many runs. Only the newest of each row are shown.';
    assert.equal(note(), cut);
    known.states.set(web.path, { loaded: 251 });
    assert.equal(
      note(true),
      `Loading was stopped. Some runs are missing. ${cut} Showing the first 250 rows.`,
    );
    const few = new Known().set(web.path, [lane('a'), failure('A.')], { loaded: 300 });
    const model = toTimeline(few, createSession({}), timeline, over);
    assert.deepEqual([model.note, model.problem], [undefined, 'A. Why.'], 'groups are no lanes');
  });
});
