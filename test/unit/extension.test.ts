import { editor } from '../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { commands, tools } from '../../src/shared/contributions';
import { Activated } from '../support/activated';
import { FakeStorage } from '../support/fakes/accounts';
import { TabInputText, Uri } from '../support/vscode/values';

const account = {
  ...{ service: 'krenalis', name: 'Events', production: false, sample: false },
  settings: { endpoint: 'https://krenalis.example.com/' },
};
const stored = { ...account, revision: 'r', secretRevision: 'r' };

/** As if somebody used the extension before. */
function used(): FakeStorage {
  const storage = new FakeStorage();
  storage.state.set('account:a', stored);
  return storage;
}

describe('activation', () => {
  it('registers everything', () => {
    using window = new Activated();
    assert.equal(window.api.version, 1);
    for (const id of Object.values(commands)) assert.ok(editor.commands.has(id), id);
    assert.deepEqual([...editor.tools.keys()], tools);
    assert.deepEqual([...editor.fileSystems.keys()].length, 2);
    assert.deepEqual(
      [editor.contentProviders, editor.serializers, editor.uriHandlers].map(({ size }) => size),
      [1, 1, 1],
    );
    const [tree, runs] = editor.treeViews.map(({ options }) => options);
    assert.deepEqual([tree?.canSelectMany, tree?.showCollapseAll, runs?.canSelectMany], [true, true, true]);
    assert.ok(tree?.dragAndDropController);
  });

  it('loads nothing else if nothing is stored', async () => {
    using window = new Activated();
    assert.equal(await window.rest(), false);
    assert.deepEqual(window.api.accounts.list(), []);
    editor.changedWindowState.fire({ focused: true });
    editor.changedTabs.fire({ opened: [] });
    editor.openedDocument.fire({ uri: Uri.file('/a.ts') });
    editor.set('editor.fontSize', 12);
    assert.equal(await window.rest(), false);
  });

  it('loads the application with the first rows of the tree, the first command and the first member of the API', async () => {
    const uses: readonly ((window: Activated) => unknown)[] = [
      () => editor.treeViews[0]?.options.treeDataProvider.getChildren(),
      () => editor.treeViews[1]?.options.treeDataProvider.getChildren(),
      () => editor.commands.get(commands.clearFilter)?.(),
      ({ api }) => api.children(),
    ];
    for (const use of uses) {
      using window = new Activated();
      await use(window);
      assert.ok(window.runs);
    }
  });

  it('knows stored accounts at once, and starts with them', async () => {
    using window = new Activated(used());
    assert.deepEqual(
      [window.api.accounts.list(), window.runs],
      [
        [{ id: 'a', service: 'krenalis', name: 'Events', production: false, settings: account.settings }],
        false,
      ],
    );
    assert.ok(await window.rest());
    assert.deepEqual(
      window.api.accounts.list().map(({ name }) => name),
      ['Events'],
    );
    assert.equal(editor.contexts.get('connectionsExplorer.hasAccounts'), true);
  });

  it('starts if a document of ours is open, whether it was shown or not', async () => {
    for (const scheme of ['draft', 'compare', 'json']) {
      const uri = new Uri(`connections-explorer-${scheme}`, '', '/x.json');
      editor.tabs = [{ input: new TabInputText(uri) }];
      using window = new Activated();
      assert.ok(await window.rest(), scheme);
    }
    using window = new Activated();
    await window.rest();
    editor.documents = [{ uri: new Uri('connections-explorer-draft', '', '/x.json') }];
    editor.openedDocument.fire(editor.documents[0]);
    assert.ok(await window.rest());
  });

  it('starts with a setting that something has to run for', async () => {
    for (const setting of ['mcpServer', 'syncAccounts']) {
      using window = new Activated();
      assert.equal(await window.rest(), false);
      editor.set(`connectionsExplorer.${setting}`, true);
      assert.ok(await window.rest(), setting);
      editor.set(`connectionsExplorer.${setting}`, false);
    }
  });

  it('starts when another window saves an account, and passes on what changes', async () => {
    using window = new Activated();
    const changed: (readonly string[])[] = [];
    window.api.accounts.onDidChange((ids) => changed.push(ids));
    window.api.onDidChange((paths) => changed.push(paths));
    await window.storage.secretStorage().store('accounts.changed', '1');
    assert.ok(await window.rest());
    window.storage.state.set('account:a', stored);
    await window.storage.secretStorage().store('accounts.changed', '2');
    assert.deepEqual(changed, [[], ['a']]);
    assert.deepEqual(
      window.api.accounts.list().map(({ id }) => id),
      ['a'],
    );
  });

  it('is tried again by the next use if the application could not be loaded', async () => {
    let failures = 0;
    using window = new Activated(new FakeStorage(), () => {
      if (failures++ === 0) throw new Error('Not readable.');
      return new FakeStorage().memento();
    });
    const rows = async (): Promise<unknown> =>
      await editor.treeViews[0]?.options.treeDataProvider.getChildren();
    await assert.rejects(rows(), /Not readable\./);
    await rows();
    assert.ok(window.runs);
  });

  it('says why it could not start by itself', async () => {
    const unreadable = (): never => {
      throw new Error('Not readable.');
    };
    using window = new Activated(used(), unreadable);
    for (let turn = 0; turn < 100 && editor.inputs.texts.length === 0; turn++) await window.rest();
    assert.equal(window.runs, false);
    assert.match(editor.inputs.texts.join(), /unexpected error/);
  });

  it('leaves nothing of an application that could not be built, so that the next one is alone', async () => {
    let failures = 0;
    using window = new Activated(new FakeStorage(), () => {
      if (failures++ === 1) throw new Error('Not readable.');
      return new FakeStorage().memento();
    });
    const rows = async (): Promise<unknown> =>
      await editor.treeViews[0]?.options.treeDataProvider.getChildren();
    const emitters = [editor.changedSettings, editor.changedWindowState, editor.changedTabs];
    const listeners = (): readonly number[] => emitters.map((emitter) => emitter.listeners);
    const before = listeners();
    await assert.rejects(rows(), /Not readable\./);
    assert.deepEqual([window.runs, listeners()], [false, before]);
    await rows();
    assert.ok(window.runs);
  });

  it('ends what it has begun', async () => {
    const window = new Activated(used());
    assert.ok(await window.rest());
    window[Symbol.dispose]();
    assert.deepEqual([editor.commands.size, editor.fileSystems.size, editor.logs.size], [0, 0, 0]);
    const early = new Activated(used());
    early[Symbol.dispose]();
    await wait(50);
    assert.deepEqual([editor.commands.size, editor.logs.size], [0, 0]);
  });
});
