import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { GlossaryTerm } from '../../../../src/core/services/contract/properties';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { type Answer, answered, rowAt, rowsBelow } from '../../../support/answered';
import { getFailure } from '../../../support/rows';

/** What no service can mean by an item: nothing names it. */
function broken(idKey: string, rest: object = {}): readonly unknown[] {
  const ids = [null, '', {}, [], [{}], true];
  return [null, 5, 'x', [], rest, ...ids.map((id) => ({ ...rest, [idKey]: id }))];
}

/** A list of a service: what its items are called, and the way down to it from the account. */
interface List {
  readonly service: string;
  readonly kind: ResourceKind;
  readonly idKey: string;
  readonly below: readonly (readonly [kind: ResourceKind, id: string])[];
  /** What all items have besides. */
  readonly rest?: object;
  /** The answer to whatever is asked, with these items. */
  readonly answer: (items: readonly unknown[], asked: string) => Answer;
}

const page = (items: readonly unknown[]): Answer => ({ content: items, lastPage: true });
const attributes = (key: string, items: readonly unknown[]): Answer => ({
  data: { type: 'x', attributes: { [key]: items } },
});
const connection = ['connection', 'c'] as const;
const group = (id: string): readonly (readonly [ResourceKind, string])[] => [connection, ['group', id]];

function component(id: string): readonly (readonly [ResourceKind, string])[] {
  return [...group('dataViews'), ['dataView', 'dv'], ['group', id]];
}

const lists: readonly List[] = [
  { service: 'cja', kind: 'connection', idKey: 'id', below: [], answer: page },
  {
    service: 'cja',
    kind: 'dataset',
    idKey: 'dataSetId',
    below: [connection],
    answer: (dataSets) => ({ id: 'c', dataSets }),
  },
  { service: 'cja', kind: 'backfill', idKey: 'id', below: [connection, ['dataset', 'd']], answer: page },
  { service: 'cja', kind: 'dataView', idKey: 'id', below: group('dataViews'), answer: page },
  { service: 'cja', kind: 'dimension', idKey: 'id', below: component('dimensions'), answer: page },
  { service: 'cja', kind: 'metric', idKey: 'id', below: component('metrics'), answer: page },
  {
    ...{ service: 'datadog', kind: 'connection', idKey: 'id', below: [['entity', 'users']] },
    answer: (items) => attributes('connections', items),
  },
  {
    ...{ service: 'datadog', kind: 'field', idKey: 'id', below: [['entity', 'users'], connection] },
    answer: (fields) => attributes('connections', [{ id: 'c', fields }]),
  },
  {
    ...{
      service: 'datadog',
      kind: 'field',
      idKey: 'attribute',
      below: [
        ['entity', 'users'],
        ['group', 'attributes'],
      ],
    },
    answer: (items) => attributes('attributes', items),
  },
  {
    service: 'krenalis',
    kind: 'connection',
    idKey: 'id',
    below: [],
    answer: (connections, asked) => (asked.endsWith('/runs') ? { runs: [] } : { connections }),
  },
  {
    service: 'krenalis',
    kind: 'pipeline',
    idKey: 'id',
    below: [connection],
    answer: (pipelines, asked) => (asked.endsWith('/runs') ? { runs: [] } : { id: 'c', pipelines }),
  },
  {
    ...{
      service: 'krenalis',
      kind: 'run',
      idKey: 'id',
      below: [connection, ['pipeline', 'p']],
      rest: { pipeline: 'p' },
    },
    answer: (runs) => ({ runs }),
  },
  {
    service: 'krenalis',
    kind: 'run',
    idKey: 'pipeline',
    below: [connection, ['pipeline', 'good']],
    rest: { id: 'good' },
    answer: (runs) => ({ runs }),
  },
  {
    service: 'krenalis',
    kind: 'identity',
    idKey: 'userId',
    below: group('identities'),
    answer: (identities) => ({ identities }),
  },
  {
    service: 'krenalis',
    kind: 'identity',
    idKey: 'anonymousIds',
    below: group('identities'),
    rest: { userId: null },
    answer: (identities) => ({ identities: identities.slice(1) }),
  },
  {
    service: 'immuta',
    kind: 'connection',
    idKey: 'connectionKey',
    below: [],
    answer: (connections) => ({ connections }),
  },
  {
    service: 'immuta',
    kind: 'dataObject',
    idKey: 'id',
    below: [connection],
    answer: (dataObjects, asked) => (asked.includes('_search') ? { dataObjects } : { connectionKey: 'c' }),
  },
  {
    service: 'immuta',
    kind: 'dataObject',
    idKey: 'id',
    below: [connection, ['dataObject', 'o']],
    answer: (dataObjects) => ({ dataObjects }),
  },
  { service: 'immuta', kind: 'task', idKey: 'taskId', below: group('tasks'), answer: (tasks) => ({ tasks }) },
  {
    ...{
      service: 'immuta',
      kind: 'task',
      idKey: 'taskId',
      below: [...group('tasks'), ['task', 't']],
      rest: { parentId: 't' },
    },
    answer: (tasks, asked) => (asked.includes('/runs') ? { runs: [] } : { tasks }),
  },
  {
    ...{ service: 'immuta', kind: 'run', idKey: 'runId', below: [...group('tasks'), ['task', 't']] },
    answer: (runs, asked) => (asked.includes('/runs') ? { runs } : { tasks: [] }),
  },
];

describe('An item that cannot be identified is a row that says so', () => {
  for (const { service, kind, idKey, below, rest = {}, answer } of lists) {
    const place = [service, ...below.map(([step]) => step), `${kind}s`].join(' › ');
    it(`in the list ${place} by ${idKey}`, async () => {
      const flawed = broken(idKey, rest);
      const good = { ...rest, [idKey]: 'good' };
      const items = idKey === 'anonymousIds' ? [...flawed] : [flawed[0], good, ...flawed.slice(1)];
      const at = await answered(service, (asked) => answer(items, asked));
      const parent = rowAt(at, below);
      const rows = await rowsBelow(at, parent, 'problem');
      assert.equal(
        (await rowsBelow(at, parent, kind)).length,
        idKey === 'anonymousIds' ? 0 : 1,
        'the good item',
      );
      assert.equal(
        rows.length,
        idKey === 'anonymousIds' ? flawed.length - 1 : flawed.length,
        rows.map(({ problem }) => problem?.detail).join('\n'),
      );
      assert.equal(new Set(rows.map((row) => row.path)).size, rows.length);
      for (const { problem } of rows) assert.match(problem?.detail ?? '', /not in the documented format/);
    });
  }
});

describe('An item of which only the ID is known is a row with a name', () => {
  for (const { service, kind, idKey, below, rest = {}, answer } of lists.filter(
    (list) => list.idKey !== 'anonymousIds',
  )) {
    const place = [service, ...below.map(([step]) => step), `${kind}s`].join(' › ');
    it(`in the list ${place} by ${idKey}`, async () => {
      const at = await answered(service, (asked) => answer([{ ...rest, [idKey]: 'good' }], asked));
      const [row] = await rowsBelow(at, rowAt(at, below), kind);
      assert.match(row?.label ?? '', /\w/);
    });
  }
});

describe('Connections of Adobe CJA that are found by their data views', () => {
  it('are those of all pages', async () => {
    const at = await answered('cja', (asked) => {
      if (!asked.includes('/dataviews')) return page([]);
      const number = Number(new URLSearchParams(asked.split('?')[1]).get('page') ?? 0);
      const content = [{ id: `dv_${number}`, parentDataGroupId: `dg_${number}` }];
      return { content, number, totalPages: 3, lastPage: number >= 2 };
    });
    assert.deepEqual(
      (await rowsBelow(at, at.row, 'connection')).map(({ id }) => id),
      ['dg_0', 'dg_1', 'dg_2'],
    );
  });
});

describe('A data view of Adobe CJA without its connection', () => {
  it('is a row that says so, if connections are found by their data views', async () => {
    const views = [
      { id: 'dv_1', parentDataGroupId: 'dg_1' },
      { id: 'dv_2' },
      { parentDataGroupId: 'dg_1' },
      null,
    ];
    const at = await answered('cja', (asked) => page(asked.includes('/dataviews') ? views : []));
    assert.equal((await rowsBelow(at, at.row, 'connection')).length, 1);
    const problems = await rowsBelow(at, at.row, 'problem');
    assert.equal(
      problems.filter(({ problem }) => (problem?.detail ?? '').includes('not in the documented format'))
        .length,
      2,
    );
    assert.ok(problems.some(({ problem }) => problem?.detail.includes('(1)')));
  });
});

/** A list outside the tree: a glossary, or the choices of a sign-in field. */
interface SideList {
  readonly name: string;
  readonly service: string;
  readonly idKey: string;
  readonly answer: (items: readonly unknown[]) => Answer;
  readonly read: (at: Awaited<ReturnType<typeof answered>>) => Promise<readonly Row[]>;
}

type Row = Pick<GlossaryTerm, 'label' | 'description' | 'problem'>;

const sideLists: readonly SideList[] = [
  {
    ...{ name: 'data source types', service: 'cja', idKey: 'id' },
    answer: (dataSourceTypes) => ({ dataSourceTypes }),
    read: async ({ session }) => (await session.glossaryTerms?.('dataSourceTypes', {})) ?? [],
  },
  {
    ...{ name: 'connectors', service: 'krenalis', idKey: 'code' },
    answer: (connectors) => ({ connectors }),
    read: async ({ session }) => (await session.glossaryTerms?.('connectors', {})) ?? [],
  },
  {
    ...{ name: 'workspaces', service: 'krenalis', idKey: 'id' },
    answer: (workspaces) => ({ workspaces }),
    read: async ({ session }) => (await session.choices?.('workspace', {})) ?? [],
  },
];

describe('A list outside the tree', () => {
  for (const { name, service, idKey, answer, read } of sideLists) {
    it(`reports how many of its items cannot be identified: ${name} of ${service}`, async () => {
      const flawed = broken(idKey);
      const some = await answered(service, () =>
        answer([flawed[0], { [idKey]: 'good' }, ...flawed.slice(1)]),
      );
      const rows = await read(some);
      assert.deepEqual(
        rows.filter(({ problem }) => !problem).map(({ label }) => label),
        ['good'],
      );
      const [row, ...others] = rows.filter(({ problem }) => problem);
      assert.deepEqual(others, []);
      assert.equal(row?.label, `${flawed.length} items cannot be shown.`);
      assert.match(row.problem?.detail ?? '', /not in the documented format/);
      const whole = await answered(service, () => answer([{ [idKey]: 'good' }]));
      assert.ok((await read(whole)).every(({ problem }) => problem === undefined));
    });
  }

  it('offers no malformed workspace to a key that has to choose one', async () => {
    const at = await answered('krenalis', (asked) =>
      asked.endsWith('/current')
        ? { status: 403, body: { error: { code: 'Forbidden', message: 'Forbidden' } } }
        : { workspaces: [{ id: 'w1', name: 'One' }, null] },
    );
    const error = await getFailure(at.session.verify({}));
    assert.match(error.advice, /This key can access: w1 \(One\)\.$/);
  });
});

describe('The runs of a Krenalis workspace', () => {
  it('include those of no listed pipeline, and those that cannot be identified', async () => {
    const runs = [
      { id: 'r1', pipeline: 'p' },
      { id: 'r2', pipeline: 'gone' },
      { id: 'r3', pipeline: 'gone too' },
      { pipeline: 'p' },
    ];
    const at = await answered('krenalis', (asked) =>
      asked.endsWith('/runs')
        ? { runs }
        : { connections: [{ id: 'c', name: 'C', pipelines: [{ id: 'p', name: 'P' }] }] },
    );
    const report = (await at.session.runs?.fetchRuns(at.row, [], {})) ?? assert.fail('no runs');
    assert.deepEqual(
      report.entries.map(({ run }) => run.id),
      ['r1'],
    );
    const { problems = [] } = report;
    assert.deepEqual(
      problems.map(({ label }) => label),
      ['A run cannot be shown.', '2 runs could not be assigned.'],
    );
    assert.equal(new Set(problems.map(({ path }) => path)).size, 2);
  });
});
