import { editor } from '../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { ResourcePath } from '../../src/core/services/contract/path';
import { services } from '../../src/core/services/registry';
import { Accounts } from '../../src/features/accounts/accounts';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { Activated } from '../support/activated';
import { FakeStorage } from '../support/fakes/accounts';
import { SERVICE_IDS } from '../support/service';

const MINUTE_MS = 60_000;

/** Milliseconds of simulated time between two looks at what has arrived. */
const STEP_MS = 50;

/** A window with an account of each service, in simulated time. */
class IdleWindow {
  private constructor(
    readonly sample: SampleService,
    private readonly context: TestContext,
    private readonly activated: Activated,
  ) {}

  static async open(context: TestContext): Promise<IdleWindow> {
    const size = { connections: 3, datasets: 2, backfills: 2 };
    const sample = await startSampleService({ ...size, rate: 0, now: () => Date.now() });
    const storage = new FakeStorage();
    const accounts = new Accounts(storage.memento(), storage.secretStorage(), services);
    for (const service of SERVICE_IDS) {
      const { settings, secrets } = sample.credentials(service);
      await accounts.add({ service, name: service, settings }, secrets);
    }
    // From here on, only the test lets time pass.
    context.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.now() });
    return new IdleWindow(sample, context, new Activated(storage));
  }

  /** Lets time pass until work is done. */
  async until<T>(work: PromiseLike<T>): Promise<T> {
    const state = { isDone: false };
    const done = (): void => {
      state.isDone = true;
    };
    work.then(done, done);
    while (!state.isDone) {
      this.context.mock.timers.tick(STEP_MS);
      await turn();
    }
    return work;
  }

  /** Loads all rows down to the datasets, and all runs, of which some are active. @returns the number of rows. */
  async load(): Promise<number> {
    let rows = 0;
    const { api } = this.activated;
    const expand = async (path?: ResourcePath, levels = 3): Promise<void> => {
      for (const row of await this.until(api.children(path))) {
        rows += 1;
        if (levels > 1) await expand(row.path as ResourcePath, levels - 1);
      }
    };
    await expand();
    await this.until(api.runs());
    return rows;
  }

  /** Opens both views, and the connections of each account. @returns the number of rows. */
  async openViews(): Promise<number> {
    const [tree, runs] = editor.treeViews;
    assert.ok(tree && runs);
    tree.show(true);
    const accounts = await this.until(Promise.resolve(tree.options.treeDataProvider.getChildren()));
    let rows = 0;
    for (const account of accounts) rows += (await this.until(tree.expand(account))).length;
    runs.show(true);
    await this.until(Promise.resolve(runs.options.treeDataProvider.getChildren()));
    return rows;
  }

  /** @returns the requests of so many minutes. */
  async pass(minutes: number): Promise<readonly string[]> {
    this.sample.clearRequests();
    for (let minute = 0; minute < minutes; minute++) {
      this.context.mock.timers.tick(MINUTE_MS);
      for (let turns = 0; turns < 10; turns++) await turn();
    }
    return this.sample.requests.map(({ method, path }) => `${method} ${path}`);
  }

  focus(focused: boolean): void {
    editor.focused = focused;
    editor.changedWindowState.fire({ focused });
  }

  async close(): Promise<void> {
    this.activated[Symbol.dispose]();
    this.context.mock.timers.reset();
    await this.sample.close();
  }
}

/** What was running has ended, and was asked for a last time. */
const SETTLED = 30;

/** Two hours. */
const LONG = 120;

describe('A window in which nothing is watched', () => {
  it('sends no request for hours, with the focus and without, although everything is loaded and shown', async (context) => {
    const window = await IdleWindow.open(context);
    try {
      assert.ok((await window.load()) > 30);
      assert.deepEqual(await window.pass(LONG), [], 'with no view');
      assert.ok((await window.openViews()) > 10);
      await window.pass(SETTLED);
      assert.deepEqual(await window.pass(LONG), [], 'with the focus');
      window.focus(false);
      assert.deepEqual(await window.pass(LONG), [], 'without the focus');
      window.focus(true);
      assert.deepEqual(await window.pass(LONG), [], 'with the focus again');
      editor.set('connectionsExplorer.autoRefreshInterval', 3600);
      assert.notDeepEqual(await window.pass(LONG), [], 'with a setting that asks for it');
    } finally {
      await window.close();
    }
  });
});
