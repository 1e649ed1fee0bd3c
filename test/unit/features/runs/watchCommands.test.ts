import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { rowRemovedError } from '../../../../src/core/store/notFoundError';
import { runsCommands } from '../../../../src/features/runs/commands';
import { WatchList } from '../../../../src/features/runs/watchList';
import { settings, settingsSection } from '../../../../src/shared/contributions';
import { Targets } from '../../../../src/ui/commands/targets';
import { LastSelection, type SelectableView } from '../../../../src/ui/tree/lastSelection';
import { FakeClock } from '../../../support/fakeClock';
import { openStorage } from '../../../support/fakes/storage';
import { account, resource } from '../../../support/fakes/store';
import { EventEmitter } from '../../../support/vscode/values';
import { createRun, Work } from './work';

/** A view whose rows are selected by tests. */
class View implements SelectableView {
  #selected: readonly Resource[] = [];
  readonly #changes = new EventEmitter<undefined>();
  readonly onDidChangeSelection = this.#changes.event as SelectableView['onDidChangeSelection'];

  selectedRows(): readonly Resource[] {
    return this.#selected;
  }

  select(...rows: readonly Resource[]): void {
    this.#selected = rows;
    this.#changes.fire(undefined);
  }
}

const shop = resource(account, 'connection', 'shop', 'Shop');
const running = createRun('r1', 'running', { parent: shop.path });
const failed = createRun('r2', 'failed', { parent: shop.path });

/** The tree, the Runs view and the watch list. Only the connection is loaded. */
class Window implements Disposable {
  readonly work = new Work({ [account]: [shop] });
  readonly tree = new View();
  readonly runs = new View();
  readonly #storage = openStorage({ clock: new FakeClock() });
  readonly watches = new WatchList(this.#storage, this.work.source());
  readonly #context: Parameters<(typeof runsCommands)['watch']['handler']>[0];

  constructor() {
    const { store } = this.work;
    const known = new Map([running, failed].map((run) => [run.path, run]));
    const runs = {
      visible: false,
      selectedRows: () => [],
      rowsAtFocus: () => Promise.resolve([]),
      resourceAt: (path: ResourcePath) => known.get(path),
      parentName: () => 'Users',
      refresh: () => Promise.resolve(),
      clearFailures: () => Promise.resolve(),
      filtering: () => assert.fail(),
    };
    const has = (path: ResourcePath): boolean => store.get(path) !== undefined;
    const resourceAt = (path: ResourcePath): Resource => {
      const found = store.get(path);
      if (found) return found;
      throw rowRemovedError();
    };
    const targets = new Targets({
      ...{
        store,
        runs,
        tree: { has, resourceAt },
        view: { visible: false, selection: [], rowsAtFocus: () => Promise.resolve([]) },
      },
      recent: { list: () => new Map(), add: () => undefined, remove: () => undefined },
      selected: new LastSelection([this.tree, this.runs]),
    });
    this.#context = { targets, store, watches: this.watches, runs };
    editor.settings.set(`${settingsSection}.${settings.notifications}`, 'all');
  }

  async run(command: 'watch' | 'unwatch', ...args: readonly unknown[]): Promise<void> {
    await runsCommands[command].handler(this.#context)(...args);
  }

  [Symbol.dispose](): void {
    this.watches.dispose();
    this.#storage.dispose();
    this.work.store.dispose();
  }
}

describe('Watch and Stop Watching from the palette', () => {
  it('act on the run that is selected in Runs, without a request', async () => {
    using window = new Window();
    await window.work.store.load(account);
    const requests = window.work.accounts.calls.length;
    window.tree.select(shop);
    window.runs.select(running);
    await window.run('watch');
    assert.deepEqual(window.watches.list(), [running.path]);
    assert.deepEqual(editor.inputs.statusMessages, [
      '$(check) Watching Shop · r1. You will be notified when runs end.',
    ]);
    await window.run('unwatch');
    assert.deepEqual([window.watches.list(), editor.inputs.picks.length], [[], 0]);
    assert.equal(window.work.accounts.calls.length, requests);
  });

  it('act on the last selection, even if it is gone', async () => {
    using window = new Window();
    await window.work.store.load(account);
    window.runs.select(running);
    window.tree.select(shop);
    window.runs.select();
    await window.run('watch');
    assert.deepEqual(window.watches.list(), [shop.path]);
    assert.match(editor.inputs.statusMessages.join(), / Watching Shop\./, 'without its account');
  });

  it('name a run by its row if its ancestors are not loaded', async () => {
    using window = new Window();
    window.runs.select(running);
    await window.run('watch');
    assert.match(editor.inputs.statusMessages.join(), /Watching Users · r1\./);
  });

  it('watch no run that has ended, and say so', async () => {
    using window = new Window();
    window.runs.select(failed);
    await window.run('watch');
    assert.deepEqual(
      [window.watches.list(), editor.inputs.texts],
      [[], ['A run that has ended cannot be watched.']],
    );
    await window.run('watch', failed.path, [failed.path, running.path]);
    assert.deepEqual(window.watches.list(), [running.path]);
    assert.match(editor.inputs.texts[1] ?? '', /does not apply: "r2"\.$/);
  });

  it('end the watch of a path of another window, and of exactly what is named', async () => {
    using window = new Window();
    window.watches.set([running.path, shop.path], true);
    await window.run('unwatch', running.path);
    assert.deepEqual(window.watches.list(), [shop.path]);
  });

  it('offer what is watched if the selection is not', async () => {
    using window = new Window();
    window.watches.set([shop.path], true);
    window.runs.select(running);
    await window.run('unwatch');
    assert.equal(editor.inputs.offered.length, 1);
    assert.deepEqual(window.watches.list(), [shop.path]);
  });

  it('say so if nothing is watched, instead of an empty list', async () => {
    using window = new Window();
    await window.run('unwatch');
    assert.deepEqual(editor.inputs.texts, ['Nothing is watched.']);
  });
});
