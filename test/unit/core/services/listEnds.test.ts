import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readEnvelope } from '../../../../src/core/services/common/envelope';
import { childPath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { type Answer, allBelow, type Answered, answered, rowAt, rowsBelow } from '../../../support/answered';

const PAGE = 100;

/** Objects of that many items, numbered from `from`. */
function items(idKey: string, count: number, from = 0): readonly object[] {
  return Array.from({ length: count }, (_, at) => ({ [idKey]: `i${from + at}`, status: 'RUNNING' }));
}

/** Wraps a cursor, a missing one being undefined, as some service might. */
type Style = readonly [name: string, write: (cursor: string | undefined) => object, header?: boolean];

const nested = (...path: readonly string[]): Style => [
  path.join('.'),
  (cursor) =>
    path.reduceRight<object | string | null>((inner, key) => ({ [key]: inner }), cursor ?? null) as object,
];

const STYLES: readonly Style[] = [
  ...[
    'nextToken',
    'nextCursor',
    'next_cursor',
    'nextPageToken',
    'next_page_token',
    'next',
    'continuationToken',
  ].flatMap((name) => [
    nested(name),
    ...['meta', 'pagination', 'paging', 'page', 'links'].map((holder) => nested(holder, name)),
  ]),
  nested('meta', 'pagination', 'nextCursor'),
  nested('paging', 'cursors', 'after'),
  nested('pageInfo', 'endCursor'),
  [
    'pageInfo with hasNextPage',
    (cursor) => ({ pageInfo: { hasNextPage: cursor !== undefined, endCursor: cursor ?? 'end' } }),
  ],
  [
    'links.next.href',
    (cursor) => ({
      links: { next: cursor === undefined ? null : { href: `/x?page%5Bcursor%5D=${cursor}` } },
    }),
  ],
  [
    '_links.next',
    (cursor) =>
      cursor === undefined ? { _links: {} } : { _links: { next: { href: `/x?cursor=${cursor}` } } },
  ],
];

/** An Immuta tenant with one list of 250 items on three pages; the style determines the cursor. */
function tenant([, write]: Style): Promise<Answered> {
  return answered('immuta', (asked) => {
    if (!asked.includes('/connections?')) return { connectionKey: 'c' };
    const at = Number(/page%5Bcursor%5D=n(\d+)/.exec(asked)?.[1] ?? 0);
    const rest = Math.min(PAGE, 250 - at);
    return {
      connections: items('connectionKey', rest, at),
      ...write(at + rest < 250 ? `n${at + rest}` : undefined),
    };
  });
}

describe('A list of Immuta', () => {
  for (const style of STYLES) {
    it(`is read to its end by the cursor at ${style[0]}`, async () => {
      const at = await tenant(style);
      assert.equal((await rowsBelow(at, at.row, 'connection')).length, 250);
      assert.equal(at.asked.length, 3);
      assert.deepEqual(await rowsBelow(at, at.row, 'problem'), []);
    });
  }

  it('is continued by the address of the next page in a header (RFC 8288)', () => {
    const headers = { link: '<https://x/api?a=1>; rel="prev", </api?page%5Bcursor%5D=c%3D>; rel="next"' };
    assert.equal(readEnvelope({ headers }, {}).next, 'c=');
    assert.equal(readEnvelope({ headers: { link: '</x?cursor=a>; rel="first"' } }, {}).next, undefined);
  });

  it('whose next page has no known name is never read forever', () =>
    fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ maxDepth: 3 }),
        fc.integer({ min: 0, max: 120 }),
        async (value, count) => {
          const at = await answered('immuta', () => ({
            connections: items('connectionKey', count),
            meta: value,
            next: value,
          }));
          await allBelow(at, at.row);
          assert.ok(at.asked.length < 5, String(at.asked.length));
        },
      ),
      { numRuns: 50 },
    ));
});

interface List {
  readonly name: string;
  readonly service: string;
  readonly kind: ResourceKind;
  readonly below: readonly (readonly [ResourceKind, string])[];
  readonly idKey: string;
  /** The answer with a page of the list, and with what the envelope holds besides. */
  readonly answer: (page: readonly object[], rest: object, asked: string) => Answer;
  /** True if only more items matter: the list is not paged. */
  readonly unpaged?: boolean;
}

const connection = ['connection', 'c'] as const;
const immuta = { service: 'immuta' } as const;
const LISTS: readonly List[] = [
  {
    ...immuta,
    name: 'connections',
    kind: 'connection',
    below: [],
    idKey: 'connectionKey',
    answer: (connections, rest) => ({ connections, ...rest }),
  },
  {
    ...immuta,
    name: 'data objects',
    kind: 'dataObject',
    below: [connection],
    idKey: 'id',
    answer: (dataObjects, rest, asked) =>
      asked.includes('_search') ? { dataObjects, ...rest } : { connectionKey: 'c' },
  },
  {
    ...immuta,
    name: 'children',
    kind: 'dataObject',
    below: [connection, ['dataObject', 'o']],
    idKey: 'id',
    answer: (dataObjects, rest) => ({ dataObjects, ...rest }),
  },
  {
    ...immuta,
    name: 'tasks',
    kind: 'task',
    below: [connection, ['group', 'tasks']],
    idKey: 'taskId',
    answer: (tasks, rest) => ({ tasks, ...rest }),
  },
  {
    ...immuta,
    name: 'runs',
    kind: 'run',
    below: [connection, ['group', 'tasks'], ['task', 't']],
    idKey: 'runId',
    answer: (runs, rest, asked) => (asked.includes('/runs') ? { runs, ...rest } : { tasks: [] }),
  },
  {
    name: 'connections',
    service: 'krenalis',
    kind: 'connection',
    below: [],
    idKey: 'id',
    unpaged: true,
    answer: (connections, rest, asked) => (asked.endsWith('/runs') ? { runs: [] } : { connections, ...rest }),
  },
  {
    name: 'connections',
    service: 'datadog',
    kind: 'connection',
    below: [['entity', 'users']],
    idKey: 'id',
    unpaged: true,
    answer: (connections, rest) => ({ data: { type: 'x', attributes: { connections } }, ...rest }),
  },
  {
    name: 'attributes',
    service: 'datadog',
    kind: 'field',
    below: [
      ['entity', 'users'],
      ['group', 'attributes'],
    ],
    idKey: 'attribute',
    unpaged: true,
    answer: (attributes, rest) => ({ data: { type: 'x', attributes: { attributes } }, ...rest }),
  },
];

/** The content of a page, the number of items, and the last row of the list. */
const ENDS: readonly (readonly [
  name: string,
  count: number,
  rest: object,
  why: RegExp | undefined,
  unpaged?: boolean,
])[] = [
  ['a full page without a cursor that is known', PAGE, { elsewhere: 'c' }, /full page/],
  ['a page that is not full, without a cursor', 3, {}, undefined, true],
  ['a full page, and the word that it is the last', PAGE, { hasMore: false }, undefined, true],
  ['a full page, and a cursor that is null', PAGE, { meta: { nextCursor: null } }, undefined, true],
  ['a full page, and a total of as many', PAGE, { meta: { totalCount: PAGE } }, undefined, true],
  ['a total above what came', 3, { meta: { totalCount: 5 } }, /announced 5 items but sent 3/, true],
  ['a total above what came, at another place', 3, { total: '5' }, /announced 5 items but sent 3/, true],
  [
    'the word that more follows, without a cursor',
    3,
    { pagination: { hasMore: true } },
    /indicated more items/,
    true,
  ],
  ['no item, and the word that more follows', 0, { hasMore: true }, /indicated more items/, true],
  ['items, and an error', 3, { error: 'Overloaded' }, /error beside the items/, true],
  ['items, and an error without a message', 3, { errors: [{ code: 'E1' }] }, /error beside the items/, true],
  [
    'a cursor, in a list that is not paged, or again and again',
    3,
    { nextCursor: 'x' },
    /indicated more items/,
    true,
  ],
];

for (const { name, service, kind, below, idKey, answer, unpaged } of LISTS) {
  describe(`The list of ${name} of ${service}`, () => {
    for (const [ending, count, rest, why, everywhere] of ENDS) {
      if (unpaged && !everywhere) continue;
      it(`${why ? 'ends in a row for' : 'just ends with'} ${ending}`, async () => {
        const at = await answered(service, (asked) => answer(items(idKey, count), rest, asked));
        const path = below.reduce((above, [step, id]) => childPath(above, step, id), at.row.path);
        const [last] = below.slice(-1);
        const parent: Resource = last
          ? { path, kind: last[0], id: last[1], label: last[1], hasChildren: true }
          : at.row;
        assert.equal(new Set((await rowsBelow(at, parent, kind)).map(({ id }) => id)).size, count);
        const problems = (await rowsBelow(at, parent, 'problem')).map(({ problem }) => problem);
        assert.equal(problems.length, why ? 1 : 0, JSON.stringify(problems));
        if (why) {
          assert.match(problems[0]?.detail ?? '', why);
          assert.equal(problems[0]?.retryable, true);
          assert.match(problems[0].advice ?? '', /\w/);
        }
      });
    }
  });
}

describe('The search of Immuta', () => {
  const objects = [{ id: 'h', normalizedType: 'HOST' }];

  /** A tenant that knows some forms of the search, and refuses the others. */
  async function searching(
    refusal: number,
    isKnown: (body: { connectionKey?: string; connection?: object }) => boolean,
  ): Promise<{ at: Answered; connection: Resource }> {
    const at = await answered('immuta', (asked, { body }) => {
      if (!asked.includes('_search')) return { connectionKey: 'c', connections: [{ connectionKey: 'c' }] };
      const sent = JSON.parse(body ?? '{}') as { connectionKey?: string };
      return isKnown(sent)
        ? { dataObjects: objects, meta: { nextToken: null } }
        : { status: refusal, body: { message: 'Unknown member.' } };
    });
    const [row] = await rowsBelow(at, at.row, 'connection');
    return { at, connection: row ?? assert.fail() };
  }

  const searches = ({ asked, bodies }: Answered): readonly unknown[] =>
    bodies.filter((_, index) => asked[index]?.includes('_search')).map((body) => JSON.parse(body) as unknown);

  for (const refusal of [400, 422]) {
    it(`uses the published form if the other one is refused by ${refusal}, and keeps it once it has answered`, async () => {
      const { at, connection } = await searching(refusal, (body) => body.connection !== undefined);
      assert.equal((await rowsBelow(at, connection, 'dataObject')).length, 1);
      assert.deepEqual(searches(at)[1], {
        connection: { connectionKey: 'c' },
        dataObject: { objectType: 'HOST' },
        limit: 100,
      });
      assert.equal((await rowsBelow(at, connection, 'dataObject')).length, 1);
      assert.equal(searches(at).length, 3, 'the refused form is not tried again');
    });
  }

  it('does not keep a form that was refused as well, and reports why the first one was', async () => {
    let known = false;
    const { at, connection } = await searching(400, (body) => known && body.connectionKey !== undefined);
    const [problem] = await rowsBelow(at, connection, 'problem');
    assert.match(problem?.problem?.detail ?? '', /Unknown member/);
    known = true;
    assert.equal((await rowsBelow(at, connection, 'dataObject')).length, 1);
    assert.equal(searches(at).length, 3);
  });

  it('passes the cursor in the published form', async () => {
    const at = await answered('immuta', (asked, { body = '{}' }) => {
      if (!asked.includes('_search')) return { connectionKey: 'c', connections: [{ connectionKey: 'c' }] };
      const { connection, nextToken } = JSON.parse(body) as { connection?: object; nextToken?: string };
      if (!connection) return { status: 400, body: {} };
      return nextToken === 'n2'
        ? { dataObjects: [{ id: 'b' }] }
        : { dataObjects: [{ id: 'a' }], meta: { nextToken: 'n2' } };
    });
    const [row] = await rowsBelow(at, at.row, 'connection');
    const found = await rowsBelow(at, row ?? assert.fail(), 'dataObject');
    assert.deepEqual(
      found.map(({ id }) => id),
      ['a', 'b'],
    );
  });
});

/** Lists with two pages: the way to each, and its pages, of which the second has no error. */
const PAGED: readonly {
  readonly name: string;
  readonly service: string;
  readonly below: readonly (readonly [ResourceKind, string])[];
  readonly page: (isFirst: boolean, rest: object, asked: string) => Answer;
}[] = [
  ...LISTS.filter(({ unpaged }) => !unpaged).map(({ name, service, below, idKey, answer }) => ({
    ...{ name, service, below },
    page: (isFirst: boolean, rest: object, asked: string): Answer =>
      answer(
        items(idKey, 3, isFirst ? 0 : 3),
        { ...rest, meta: { nextCursor: isFirst ? 'second' : null } },
        asked,
      ),
  })),
  {
    ...{ name: 'identities', service: 'krenalis', below: [connection, ['group', 'identities']] },
    page: (isFirst, rest) => ({ identities: items('userId', 100, isFirst ? 0 : 100), total: 200, ...rest }),
  },
  ...(['connections', 'data views'] as const).map((name) => ({
    ...{ name, service: 'cja' },
    below: name === 'connections' ? [] : ([connection, ['group', 'dataViews']] as const),
    page: (isFirst: boolean, rest: object): Answer => ({
      ...{ content: items('id', 3, isFirst ? 0 : 3), lastPage: !isFirst, totalPages: 2, totalElements: 6 },
      ...rest,
    }),
  })),
];

for (const { name, service, below, page } of PAGED)
  it(`An error beside the first page of the ${name} of ${service} has a row, and the next page is read`, async () => {
    const isSecond = /second|first=100|page=1/;
    const at = await answered(service, (asked, { body = '' }) => {
      const isFirst = !isSecond.test(`${asked} ${body}`);
      return page(isFirst, isFirst ? { errors: ['Overloaded'] } : {}, asked);
    });
    const found = await allBelow(at, rowAt(at, below));
    const problems = found.flatMap(({ resource }) => resource.problem ?? []);
    assert.deepEqual(
      problems.map(({ detail, retryable }) => [detail, retryable]),
      [['The service reported an error beside the items: an error without a message', true]],
    );
    const shown = found.filter(({ resource: { kind } }) => kind !== 'problem' && kind !== 'group');
    assert.equal(shown.length, service === 'krenalis' ? 200 : 6);
  });
