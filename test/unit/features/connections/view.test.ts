import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_SILENCE_MS } from '../../../../src/core/http/pulse';
import type { Wait } from '../../../../src/core/http/types';
import { HttpError } from '../../../../src/core/http/errors';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Session } from '../../../../src/core/services/contract/service';
import { ConnectionsView } from '../../../../src/features/connections/view';
import { createLazyTree, type LazyTree } from '../../../../src/ui/tree/lazyTree';
import type { TreeView } from '../../../support/vscode/views';
import { account, createAccount, page, resource, settle } from '../../../support/fakes/store';
import { TreeWindow } from './treeWindow';
import { idleActions } from '../../../support/getAction';

const connection = resource(account, 'connection', 'c', 'Web');
const other = resource(account, 'connection', 'd', 'App');
const dataset = resource(connection.path, 'dataset', 'ds', 'Clicks');
const problem = {
  ...resource(account, 'problem', 'p', 'Broken'),
  problem: { title: 'Broken.', detail: 'No ID.', retryable: false },
};

/** The view over a tree of one account with two connections. */
class ViewWindow extends TreeWindow {
  readonly tree: LazyTree;
  readonly view: ConnectionsView;
  readonly shown: TreeView<ResourcePath>;

  constructor(parts: Partial<Session> = {}, accounts: readonly string[] = ['a']) {
    super(parts, accounts);
    this.served.lists.set(account, [connection, other]);
    this.served.lists.set(connection.path, [dataset]);
    this.tree = createLazyTree('connections', () => Promise.resolve(this.provider));
    this.view = new ConnectionsView(this.served.store, this.filter, this.provider, this.tree.view);
    this.shown = (editor.treeViews[0] ?? assert.fail()) as unknown as TreeView<ResourcePath>;
  }

  override [Symbol.dispose](): void {
    this.view.dispose();
    this.tree.dispose();
    super[Symbol.dispose]();
  }

  /** Makes a request wait, as far as the store reports it. */
  pause(path: ResourcePath, delay: number, reason: Wait['reason'] = 'limit'): void {
    const call = this.served.calls.find((each) => each.path === path)?.call ?? assert.fail(path);
    call.onWait?.({ reason, delay, attempt: 1 });
  }
}

function context(key: string): unknown {
  return editor.contexts.get(`connectionsExplorer.${key}`);
}

describe('The view of connections', () => {
  it('knows which rows are selected, and whether it is visible', () => {
    using window = new ViewWindow();
    window.shown.select(other.path, connection.path);
    assert.deepEqual(window.view.selection, [other.path, connection.path]);
    let fired = 0;
    window.view.onDidChangeVisibility(() => fired++);
    window.shown.show(true);
    assert.deepEqual([window.view.visible, fired], [true, 1]);
  });

  it('shows in its title whose connections are at its root, and that these are production', async () => {
    using window = new ViewWindow();
    const { shown, served } = window;
    assert.deepEqual([shown.title, shown.description], ['Account a', 'Adobe Customer Journey Analytics']);
    assert.equal(shown.message, '');
    served.replaceAccounts({ ...createAccount('a'), production: true });
    await window.look();
    assert.deepEqual([shown.title, shown.message], ['Account a (Production)', 'Production']);
    served.replaceAccounts(createAccount('a'), { ...createAccount('b'), production: true });
    await window.look();
    assert.deepEqual([shown.title, shown.description, shown.message], ['Connections', '', '']);
    served.replaceAccounts({ ...createAccount('a'), service: 'later' });
    await window.look();
    assert.deepEqual([shown.title, shown.description], ['Account a', '']);
  });

  it('sets a context key only when its value changes, however often the view is drawn', async () => {
    using window = new ViewWindow();
    const draw = async (...filters: readonly string[]): Promise<void> => {
      for (const text of filters) {
        window.filter.set(text);
        await window.look();
      }
    };
    await draw('web', '');
    const before = editor.contextCalls.length;
    await draw('web', 'webs', '');
    const filtered = 'connectionsExplorer.filtered';
    assert.deepEqual(editor.contextCalls.slice(before), [filtered, filtered]);
  });

  it('sets context keys for the steps of the walkthrough: own accounts, and those of samples', async () => {
    using window = new ViewWindow({}, []);
    for (const [samples, keys] of [
      [[], [false, false]],
      [[false], [false, true]],
      [[true], [true, false]],
      [
        [true, false],
        [true, true],
      ],
    ] as const) {
      window.served.replaceAccounts(...samples.map((sample, at) => ({ ...createAccount(`s${at}`), sample })));
      await window.look();
      assert.deepEqual([context('hasSampleAccount'), context('hasOwnAccount')], keys);
    }
  });

  it('sets a context key while a filter hides rows', async () => {
    using window = new ViewWindow({}, []);
    assert.equal(context('filtered'), false);
    window.served.replaceAccounts(createAccount('a'));
    window.filter.set('web');
    await window.look();
    assert.equal(context('filtered'), true);
    window.filter.set('');
    assert.equal(context('filtered'), false, 'at once');
  });

  it('counts what the filter shows, and what is not loaded', async () => {
    using window = new ViewWindow();
    await window.draw();
    window.filter.set('web');
    assert.equal(window.shown.message, '1 of 2 connections match "web".');
    for (const [total, more] of [
      [7, ' 5 connections are not loaded.'],
      [3, ' 1 connection is not loaded.'],
      [2, ''],
    ] as const) {
      window.served.lists.set(account, page([connection, other], { total }));
      await window.served.store.refresh(account);
      await window.look();
      assert.equal(window.shown.message, `1 of 2 connections match "web".${more}`);
    }
  });

  it('says what is missing in groups, unless a filter already does', async () => {
    using window = new ViewWindow();
    window.served.lists.set(account, page([connection, other], { total: 3 }));
    await window.draw();
    await window.look();
    assert.equal(window.shown.message, '');
    window.groups.set('owner');
    await window.look();
    assert.equal(window.shown.message, 'Groups have loaded connections only. 1 connection is not loaded.');
    window.filter.set('web');
    await window.look();
    assert.match(window.shown.message, /^1 of 2 connections match "web"\. 1 connection is not loaded\.$/);
    window.filter.set('');
    window.served.lists.set(account, [connection, other]);
    await window.served.store.refresh(account);
    await window.look();
    assert.equal(window.shown.message, '', 'all are there');
  });

  it('shows the problem of the only account, unless a row shows it', async () => {
    using window = new ViewWindow();
    await window.draw();
    window.served.store.reportHealth(account, new HttpError('network', 'No route.'));
    await window.look();
    const message = window.shown.message;
    assert.notEqual(message, '');
    assert.equal(message, window.served.store.get(account)?.status?.label);
    window.served.lists.set(account, page([connection, problem]));
    await window.served.store.refresh(account);
    window.served.store.reportHealth(account, new HttpError('network', 'No route.'));
    await window.look();
    assert.equal(window.shown.message, '');
  });

  it('shows pauses of some length, until they end', async () => {
    using window = new ViewWindow();
    await window.draw();
    await window.draw(connection.path);
    window.pause(account, 999);
    assert.equal(window.shown.message, '');
    window.pause(account, 1000);
    assert.equal(window.shown.message, 'Rate limit reached. Retrying in 1 s.');
    window.pause(connection.path, 4200, 'retry');
    assert.match(window.shown.message, /Retrying in 1 s\.$/, 'one at a time');
    await window.served.store.refresh(account);
    assert.equal(window.shown.message, 'The service returned an error. Retrying in 5 s.');
    await window.served.store.refresh(connection.path);
    assert.equal(window.shown.message, '');
    window.shown.message = 'as it was';
    await window.served.store.refresh(connection.path);
    assert.equal(window.shown.message, 'as it was', 'there was nothing to end');
  });

  it('names the account that has to wait, if there are several', async () => {
    using window = new ViewWindow({}, ['a', 'b']);
    await window.draw();
    await window.draw(account);
    window.pause(account, 4000);
    const place = 'Account a (Adobe Customer Journey Analytics)';
    assert.equal(window.shown.message, `${place}: Rate limit reached. Retrying in 4 s.`);
  });

  it('offers to create if the only account can, because its row is not shown', async () => {
    const can = async (parts: Partial<Session>, accounts?: readonly string[]): Promise<unknown> => {
      using window = new ViewWindow(parts, accounts);
      await window.look();
      return context('canCreate');
    };
    assert.equal(await can({ actions: idleActions('edit', 'create') }), true);
    assert.equal(await can({ actions: idleActions('edit') }), false);
    assert.equal(await can({}), false);
    assert.equal(await can({ actions: idleActions('create') }, ['a', 'b']), false);
    using window = new ViewWindow();
    window.served.session = () => Promise.reject(new HttpError('authentication', 'No.'));
    await window.look();
    assert.equal(context('canCreate'), false);
  });

  it('reloads expanded lists only while it is visible', async () => {
    using window = new ViewWindow();
    await window.draw();
    await window.shown.expand(connection.path);
    assert.equal(context('expandedRow'), true, 'a step of the walkthrough');
    window.shown.collapse(connection.path);
    assert.equal(window.provider.isExpanded(connection.path), false);
    window.shown.reopen(connection.path);
    assert.equal(window.provider.isExpanded(connection.path), true);
    await window.served.store.refresh(account);
    assert.equal(window.served.asked(connection.path), 1);
    window.shown.show(true);
    await settle();
    assert.equal(window.served.asked(connection.path), 2);
    window.shown.show(false);
    await window.served.store.refresh(account);
    await window.look();
    assert.equal(window.served.asked(connection.path), 2);
  });

  it('ends when it is disposed of', async () => {
    const window = new ViewWindow();
    const { shown } = window;
    await window.draw();
    window[Symbol.dispose]();
    assert.ok(shown.isDisposed);
    assert.equal(editor.commands.has('connectionsExplorer.openRow'), false);
    window.filter.preview('web');
    assert.equal(shown.message, '');
  });
});

describe('A click on a row', () => {
  const click = async (): Promise<readonly unknown[]> => {
    editor.executed.length = 0;
    await editor.commands.get('connectionsExplorer.openRow')?.();
    return editor.executed;
  };

  it('previews its details, or runs another command of its kind', async () => {
    using window = new ViewWindow();
    const failed = { ...problem, problem: { ...problem.problem, retryable: true } };
    window.served.lists.set(account, page([connection, failed]));
    await window.draw();
    window.shown.select(connection.path);
    assert.deepEqual(await click(), [
      ['connectionsExplorer.showDetails', connection.path, { preview: true }],
    ]);
    window.shown.select(failed.path);
    assert.deepEqual(await click(), [['connectionsExplorer.retry', failed.path, { preview: true }]]);
  });

  it('does nothing for a removed row, one that shows nothing, or several', async () => {
    using window = new ViewWindow();
    window.served.lists.set(account, page([connection, other, problem]));
    await window.draw();
    window.shown.select(problem.path);
    assert.deepEqual(await click(), []);
    window.shown.select(connection.path, other.path);
    assert.deepEqual(await click(), []);
    window.shown.select(dataset.path);
    assert.deepEqual(await click(), []);
  });
});

describe('Revealing a resource in the tree', () => {
  it('loads the way to it, selects it and expands it', async () => {
    using window = new ViewWindow();
    await window.view.reveal(dataset.path);
    assert.deepEqual(window.shown.revealed, [
      { element: dataset.path, options: { select: true, focus: true, expand: true } },
    ]);
    assert.deepEqual(window.view.selection, [dataset.path]);
    const gone = resource(account, 'connection', 'gone');
    await assert.rejects(window.view.reveal(gone.path), { kind: 'notFound' });
  });

  it('asks a service again that has been silent', async (t) => {
    t.mock.timers.enable({ apis: ['Date'] });
    using window = new ViewWindow();
    window.served.lists.set(account, new Promise(() => undefined));
    void window.view.reveal(connection.path);
    await settle();
    t.mock.timers.tick(MAX_SILENCE_MS + 1);
    window.served.lists.set(account, [connection, other]);
    await window.view.reveal(connection.path);
    assert.equal(window.served.asked(account), 2);
  });

  it('clears a filter that hides it, and keeps one that does not', async () => {
    using window = new ViewWindow();
    await window.draw();
    window.filter.set('web');
    await window.view.reveal(dataset.path);
    assert.equal(window.filter.text, 'web');
    window.fired.length = 0;
    await window.view.reveal(other.path);
    assert.deepEqual([window.filter.text, window.fired], ['', ['all']], 'the rows are there at once');
  });
});
