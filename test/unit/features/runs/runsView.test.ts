import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { commands, contextKeys } from '../../../../src/shared/contributions';
import { rowCommands } from '../../../../src/shared/identifiers';
import { Emitter } from '../../../../src/core/base/emitter';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { NotificationSuppressor } from '../../../../src/features/runs/notificationSuppressor';
import { RunsView } from '../../../../src/features/runs/runsView';
import { createLazyTree, type LazyTree } from '../../../../src/ui/tree/lazyTree';
import { WatchList } from '../../../../src/features/runs/watchList';
import { FakeClock } from '../../../support/fakeClock';
import { openStorage } from '../../../support/fakes/storage';
import { account, settle, until } from '../../../support/fakes/store';
import type { TreeView } from '../../../support/vscode/views';
import { FakeScope } from '../../../support/watching';
import { MemoryFiles, createRun, Work } from './work';

/** The Runs view of a window, and the events that it fires. */
class Runs implements Disposable {
  readonly work: Work;
  readonly screen = new FakeScope();
  readonly watches: WatchList;
  readonly view: RunsView;
  readonly tree: TreeView<ResourcePath>;
  /** The rows that VS Code was asked to redraw, or everything. */
  readonly redrawn: (readonly ResourcePath[] | 'all')[] = [];
  readonly #lazy: LazyTree;
  readonly #suppressor: NotificationSuppressor;
  readonly #storage = openStorage({ clock: new FakeClock() });
  readonly #changes = new Emitter<readonly string[]>();

  constructor(work = new Work(), watched: readonly ResourcePath[] = []) {
    editor.reset();
    this.work = work;
    const storage = {
      files: () => new MemoryFiles(),
      takeOld: () => undefined,
      entries: this.#storage.entries.bind(this.#storage),
      workspace: this.#storage.workspace,
    };
    this.#suppressor = new NotificationSuppressor(storage, new FakeClock());
    this.watches = new WatchList(this.#storage, work.source());
    this.watches.set(watched, true);
    this.#lazy = createLazyTree('runs', () => Promise.resolve(this.view));
    const context = {
      ...{ store: work.store, watches: this.watches, suppressor: this.#suppressor, storage },
      screen: this.screen,
      accounts: { list: () => work.accounts.list(), onDidChange: this.#changes.event },
      settings: () => ({ pollInterval: 60_000, autoRefreshInterval: 0, notifications: 'all' }) as const,
    };
    this.view = new RunsView(context, this.#lazy.view);
    this.tree = editor.treeViews[0] as unknown as TreeView<ResourcePath>;
    this.view.onDidChangeTreeData((paths) => this.redrawn.push(paths ?? 'all'));
  }

  /** The rows as a person reads them. */
  async rows(parent?: ResourcePath): Promise<readonly string[]> {
    const paths = await this.view.getChildren(parent);
    const items = await Promise.all(
      paths.map(async (path) => {
        const { label, description } = await this.view.getTreeItem(path);
        const [, word] = /\b(failed|running)\b/.exec(String(description)) ?? [];
        const row = `${typeof label === 'string' ? label : ''}: ${word ?? ''}`;
        return [row, ...(await this.rows(path)).map((below) => `  ${below}`)];
      }),
    );
    return items.flat();
  }

  [Symbol.dispose](): void {
    this.view.dispose();
    this.#lazy.dispose();
    this.watches.dispose();
    this.#storage.dispose();
    this.work.store.dispose();
  }
}

describe('the Runs view', () => {
  it('shows accounts that cannot be loaded, then runs, and loads them once', async () => {
    const work = new Work({}, ['a', 'b']);
    work.all = [createRun('r2', 'failed', { day: 2 }), createRun('r1', 'running', { day: 1 })];
    using runs = new Runs(work);
    assert.deepEqual(editor.inputs.progress.length, 0);
    await runs.rows();
    const rows = ['Account a: running', '  r1: running', '  r2: failed'];
    assert.deepEqual(await runs.rows(), rows);
    assert.deepEqual([work.asked.length, editor.inputs.progress.length], [2, 1]);
    work.failure = new HttpError('network', 'No route');
    await runs.view.refresh();
    const [first = '', second = '', ...others] = await runs.rows();
    assert.match(first, /^Account a: /);
    assert.match(second, /^Account b: /);
    assert.deepEqual([others, editor.inputs.progress.length], [rows, 2]);
  });

  it('expands the rows of accounts, and leaves queued runs collapsed', async () => {
    const work = new Work({}, ['a', 'b']);
    const queued = Array.from({ length: 6 }, (_, at) => createRun(`q${at}`, 'queued'));
    work.all = [createRun('r', 'running'), ...queued];
    using runs = new Runs(work);
    const [path = assert.fail()] = await runs.view.getChildren();
    const [run, section = assert.fail()] = await runs.view.getChildren(path);
    const items = await Promise.all([path, section].map((each) => runs.view.getTreeItem(each)));
    assert.deepEqual(
      items.map(({ collapsibleState, contextValue, command }) => [collapsibleState, contextValue, command]),
      [
        [2, 'account', undefined],
        [1, 'section', undefined],
      ],
    );
    assert.deepEqual(items[1]?.accessibilityInformation, { label: 'Queued, Group, 6 runs' });
    assert.equal((await runs.view.getChildren(section)).length, 6);
    assert.deepEqual(
      [run, section, path].map((each) => each && runs.view.getParent(each)),
      [path, path, undefined],
    );
    const item = await runs.view.resolveTreeItem(await runs.view.getTreeItem(path), path);
    assert.match(JSON.stringify(item.tooltip), /Account a.*1 running&#44; 6 queued/);
    runs.redrawn.length = 0;
    work.all = [createRun('r', 'failed'), ...queued];
    await runs.view.refresh();
    assert.deepEqual(runs.redrawn, [[createRun('r', 'failed').path, path]]);
  });

  it('gives each row its menu, its names and its command', async () => {
    const work = new Work();
    work.all = [createRun('r', 'running')];
    using runs = new Runs(work);
    const [path = assert.fail()] = await runs.view.getChildren();
    const item = await runs.view.getTreeItem(path);
    assert.deepEqual([item.id, item.contextValue?.split('.').at(-1)], [path, 'watch']);
    assert.equal(item.command?.command, rowCommands.openRun);
    assert.match(item.accessibilityInformation?.label ?? '', /^r, running, Run, /);
    runs.redrawn.length = 0;
    runs.watches.set([path], true);
    assert.deepEqual(runs.redrawn, [[path]]);
    assert.equal((await runs.view.getTreeItem(path)).contextValue?.split('.').at(-1), 'unwatch');
    const gone = createRun('gone', 'ok').path;
    await assert.rejects(runs.view.getTreeItem(gone), /no longer exists/);
  });

  it('gives a run the link, the properties and the watch that it has, and an account none of them', async () => {
    const work = new Work({}, ['a', 'b']);
    const plain = work.accounts.session.bind(work.accounts);
    work.accounts.session = async () => ({
      ...(await plain()),
      webLink: () => 'https://example.invalid/',
      properties: () => [{ label: 'Batch', value: 'b1' }],
    });
    work.all = [createRun('r', 'running')];
    using runs = new Runs(work, [account, createRun('r', 'running').path]);
    const [path = assert.fail()] = await runs.view.getChildren();
    const [run = assert.fail()] = await runs.view.getChildren(path);
    const [ofAccount, ofRun] = await Promise.all(
      [path, run].map(async (each) => {
        const item = await runs.view.resolveTreeItem(await runs.view.getTreeItem(each), each);
        const text = JSON.stringify(item.tooltip);
        return [item.contextValue?.split('.').includes('link'), /Batch.*b1/.test(text), /watch/i.test(text)];
      }),
    );
    assert.deepEqual(
      [ofAccount, ofRun],
      [
        [false, false, false],
        [true, true, true],
      ],
    );
  });

  it('opens the clicked row: details of a run, or a retry for a failed account', async () => {
    const work = new Work();
    work.all = [createRun('r', 'running')];
    using runs = new Runs(work);
    const [path = assert.fail()] = await runs.view.getChildren();
    runs.tree.select(path);
    const click = (): unknown => editor.commands.get(rowCommands.openRun)?.();
    await click();
    assert.deepEqual(editor.executed, [[commands.showDetails, path]]);
    work.failure = new HttpError('network', 'No route');
    await runs.view.refresh();
    const [failed = assert.fail()] = await runs.view.getChildren();
    runs.tree.select(failed);
    await click();
    assert.deepEqual(editor.executed[1], [commands.refreshRuns, failed]);
    assert.equal((await runs.view.getTreeItem(failed)).contextValue, 'problem');
    runs.tree.select(createRun('gone', 'ok').path);
    await click();
    assert.equal(editor.executed.length, 2);
  });

  it('passes the focused runs to keys, named by their ancestors', async () => {
    const work = new Work();
    work.all = [createRun('r', 'running')];
    const names = ['Shop', 'Web'];
    const plain = work.newRuns();
    work.runs = {
      ...plain,
      fetchRuns: async (...question) => {
        const report = await plain.fetchRuns(...question);
        return { ...report, entries: report.entries.map(({ run }) => ({ run, ancestors: names })) };
      },
    };
    using runs = new Runs(work);
    const [path = assert.fail()] = await runs.view.getChildren();
    runs.tree.select(path, createRun('gone', 'ok').path);
    const labels = async (): Promise<readonly string[]> =>
      (await runs.view.rowsAtFocus()).map(({ label }) => label);
    assert.deepEqual(await labels(), ['Web · r']);
    const item = await runs.view.resolveTreeItem(await runs.view.getTreeItem(path), path);
    const { tooltip } = item;
    assert.match(
      typeof tooltip === 'string' ? tooltip : (tooltip?.value ?? ''),
      /Shop &#8250; Web &#8250; r/,
    );
    work.failure = new HttpError('network', 'No route');
    await runs.view.refresh();
    const [failed = assert.fail()] = await runs.view.getChildren();
    runs.tree.select(failed);
    assert.deepEqual(await labels(), []);
    const problem = await runs.view.resolveTreeItem(await runs.view.getTreeItem(failed), failed);
    assert.match(JSON.stringify(problem.tooltip), /Account a/);
    const untouched = await runs.view.getTreeItem(failed);
    assert.equal(await runs.view.resolveTreeItem(untouched, createRun('gone', 'ok').path), untouched);
  });

  it('redraws changed rows, or everything if rows were added or removed', async () => {
    const work = new Work();
    const [one, two] = [createRun('r1', 'running', { day: 1 }), createRun('r2', 'running', { day: 2 })];
    work.all = [two, one];
    using runs = new Runs(work);
    await runs.rows();
    const takeRedrawn = (): readonly unknown[] => runs.redrawn.splice(0);
    takeRedrawn();
    await runs.view.refresh();
    assert.deepEqual(takeRedrawn(), []);
    work.all = [two, createRun('r1', 'failed', { day: 1 })];
    await runs.view.refresh();
    assert.deepEqual(takeRedrawn(), [[one.path]]);
    work.all = [two];
    await runs.view.refresh();
    assert.ok(takeRedrawn().includes('all'));
  });

  it('is filtered while it is typed, says how many match, and hidden runs are not seen', async () => {
    const work = new Work();
    work.all = [createRun('r1', 'running'), createRun('r2', 'failed', { day: 1 })];
    using runs = new Runs(work);
    await runs.rows();
    const { filter } = await runs.view.filtering();
    filter.preview('r1');
    assert.deepEqual([await runs.rows(), runs.tree.message], [['r1: running'], '1 of 2 runs match "r1".']);
    assert.equal(editor.contexts.get(contextKeys.runsFiltered), true);
    runs.tree.show(true);
    const [item = assert.fail()] = editor.statusBarItems;
    assert.match(item.text, /1 failed/);
    filter.set('none');
    const [path = assert.fail()] = await runs.view.getChildren();
    const row = await runs.view.getTreeItem(path);
    assert.deepEqual([row.label, row.contextValue], ['No matches', 'noMatch']);
    runs.tree.select(path);
    await editor.commands.get(rowCommands.openRun)?.();
    assert.deepEqual(editor.executed.at(-1), [commands.clearRunsFilter, path]);
    filter.set('');
    assert.deepEqual([(await runs.rows()).length, runs.tree.message], [2, '']);
    assert.equal(editor.contexts.get(contextKeys.runsFiltered), false);
    assert.doesNotMatch(item.text, /failed/);
  });

  it('starts to watch when resources were loaded, and not before', async () => {
    using runs = new Runs(new Work({ [account]: [] }));
    await settle();
    assert.deepEqual([editor.statusBarItems.length, runs.redrawn], [0, []]);
    await runs.work.store.load(account);
    await until(() => editor.statusBarItems.length === 1);
  });

  it('starts to watch at once if something is watched', async () => {
    using runs = new Runs(new Work(), [createRun('r', 'running').path]);
    await until(() => editor.statusBarItems.length === 1);
    assert.deepEqual(runs.work.asked, [], 'the view was not seen');
  });

  it('counts active runs and unseen failures in its badge and in the status bar', async () => {
    const work = new Work();
    work.all = [createRun('r1', 'running'), createRun('r2', 'failed', { day: 2 }), createRun('r3', 'queued')];
    using runs = new Runs(work);
    runs.tree.show(false);
    await runs.rows();
    const [item = assert.fail()] = editor.statusBarItems;
    assert.deepEqual([item.text, item.isShown], ['$(sync) 1 running $(error) 1 failed', true]);
    const text = 'Connections: 1 running, 1 failed since you last opened Runs';
    assert.equal(
      item.tooltip,
      `${text}\nAccount a (Adobe Customer Journey Analytics): 1 running, 1 failed, 1 queued\nClick to show runs.`,
    );
    assert.deepEqual([item.accessibilityInformation.label, item.command], [text, commands.showRuns]);
    assert.deepEqual(runs.tree.badge, { value: 1, tooltip: text });
    runs.tree.show(true);
    await settle();
    assert.deepEqual(
      [item.text, item.accessibilityInformation.label],
      ['$(sync) 1 running', 'Connections: 1 running'],
    );
    runs.tree.show(false);
    const old = createRun('r2', 'failed', { day: 2 });
    const table: readonly (readonly [readonly Resource[], string, boolean, number | undefined])[] = [
      [[createRun('r1', 'ok'), old], '', false, undefined],
      [[createRun('r2', 'failed', { day: 3 })], '$(error) 1 failed', true, undefined],
      [[createRun('r1', 'failed', { day: 1 }), old], '$(error) 1 failed', true, undefined],
      [[createRun('r1', 'running')], '$(sync) 1 running', true, 1],
      [[], '', false, undefined],
    ];
    const getBadge = (): number | undefined => runs.tree.badge?.value;
    for (const [all, shown, isShown, badge] of table) {
      work.all = all;
      await runs.view.refresh();
      assert.deepEqual([item.text, item.isShown, getBadge()], [shown, isShown, badge]);
    }
  });

  it('counts a failure as unseen though the run was seen while it was running', async () => {
    const work = new Work();
    work.all = [createRun('r1', 'running', { day: 1 })];
    using runs = new Runs(work);
    runs.tree.show(true);
    await runs.rows();
    runs.tree.show(false);
    work.all = [createRun('r1', 'failed', { day: 1 })];
    await runs.view.refresh();
    assert.equal(editor.statusBarItems[0]?.text, '$(error) 1 failed');
  });

  it('says that nothing matches its filter only if there are runs', async () => {
    const work = new Work();
    using runs = new Runs(work);
    const { filter } = await runs.view.filtering();
    filter.set('web');
    assert.deepEqual(await runs.rows(), []);
    work.all = [createRun('r1', 'running')];
    await runs.view.refresh();
    assert.deepEqual(await runs.rows(), ['No matches: ']);
  });

  it('is not seen while its window is in the background', async () => {
    const work = new Work();
    work.all = [createRun('r1', 'failed')];
    using runs = new Runs(work);
    editor.focused = false;
    runs.tree.show(true);
    await runs.rows();
    const [item = assert.fail()] = editor.statusBarItems;
    assert.equal(item.text, '$(error) 1 failed');
    editor.focused = true;
    editor.changedWindowState.fire(undefined);
    assert.deepEqual([item.text, item.isShown], ['', false]);
  });

  it('hides seen failures until there are others, and Undo shows them again', async () => {
    const work = new Work();
    const first = createRun('r1', 'failed', { day: 1 });
    work.all = [createRun('r2', 'running'), first];
    using runs = new Runs(work);
    const hasFailed = (): unknown => editor.contexts.get(contextKeys.hasFailedRuns);
    runs.tree.show(false);
    assert.deepEqual(await runs.rows(), ['r2: running', 'r1: failed']);
    assert.equal(hasFailed(), true);
    await runs.view.clearFailures();
    assert.deepEqual(editor.inputs.texts, ['There are no failed runs that you have seen.']);
    runs.tree.show(true);
    const clearing = runs.view.clearFailures();
    await settle();
    assert.deepEqual([await runs.rows(), hasFailed()], [['r2: running'], false]);
    const [, message = assert.fail()] = editor.inputs.messages;
    assert.equal(message.text, '1 failed run is no longer listed.');
    message.press('Undo');
    await clearing;
    assert.deepEqual(await runs.rows(), ['r2: running', 'r1: failed']);
    void runs.view.clearFailures();
    await settle();
    work.all = [createRun('r2', 'failed', { day: 2 }), first];
    await runs.view.refresh();
    assert.deepEqual(await runs.rows(), ['r2: failed']);
    work.all = [createRun('r2', 'failed', { day: 2 }), createRun('r1', 'failed', { day: 3 })];
    await runs.view.refresh();
    assert.deepEqual(await runs.rows(), ['r1: failed', 'r2: failed'], 'it failed again');
    const cleared = runs.view.clearFailures();
    await settle();
    editor.inputs.messages.at(-1)?.press();
    await cleared;
    assert.deepEqual(
      [await runs.rows(), editor.inputs.texts.at(-1)],
      [[], '2 failed runs are no longer listed.'],
    );
  });

  it('a closed Runs view leaves nothing behind', async () => {
    const runs = new Runs();
    await runs.rows();
    runs[Symbol.dispose]();
    await settle();
    assert.ok(runs.tree.isDisposed);
    assert.ok(editor.statusBarItems.every(({ isDisposed }) => isDisposed));
    assert.ok(!editor.commands.has(rowCommands.openRun));
    assert.equal(editor.changedWindowState.listeners, 0);
    const late = new Runs();
    late[Symbol.dispose]();
    await late.view.getChildren();
    assert.deepEqual(
      editor.statusBarItems.map(({ isDisposed }) => isDisposed),
      [true],
    );
    const early = new Runs(new Work(), [createRun('r', 'running').path]);
    early[Symbol.dispose]();
    await until(() => editor.statusBarItems.some(({ isDisposed }) => isDisposed));
  });
});
