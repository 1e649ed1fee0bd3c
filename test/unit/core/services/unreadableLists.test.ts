import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { JsonObject } from '../../../../src/core/http/json';
import type { Page } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { answered, rowAt, type Answer } from '../../../support/answered';
import { firstPage } from '../../../support/rows';

interface List {
  readonly service: string;
  /** The steps to the row whose list is loaded. */
  readonly below: readonly (readonly [Resource['kind'], string])[];
  readonly answer: (asked: string) => Answer | undefined;
  readonly settings?: Readonly<Record<string, string>>;
  /** The JSON of the row, if its list is in that. */
  readonly json?: JsonObject;
}

interface Unreadable extends List {
  /** The title of the only problem of the list. */
  readonly title: string;
  readonly retryable: boolean;
  /** True if rows that were shown before must stay. */
  readonly isPartial?: boolean;
}

async function load({ service, below, answer, settings, json }: List): Promise<Page> {
  const at = await answered(service, answer, settings);
  const row = rowAt(at, below);
  return at.session.children(json ? { ...row, json } : row, firstPage(), {});
}

const connection = ['connection', 'c'] as const;

function withPipelines(pipelines: unknown): List {
  const answer = (asked: string): Answer => (asked.includes('runs') ? { runs: [] } : { id: 'c', pipelines });
  return { service: 'krenalis', below: [connection], answer };
}

function withDatasets(dataSets: unknown): List {
  return { service: 'cja', below: [connection], answer: () => ({ id: 'c', dataSets }) };
}

const UNREADABLE: readonly Unreadable[] = [
  {
    ...withPipelines({}),
    title: 'The pipelines cannot be shown',
    ...{ retryable: true, isPartial: true },
  },
  {
    ...withDatasets('none'),
    title: 'The datasets cannot be shown',
    ...{ retryable: true, isPartial: true },
  },
  {
    ...{ service: 'immuta', below: [], answer: () => ({ connections: [] }) },
    title: 'No connections',
    retryable: true,
  },
  {
    ...{ service: 'immuta', below: [connection] },
    answer: (asked) => (asked.includes('_search') ? { status: 400, body: {} } : { connectionKey: 'c' }),
    title: 'The data objects could not be listed',
    ...{ retryable: true, isPartial: true },
  },
  {
    ...{ service: 'immuta', below: [connection, ['dataObject', 'o']] },
    answer: () => ({ dataObjects: [{ id: 'o', name: 'Top' }] }),
    title: '"Top" is listed below itself',
    retryable: false,
  },
  {
    ...{ service: 'datadog', below: [['entity', 'users'], connection] },
    ...{ answer: () => undefined, json: { id: 'c', fields: 'none' } },
    title: 'The fields cannot be shown.',
    ...{ retryable: true, isPartial: true },
  },
  {
    ...{ service: 'cja', below: [connection, ['dataset', 'd']], answer: () => undefined },
    title: 'Backfills are not available',
    ...{ retryable: false, isPartial: true },
  },
  {
    ...{ service: 'cja', below: [], answer: () => ({ content: [] }) },
    title: 'Adobe returned an empty list of connections',
    retryable: true,
  },
  {
    ...{ service: 'cja', below: [], answer: () => ({ content: [] }), settings: { sandboxName: 'prod' } },
    title: 'No connections match the account settings',
    retryable: true,
  },
];

for (const { title, retryable, isPartial = false, ...list } of UNREADABLE)
  it(`A list of ${list.service} offers ${retryable ? 'a' : 'no'} retry${isPartial ? ', and replaces no rows,' : ''} if it says: ${title}`, async () => {
    const page = await load(list);
    const problems = page.items.flatMap(({ resource }) => resource.problem ?? []);
    assert.deepEqual(
      problems.map((problem) => [problem.title, problem.retryable]),
      [[title, retryable]],
    );
    assert.equal(page.isPartial ?? false, isPartial);
  });

for (const [name, build] of [
  ['pipelines of Krenalis', withPipelines],
  ['datasets of Adobe CJA', withDatasets],
] as const)
  it(`A list of ${name} is complete if it is empty or null`, async () => {
    for (const list of [[], null]) {
      const { items, isPartial } = await load(build(list));
      assert.deepEqual([items.map(({ resource }) => resource.kind), isPartial ?? false], [['group'], false]);
    }
  });
