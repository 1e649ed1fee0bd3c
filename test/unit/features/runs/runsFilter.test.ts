import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { runsCommands } from '../../../../src/features/runs/commands';
import type { KnownRun } from '../../../../src/features/runs/runRegistry';
import { RunsFilter } from '../../../../src/features/runs/runsFilter';
import { FakeStorage } from '../../../support/fakes/accounts';
import { openStorage } from '../../../support/fakes/storage';
import { account, createAccount, resource, settle } from '../../../support/fakes/store';
import { judge, createRun } from './work';

const connection: Resource = {
  ...resource(account, 'connection', 'dg_1', 'Web'),
  searchAttributes: { owner: 'Ann Lee', sandbox: 'prod' },
};
const dataset = childPath(connection.path, 'dataset', '5f24');
const backfill: KnownRun = {
  run: createRun('b1', 'failed', { parent: dataset, kind: 'backfill' }),
  ancestors: ['Web', 'Orders'],
  active: false,
  rules: judge,
};
const other: KnownRun = {
  run: {
    ...createRun('r1', 'running', { parent: childPath(account, 'pipeline', 'p1') }),
    description: '10 received',
  },
  ancestors: ['Shop', 'Import users'],
  active: true,
  rules: judge,
};

function open(storage = openStorage()): RunsFilter {
  return new RunsFilter(storage, {
    get: (path) => (path === connection.path ? connection : undefined),
    account: () => ({ ...createAccount('a'), name: 'Retail' }),
  });
}

function found(text: string): readonly string[] {
  const filter = open();
  filter.set(text);
  return filter.apply([backfill, other]).map(({ run }) => run.id);
}

describe('the filter of the Runs view', () => {
  it('finds a run by its words, by its ancestors, and by its account', () => {
    const table: readonly (readonly [string, readonly string[]])[] = [
      ['', ['b1', 'r1']],
      ['FAILED', ['b1']],
      ['status:running', ['r1']],
      ['import', ['r1']],
      ['name:orders', ['b1']],
      ['id:r1', ['r1']],
      ['"10 received"', ['r1']],
      ['retail', ['b1', 'r1']],
      ['"customer journey"', ['b1', 'r1']],
      ['owner:"Ann Lee"', ['b1']],
      ['sandbox:prod failed', ['b1']],
      ['dataset:5f', ['b1']],
      ['dataset:orders', ['b1']],
      ['dataset:shop', []],
      ['nonsense:1', []],
    ];
    for (const [text, ids] of table) assert.deepEqual(found(text), ids, text);
  });

  it('is stored for the workspace, but not while it is typed', () => {
    const shared = new FakeStorage();
    const first = open(openStorage({ shared, workspace: 'file:///a' }));
    first.set('failed');
    first.preview('fail');
    const next = (workspace: string): string => open(openStorage({ shared, workspace })).text;
    assert.deepEqual([next('file:///a'), next('file:///b')], ['failed', '']);
    first.set('');
    assert.equal(next('file:///a'), '');
  });

  it('is typed in a box that counts, completes and explains, and Escape restores the previous one', async () => {
    const filter = open();
    filter.set('failed');
    const listed = (): readonly KnownRun[] => [backfill, other];
    const runs = { filtering: () => Promise.resolve({ filter, listed }) };
    const context = { runs } as unknown as Parameters<(typeof runsCommands)['filterRuns']['handler']>[0];
    const done = runsCommands.filterRuns.handler(context)();
    for (let turn = 0; turn < 20 && editor.inputs.picks.length === 0; turn++) await settle();
    const [pick = assert.fail()] = editor.inputs.picks;
    const entries = (): readonly string[] =>
      pick.items.map(({ label, description = '' }) => `${label} | ${description}`);
    assert.deepEqual([pick.title, entries()[0]], ['Filter Runs', 'failed | 1 of 2 runs']);
    // The runs that it filters are in view, and the focus stays in the box.
    const focus = 'connectionsExplorer.runs.focus';
    assert.deepEqual(editor.executed, [[focus, { preserveFocus: true }]]);
    pick.type('');
    assert.deepEqual(entries(), [
      'All runs | 2 of 2 runs',
      ...['name: | Name', 'id: | ID', 'status: | Status', 'owner: | Owner', 'sandbox: | Sandbox'],
      'dataset: | Dataset',
    ]);
    pick.type('owner:zoe');
    assert.match(entries()[1] ?? '', /^No run has the owner "zoe"/);
    pick.hide();
    await done;
    assert.equal(filter.text, 'failed');
    await runsCommands.clearRunsFilter.handler(context)();
    assert.equal(filter.text, '');
  });
});
