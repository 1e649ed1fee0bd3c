import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hintsIn, idsAt, selectedIds } from '../../../../src/features/editor/idTokens';
import { findAccounts, resourcesFor } from '../../../../src/features/editor/knownIds';
import { inSameAccount, wantsId } from '../../../../src/features/editor/completionContext';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';
import type { Account } from '../../../../src/core/services/contract/signIn';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { readCorpus } from './corpus';

const CHECKOUT = 'dg_3f2a7c10-5b1e-4d61-9a44-0c8e5f7b2d11';
const KNOWN = [
  ['connection', CHECKOUT],
  ['connection', 'dg_8d0e4b72-11c9-4f0a-b3d6-6a1c9e2f5b38'],
  ['connection', 'dg_b71f3c5d-2e84-4a6f-8c90-1d7e3a5b9f02'],
  ['dataset', '5f4f1e2572ea0000003ce262'],
  ['dataset', '61b2c3d4e5f60718293a4b5c'],
  ['dataset', '64a1b2c3d4e5f60718293a4b'],
  ['connection', 'PUBLIC'],
  ['connection', 'us-east-1'],
  ['connection', 'db1'],
  ['connection', '1461'],
  ['connection', 'Sales Prod 1'],
  ['pipeline', 'orders'],
  ['metric', 'metrics/visits'],
  ['dimension', 'variables/page.name'],
] as const;

const path = (kind: ResourceKind, id: string): Resource['path'] => childPath(accountPath('a'), kind, id);
const resources: readonly Resource[] = KNOWN.map(([kind, id]) => ({
  path: path(kind, id),
  kind,
  id,
  label: `Name of ${id}`,
  hasChildren: false,
}));
const account: Account = {
  id: 'a',
  service: 'krenalis',
  name: 'A',
  production: false,
  sample: false,
  settings: {},
};
const store = {
  find: (id: string): readonly Resource[] =>
    resources.filter((each) => each.id === id || each.id === `dg_${id}`),
  account: () => account,
};

/** The IDs recognized by a hover, in the middle of a part of a line. */
function idsIn(line: string, part: string, holds = false): readonly string[] {
  const column = line.indexOf(part) + Math.floor(part.length / 2);
  const found = idsAt(line, column).flatMap((word) => resourcesFor(store, line, word, () => holds));
  return [...new Set(found.map(({ id }) => id))];
}

describe('IDs that people choose', () => {
  it('are recognized as a whole value whose key names the kind or the service', () => {
    for (const line of [
      'connection: 1461',
      '"connectionId": 1461,',
      'connection_id = "1461"',
      'krenalis: 1461 # x',
    ])
      assert.deepEqual(idsIn(line, '1461'), ['1461'], line);
    assert.deepEqual(idsIn('get_connection("db1")', 'db1'), ['db1']);
    assert.deepEqual(idsIn("'connection' => 'db1',", 'db1'), ['db1']);
    assert.deepEqual(idsIn('connection: "Sales Prod 1"', 'Prod'), ['Sales Prod 1']);
  });

  it('are recognized as a whole value in files with generated IDs of the account', () => {
    for (const line of ['x = "db1"', 'id: db1', '- db1', 'db1', 'db1;Sales;ok', '[db1, db2]'])
      assert.deepEqual([idsIn(line, 'db1'), idsIn(line, 'db1', true)], [[], ['db1']], line);
  });

  it('are words everywhere else', () => {
    for (const line of [
      'GRANT USAGE ON SCHEMA x TO PUBLIC;',
      'a PUBLIC b',
      'x.PUBLIC.y',
      '"the PUBLIC ones"',
    ])
      assert.deepEqual(idsIn(line, 'PUBLIC', true), [], line);
    assert.deepEqual(idsIn('region = "us-east-1"', 'us-east-1'), []);
    assert.deepEqual(idsIn('port 1461 is open', '1461', true), []);
  });

  it('are recognized as any whole value if they say what they are of', () => {
    for (const line of [
      'x = "metrics/visits"',
      "['metrics/visits', 1]",
      'metric: metrics/visits',
      '- metrics/visits',
      'METRIC=metrics/visits',
      'metrics/visits',
    ])
      for (const part of ['metrics', 'visits']) assert.deepEqual(idsIn(line, part), ['metrics/visits'], line);
    assert.deepEqual(idsIn('dimension: variables/page.name # x', 'name'), ['variables/page.name']);
    for (const line of [
      "import './metrics/visits'",
      'see metrics/visits for more',
      '"metrics/visitsPerDay"',
      'src/metrics/visits.ts',
      'x = metrics / visits',
    ])
      assert.deepEqual(idsIn(line, 'visits'), [], line);
  });

  it('belong to the accounts whose generated IDs a text contains, in either form', () => {
    for (const text of [
      CHECKOUT,
      CHECKOUT.slice(3),
      CHECKOUT.toUpperCase(),
      `x_${CHECKOUT}.json`,
      `a\nb ${CHECKOUT}`,
    ])
      assert.deepEqual([...findAccounts(store, text)], ['a'], text);
    assert.deepEqual([...findAccounts(store, 'PUBLIC db1 1461 us-east-1')], []);
  });
});

describe('in real files, IDs', () => {
  const isKnown = (holds: boolean) => (word: { text: string; start: number; end: number }, line: string) =>
    resourcesFor(store, line, word, () => holds).length > 0;
  const generated = new RegExp(
    KNOWN.slice(0, 6)
      .map(([, id]) => id)
      .join('|'),
    'g',
  );

  it('are found by hovers and hints', () => {
    let seen = 0;
    for (const { name, lines } of readCorpus()) {
      for (const [number, line] of lines.entries()) {
        for (const { 0: id, index } of line.matchAll(generated)) {
          seen++;
          for (const column of [index, index + 9, index + id.length]) {
            const words = idsAt(line, column).filter((word) => isKnown(false)(word, line));
            assert.equal(words[0]?.text, id, `${name}:${number + 1}:${column}`);
          }
          const hints = hintsIn(() => line, 0, 0, isKnown(false));
          assert.ok(
            hints.some((hint) => hint.column === index + id.length),
            `${name}:${number + 1}`,
          );
        }
      }
    }
    assert.ok(seen > 40, `${seen}`);
  });

  it('that people choose are seldom recognized', () => {
    const hints = readCorpus().flatMap(({ name, lines }) =>
      hintsIn((at) => lines[at] ?? '', 0, lines.length - 1, isKnown(false))
        .filter(({ id }) => !generated.test(id) && id !== CHECKOUT)
        .map(({ line, id }) => `${name}:${line + 1} ${id}`),
    );
    assert.deepEqual(
      hints.filter((each) => !/dg_|[\da-f]{24}/.test(each)),
      [],
    );
  });
});

describe('selectedIds', () => {
  const lines = [`a = "${CHECKOUT}"; db1`, `b: ${CHECKOUT.slice(3)}`, '1461'];
  const found = (line: number, from: number, to: number, endLine = line): readonly string[] => {
    const groups = selectedIds((at) => lines[at] ?? '', {
      start: { line, character: from },
      end: { line: endLine, character: to },
    });
    const first = groups
      .map((group) => group.flatMap((text) => store.find(text)))
      .find(({ length }) => length > 0);
    return [...new Set((first ?? []).map(({ id }) => id))];
  };
  const start = 5;

  it('finds the ID around a part that a double click selects', () => {
    for (const [from, to] of [
      [0, 11],
      [3, 11],
      [12, 16],
      [22, 26],
      [27, 39],
    ] as const)
      assert.deepEqual(
        found(0, start + from, start + to),
        [CHECKOUT],
        lines[0]?.slice(start + from, start + to),
      );
  });

  it('finds it in quotes, at either end, and in whole lines', () => {
    assert.deepEqual(found(0, start - 1, start + 40), [CHECKOUT]);
    assert.deepEqual(found(0, start - 1, start + 41), [CHECKOUT]);
    assert.deepEqual(found(0, 2, start + 3), [CHECKOUT]);
    assert.deepEqual(found(0, 0, lines[0]?.length ?? 0), [CHECKOUT, 'db1']);
    assert.deepEqual(found(1, 0, 0, 2), [CHECKOUT]);
    assert.deepEqual(found(0, 0, 4, 2), [CHECKOUT, 'db1', '1461']);
  });

  it('finds IDs that people choose, and the one at the cursor', () => {
    assert.deepEqual(found(0, 48, 51), ['db1']);
    assert.deepEqual(found(2, 1, 1), ['1461']);
    assert.deepEqual(found(0, 1, 1), []);
  });
});

describe('in documents of actions', () => {
  it('an ID is wanted in members that hold IDs', () => {
    assert.ok(wantsId('  "parentDataGroupId": "dg_', 27));
    assert.ok(wantsId('"linkedConnections": ["4fr', 26));
    assert.ok(!wantsId('  "join_type": "inne', 20));
    assert.ok(!wantsId('  "parentDataGroupId": ', 23));
  });

  it('IDs of the same account are offered', () => {
    const known = [
      ...resources,
      ...resources
        .slice(0, 1)
        .map((each) => ({ ...each, path: childPath(accountPath('b'), 'connection', CHECKOUT) })),
    ].map((resource) => ({ resource }));
    const offered = [...inSameAccount(known, `${path('connection', CHECKOUT)}#createDataView`)];
    assert.equal(offered.length, resources.length);
    assert.equal([...inSameAccount(known, '')].length, known.length);
  });
});
