import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TreeFilter } from '../../../../src/features/connections/filter';
import { filterCommands } from '../../../../src/features/connections/filterCommands';
import { openStorage } from '../../../support/fakes/storage';
import { account, resource, settle } from '../../../support/fakes/store';
import { Served } from '../../../support/served';
import type { QuickPick } from '../../../support/vscode/inputs';

const failed = {
  ...resource(account, 'connection', 'c', 'Web'),
  status: { state: 'failed', label: '1 failed' },
} as const;
const app = resource(account, 'connection', 'd', 'App');

/** The filter while it is typed. */
class Typing implements Disposable {
  readonly served = new Served();
  readonly #storage = openStorage();
  readonly filter = new TreeFilter(this.served.store, this.#storage);
  done = false;

  static async open(previous = ''): Promise<Typing> {
    editor.reset();
    const typing = new Typing();
    typing.served.lists.set(account, [failed, app]);
    typing.served.lists.set(failed.path, [resource(failed.path, 'dataset', 'ds', 'Clicks')]);
    await typing.served.store.load(account);
    await typing.served.store.load(failed.path);
    typing.filter.set(previous);
    const context = { store: typing.served.store, treeFilter: typing.filter };
    void Promise.resolve(filterCommands.filter.handler(context)()).then(() => {
      typing.done = true;
    });
    for (let turn = 0; turn < 20 && editor.inputs.picks.length === 0; turn++) await settle();
    return typing;
  }

  get pick(): QuickPick {
    const pick = editor.inputs.picks.at(-1);
    assert.ok(pick, 'the list is open');
    return pick;
  }

  /** What the list shows. */
  get entries(): readonly string[] {
    return this.pick.items.map(({ label, description = '' }) => `${label} | ${description}`);
  }

  [Symbol.dispose](): void {
    this.filter.dispose();
    this.#storage.dispose();
    this.served.store.dispose();
  }
}

describe('The filter while it is typed', () => {
  it('counts, completes, and reports errors; its first entry is the filter itself', async () => {
    using typing = await Typing.open();
    assert.equal(typing.entries[0], 'All connections | 2 of 2 connections');
    typing.pick.type('sta');
    assert.deepEqual(typing.entries, ['sta | 0 of 2 connections', 'status: | Status']);
    typing.pick.type('status:f');
    assert.deepEqual(typing.entries, ['status:f | 1 of 2 connections', 'status:failed | failed']);
    typing.pick.type('dataset:');
    assert.match(typing.entries.join(), /dataset:Clicks/, 'a dataset that is loaded');
    typing.pick.type('stats:f');
    assert.match(typing.entries.join('\n'), /^stats:f \| 0 of 2 connections\nUnknown key "stats"/);
    assert.equal(typing.pick.activeItems[0]?.label, 'stats:f');
  });

  it('shows the view that it filters, without taking the focus there', async () => {
    using typing = await Typing.open();
    assert.deepEqual(editor.executed, [['connectionsExplorer.connections.focus', { preserveFocus: true }]]);
    typing.pick.hide();
  });

  it('is applied by Enter', async () => {
    using typing = await Typing.open('web');
    assert.equal(typing.pick.value, 'web');
    typing.pick.type('app');
    typing.pick.accept();
    await settle();
    assert.deepEqual([typing.filter.text, typing.done, typing.pick.isDisposed], ['app', true, true]);
  });

  it('is restored by Escape', async () => {
    using typing = await Typing.open('web');
    typing.pick.type('app');
    assert.equal(typing.filter.text, 'app');
    typing.pick.hide();
    await settle();
    assert.deepEqual([typing.filter.text, typing.done], ['web', true]);
  });

  it('accepts a chosen completion, and stays open', async () => {
    using typing = await Typing.open();
    typing.pick.type('sta');
    typing.pick.activate('sta');
    typing.pick.activate('status:');
    typing.pick.accept();
    assert.deepEqual([typing.pick.value, typing.pick.isShown], ['status:', true]);
    typing.pick.activate('status:');
    typing.pick.activate('status:failed');
    typing.pick.accept();
    assert.deepEqual([typing.pick.value, typing.filter.text], ['status:failed ', 'status:failed']);
    typing.pick.accept();
    await settle();
    assert.deepEqual([typing.filter.text, typing.done], ['status:failed', true]);
  });

  it('is applied if Enter follows the text before VS Code has its completions', async () => {
    using typing = await Typing.open();
    typing.pick.type('sta');
    // The previous list, filtered by the new text, which VS Code only reports now.
    typing.pick.activate('status:');
    typing.pick.accept();
    await settle();
    assert.deepEqual([typing.filter.text, typing.done], ['sta', true]);
  });
});
