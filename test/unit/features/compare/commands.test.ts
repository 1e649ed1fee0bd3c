import { editor } from '../../../support/vscode/vscode';
import { Uri } from '../../../support/vscode/values';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'node:test';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { compareCommands } from '../../../../src/features/compare/commands';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { account, resource, settle } from '../../../support/fakes/store';

type Context = Parameters<(typeof compareCommands)['compare']['handler']>[0];

const [shop, web, app] = ['Shop', 'Web', 'App'].map((name) => resource(account, 'connection', name)) as [
  Resource,
  Resource,
  Resource,
];
const dataset = resource(account, 'dataset', 'Orders');

describe('A command of comparisons', () => {
  /** The labels of the two sides that were opened. */
  let opened: readonly (readonly string[])[] = [];
  /** The kinds of rows that the command acts on. */
  let offered: readonly ResourceKind[] = [];
  let selected: Resource | undefined;
  let isEqual = false;

  function run(
    command: keyof typeof compareCommands,
    rows: readonly Resource[],
    chosen?: Resource,
  ): Promise<void> {
    const comparisons = {
      get selected() {
        return selected;
      },
      select: (row: Resource) => (selected = row),
      open: (left: { label: string }, right: { label: string }) => {
        opened = [...opened, [left.label, right.label]];
        return Promise.resolve(isEqual);
      },
      isActiveEqual: () => Promise.resolve(isEqual),
    };
    const targets = {
      given: (kinds: readonly ResourceKind[]) => {
        offered = kinds;
        return Promise.resolve(rows);
      },
      among: (kinds: readonly ResourceKind[]) => {
        offered = kinds;
        return Promise.resolve(rows);
      },
      one: (kinds: readonly ResourceKind[]) => {
        offered = kinds;
        return Promise.resolve(rows[0]);
      },
      choose: () => Promise.resolve(chosen),
      chooseAmong: (offered: readonly Resource[]) => Promise.resolve(offered.at(-1)),
    };
    const store = { read: () => Promise.resolve('{"id":"Shop","apiKey":"canary-secret"}') };
    const context = { comparisons, targets, store, secrets: ['canary-secret'] } as unknown as Context;
    return Promise.resolve(compareCommands[command].handler(context)());
  }

  beforeEach(() => {
    editor.reset();
    [opened, selected, isEqual] = [[], undefined, false];
  });

  it('is for resources with an ID, and not for runs, of which there is nothing to compare', async () => {
    selected = web;
    editor.savedFile = undefined;
    for (const command of [
      ...(['compare', 'selectForCompare', 'compareWithSelected'] as const),
      ...(['compareWithSnapshot', 'saveSnapshot'] as const),
    ]) {
      offered = [];
      await run(command, []);
      assert.ok(offered.includes('connection') && offered.includes('dataset'), command);
      assert.ok(!offered.includes('backfill') && !offered.includes('run'), command);
    }
  });

  it('compares two selected rows, in their order', async () => {
    await run('compare', [shop, web]);
    assert.deepEqual(opened, [['Shop', 'Web']]);
  });

  it('compares a row with another one that is chosen, and nothing if none is', async () => {
    await run('compare', [shop], app);
    await run('compare', [shop]);
    await run('compare', []);
    assert.deepEqual(opened, [['Shop', 'App']]);
  });

  it('compares neither more than two rows nor rows of different kinds, and says so', async () => {
    await run('compare', [shop, web, app]);
    await run('compare', [shop, dataset]);
    assert.deepEqual(opened, []);
    assert.deepEqual(editor.inputs.texts, [
      'Select two rows to compare. 3 rows are selected.',
      'Only resources of the same kind can be compared.',
    ]);
  });

  it('says that two rows are equal, because the diff editor does not', async () => {
    isEqual = true;
    await run('compare', [shop, web]);
    assert.equal(editor.inputs.texts.length, 1);
    isEqual = false;
    await run('compare', [shop, web]);
    assert.equal(editor.inputs.texts.length, 1);
  });

  it('compares with the row that was selected for it, never that row with itself', async () => {
    await run('compareWithSelected', [web]);
    assert.match(editor.inputs.texts.join(), /no longer exists\. Select it again\./);
    await run('selectForCompare', [shop]);
    assert.deepEqual(editor.inputs.statusMessages, ['$(check) Selected Shop']);
    await run('compareWithSelected', [web]);
    await run('compareWithSelected', [shop], app);
    await run('compareWithSelected', [shop, web, app]);
    assert.deepEqual(opened, [
      ['Shop', 'Web'],
      ['Shop', 'App'],
      ['Shop', 'App'],
    ]);
  });

  it('saves a snapshot with secrets masked, says so and opens it on request', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'connections-explorer-snapshot-'));
    editor.savedFile = Uri.file(join(folder, 'shop.json'));
    const done = run('saveSnapshot', [shop]);
    while (editor.inputs.messages.length === 0) await settle();
    assert.deepEqual(editor.inputs.texts, ['Snapshot saved.']);
    editor.inputs.messages[0]?.press();
    await done;
    const text = readFileSync(join(folder, 'shop.json'), 'utf8');
    rmSync(folder, { recursive: true, maxRetries: 5 });
    assert.equal((JSON.parse(text) as { readonly id: string }).id, 'Shop');
    assert.doesNotMatch(text, /canary/);
  });

  it('saves nothing if no file was chosen', async () => {
    editor.savedFile = undefined;
    await run('saveSnapshot', [shop]);
    assert.deepEqual(editor.inputs.texts, []);
  });
});
