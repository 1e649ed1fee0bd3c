import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { StatusState } from '../../../../src/shared/status';
import { arrangeRuns, type RunTreeSource } from '../../../../src/features/runs/runTree';
import type { KnownRun } from '../../../../src/features/runs/runRegistry';
import { render } from '../../../../src/ui/tree/render';
import { resource } from '../../../support/fakes/store';
import { judge, createRun } from './work';

function createAccount(id: string, service: string): Resource {
  const path = accountPath(id);
  return { ...resource(path, 'account', id), path, label: id.toUpperCase(), searchAttributes: { service } };
}

const [a, b] = [createAccount('a', 'immuta'), createAccount('b', 'cja')] as const;

function known(account: Resource, id: string, state: StatusState): KnownRun {
  const run = createRun(id, state, { parent: account.path });
  return { run, ancestors: [], active: judge.isActive(run), rules: judge };
}

function many(account: Resource, count: number, state: StatusState): readonly KnownRun[] {
  return Array.from({ length: count }, (_, at) => known(account, `${state}${at}`, state));
}

/** The rows as a person reads them, those below another indented. */
function drawn(source: Partial<RunTreeSource>): readonly string[] {
  const { rows, lists } = arrangeRuns({
    accounts: [a],
    problems: [],
    runs: [],
    isFiltered: false,
    ...source,
  });
  const below = (parent: ResourcePath | undefined, depth: number): readonly string[] =>
    (lists.get(parent) ?? []).flatMap((path) => {
      const row = rows.get(path) ?? assert.fail();
      const { label, description } = render('run' in row ? row.run : row);
      const text = 'run' in row ? label : [label, description].filter(Boolean).join(': ');
      return [`${'  '.repeat(depth)}${text}`, ...below(path, depth + 1)];
    });
  return below(undefined, 0);
}

describe('the rows of the Runs view', () => {
  it('are runs, for a single account: active ones first, and waiting ones last', () => {
    const runs = [
      known(a, 'waits', 'queued'),
      known(a, 'failed', 'failed'),
      known(a, 'runs', 'running'),
      known(a, 'odd', 'warning'),
      known(a, 'also runs', 'running'),
    ];
    assert.deepEqual(drawn({ runs }), ['runs', 'also runs', 'failed', 'odd', 'waits']);
  });

  it('are accounts with their service and counts, if there are several, and only those with runs', () => {
    const runs = [known(b, 'one', 'failed'), ...many(a, 2, 'running'), known(a, 'two', 'warning')];
    assert.deepEqual(drawn({ accounts: [a, b, createAccount('c', 'krenalis')], runs }), [
      'A: 2 running, 1 needs attention · Immuta',
      ...['  running0', '  running1', '  two'],
      'B: 1 failed · Adobe Customer Journey Analytics',
      '  one',
    ]);
  });

  it('put many queued runs behind one row, so that they push no backfill out of view', () => {
    const runs = [...many(a, 40, 'queued'), known(a, 'fails', 'failed'), known(b, 'backfill', 'running')];
    const rows = drawn({ accounts: [a, b], runs });
    assert.deepEqual(rows.slice(0, 4), [
      'A: 1 failed, 40 queued · Immuta',
      '  fails',
      '  Queued: 40 runs',
      '    queued0',
    ]);
    assert.deepEqual(rows.slice(-2), ['B: 1 running · Adobe Customer Journey Analytics', '  backfill']);
    assert.equal(drawn({ runs: many(a, 5, 'queued') }).length, 5);
    assert.equal(drawn({ runs: many(a, 6, 'queued') })[0], 'Queued: 6 runs');
    assert.equal(drawn({ runs: many(a, 40, 'queued'), isFiltered: true }).length, 40, 'they were asked for');
  });

  it('start with what could not be loaded', () => {
    const problem = { ...resource(b.path, 'problem', 'runs', 'B: no answer'), hasChildren: false };
    const rows = drawn({ accounts: [a, b], problems: [problem], runs: [known(a, 'one', 'failed')] });
    assert.deepEqual(rows, ['B: no answer', 'A: 1 failed · Immuta', '  one']);
  });

  it('say so if a filter hides everything', () => {
    assert.deepEqual(drawn({ isFiltered: true }), ['No matches']);
    assert.deepEqual(drawn({ isFiltered: true, accounts: [] }), []);
  });

  it('omit runs of removed accounts', () => {
    assert.deepEqual(drawn({ runs: [known(b, 'one', 'failed')] }), []);
  });

  it('name hostile accounts as plain text', () => {
    const odd = { ...a, label: 'A\u202E\n[x](command:y)' };
    const [row] = drawn({ accounts: [odd, b], runs: many(a, 1, 'failed') });
    assert.equal(row, 'A [x](command:y): 1 failed · Immuta');
  });
});
