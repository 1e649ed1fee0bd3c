import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Emitter } from '../../../../src/core/base/emitter';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { ListState } from '../../../../src/core/store/store';
import { Recovery } from '../../../../src/features/runs/recovery';
import { FakeClock } from '../../../support/fakeClock';
import { account, deferred, resource, settle } from '../../../support/fakes/store';
import { FakeScope } from '../../../support/watching';
import { createConnection } from './work';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const foreign = 'account:b' as ResourcePath;
const connection = createConnection('c');
const inside = resource(connection.path, 'dataset', 'd');

/** The state of a list or of the runs of an account. */
interface Standing {
  readonly failedAt: number;
  readonly stale?: boolean;
  readonly reading?: boolean;
  /** The problem of its first row; absent: none. */
  readonly problem?: { readonly retryable: boolean };
}

/** Lists in the states of a test, and the reloads. */
class Window implements Disposable {
  readonly clock = new FakeClock();
  readonly scope = new FakeScope();
  readonly answers = new Emitter<ResourcePath>();
  readonly lists = new Map<ResourcePath, Standing>();
  readonly runs = new Map<ResourcePath, number>();
  readonly read: string[] = [];
  readonly rows = new Map<ResourcePath, readonly Resource[]>([[account, [connection]]]);
  rootPath: ResourcePath | undefined = account;
  onRetry: () => Promise<void> = () => Promise.resolve();
  readonly recovery = new Recovery({
    store: {
      accounts: () => [account, foreign].map((path) => ({ ...resource(path, 'connection', ''), path })),
      rows: (path) => this.#getRows(path),
      state: (path) => this.#getState(path),
      rootPath: () => this.rootPath,
      retry: async (path, options) => {
        this.read.push(`${options?.priority} ${path.slice(path.lastIndexOf(':') + 1)}`);
        await this.onRetry();
      },
      onDidAnswer: this.answers.event,
    },
    loader: {
      failedAt: (path) => this.runs.get(path),
      retry: (path) => {
        this.read.push(`runs ${path.slice(path.lastIndexOf(':') + 1)}`);
        return Promise.resolve();
      },
    },
    ...{ scope: this.scope, clock: this.clock, interval: () => MINUTE_MS },
  });

  /** The account answers a request. @returns the reloads. */
  async answer(path = account): Promise<readonly string[]> {
    this.answers.fire(path);
    return this.pass(1000);
  }

  async pass(milliseconds: number): Promise<readonly string[]> {
    await this.clock.advance(milliseconds, settle);
    return this.read.splice(0);
  }

  #getRows(path: ResourcePath): readonly Resource[] | undefined {
    const problem = this.lists.get(path)?.problem;
    if (!problem) return this.rows.get(path);
    const row = { ...resource(path, 'problem', 'load'), hasChildren: false };
    return [
      { ...row, problem: { title: 'It failed.', detail: '', ...problem } },
      ...(this.rows.get(path) ?? []),
    ];
  }

  #getState(path: ResourcePath): ListState {
    const { stale = false, reading = false, failedAt } = this.lists.get(path) ?? {};
    return { loaded: 0, total: undefined, dirty: false, readAt: undefined, stale, reading, failedAt };
  }

  [Symbol.dispose](): void {
    this.recovery.dispose();
  }
}

function failed(problem?: { readonly retryable: boolean }): Standing {
  return { failedAt: Date.now(), ...(problem ? { problem } : { stale: true }) };
}

describe('what is reloaded when an account answers', () => {
  it('is a visible list that is outdated, or failed temporarily', async () => {
    for (const [standing, read] of [
      [failed(), ['background a']],
      [failed({ retryable: true }), ['background a']],
      [failed({ retryable: false }), []],
      [{ ...failed(), reading: true }, []],
      [{ failedAt: Date.now() }, []],
    ] as const) {
      using w = new Window();
      w.scope.set({ treeVisible: true });
      w.lists.set(account, standing);
      assert.deepEqual(await w.answer(), read);
    }
  });

  it('is nothing of another account, nor of one that answered before it failed', async () => {
    using w = new Window();
    w.scope.set({ treeVisible: true });
    w.lists.set(account, failed());
    assert.deepEqual(await w.pass(MINUTE_MS), [], 'nothing answered');
    assert.deepEqual(await w.answer(foreign), []);
    await w.answer();
    w.lists.set(account, { ...failed(), failedAt: Date.now() + HOUR_MS });
    await w.pass(HOUR_MS);
    w.scope.changes.fire(undefined);
    assert.deepEqual(await w.pass(1000), []);
  });

  it('is what is visible: expanded rows of the tree, panels, and the runs in their view', async () => {
    using w = new Window();
    for (const path of [account, connection.path, inside.path]) w.lists.set(path, failed());
    w.rows.set(connection.path, [inside]);
    w.runs.set(account, Date.now());
    assert.deepEqual(await w.answer(), []);
    w.scope.set({ panels: [inside.path, 'account:b/connection:x' as ResourcePath] });
    assert.deepEqual(await w.answer(), [], 'nothing is loaded below it');
    w.scope.set({ panels: [connection.path] });
    assert.deepEqual(await w.answer(), ['background c']);
    w.scope.set({ panels: [], treeVisible: true });
    assert.deepEqual(await w.answer(), ['background a']);
    w.scope.expanded.add(connection.path);
    w.scope.set({ treeVisible: true, runsVisible: true });
    assert.deepEqual(await w.pass(1000), ['background c', 'runs a'], 'a was just tried');
    w.rootPath = undefined;
    w.scope.set({ runsVisible: false });
    assert.deepEqual(await w.pass(HOUR_MS), [], 'the account is shut');
  });

  it('is retried after one, two, four minutes and so on, at least once an hour', async () => {
    using w = new Window();
    w.scope.set({ treeVisible: true });
    w.lists.set(account, failed());
    const minutes: number[] = [];
    for (let minute = 0; minute <= 250; minute++) {
      w.answers.fire(account);
      if ((await w.pass(MINUTE_MS)).length > 0) minutes.push(minute);
    }
    assert.deepEqual(minutes, [0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
  });

  it('is retried at once when it fails again after a success', async () => {
    using w = new Window();
    w.scope.set({ treeVisible: true });
    w.lists.set(account, failed());
    assert.equal((await w.answer()).length, 1);
    assert.equal((await w.answer()).length, 0, 'a minute has to pass');
    w.lists.delete(account);
    await w.answer();
    w.lists.set(account, failed());
    assert.equal((await w.answer()).length, 1);
  });

  it('is loaded once for answers that come together, one list after the other', async () => {
    using w = new Window();
    const gate = deferred<undefined>();
    w.onRetry = () => gate.promise.then(() => undefined);
    w.scope.set({ treeVisible: true });
    w.scope.expanded.add(connection.path);
    for (const path of [account, connection.path]) w.lists.set(path, failed());
    for (let count = 0; count < 3; count++) w.answers.fire(account);
    assert.equal(w.clock.timers, 1);
    assert.deepEqual(await w.pass(1000), ['background a']);
    w.answers.fire(account);
    assert.equal(w.clock.timers, 0, 'it is at work');
    gate.resolve(undefined);
    await settle();
    assert.deepEqual(await w.pass(0), ['background c']);
  });

  it('continues after one that cannot be loaded', async () => {
    using w = new Window();
    w.onRetry = () => Promise.reject(new Error('gone'));
    w.scope.set({ treeVisible: true });
    w.scope.expanded.add(connection.path);
    for (const path of [account, connection.path]) w.lists.set(path, failed());
    assert.deepEqual(await w.answer(), ['background a', 'background c']);
  });

  it('is nothing after the window closed', async () => {
    const w = new Window();
    w.scope.set({ treeVisible: true });
    w.lists.set(account, failed());
    w.answers.fire(account);
    w[Symbol.dispose]();
    w.answers.fire(account);
    w.scope.changes.fire(undefined);
    assert.deepEqual([await w.pass(HOUR_MS), w.clock.timers], [[], 0]);
  });
});
