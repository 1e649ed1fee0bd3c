import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import { RunRegistry } from '../../../../src/features/runs/runRegistry';
import { RunsLoader } from '../../../../src/features/runs/runsLoader';
import { FakeClock } from '../../../support/fakeClock';
import { account, deferred, resource, settle } from '../../../support/fakes/store';
import { countIn, createConnection, createRun, Work } from './work';

const second = 'account:b' as ResourcePath;
const broken = { ...resource(account, 'problem', 'broken', 'A run cannot be shown'), hasChildren: false };

/** A loader of the accounts a and b at one service. */
function loading(work = new Work({}, ['a', 'b'])) {
  const clock = new FakeClock();
  const book = new RunRegistry({ notifySince: () => undefined });
  const loader = new RunsLoader({ store: work.store, registry: book, now: () => clock.now() });
  const fired = { count: 0 };
  loader.onDidChange(() => fired.count++);
  return { work, clock, book, loader, fired };
}

describe('the runs of all accounts', () => {
  it('are loaded once, and again on request', async () => {
    const { work, book, loader, fired } = loading();
    work.all = [createRun('r', 'running')];
    assert.ok(!loader.hasStarted);
    await loader.load();
    await loader.load();
    assert.deepEqual(work.asked, [
      { account, within: [] },
      { account: second, within: [] },
    ]);
    assert.deepEqual([loader.hasStarted, fired.count, countIn(book, 'running')], [true, 2, 1]);
    assert.ok(work.calls.every(({ priority }) => priority === 'interactive'));
    await loader.load({ again: true });
    assert.equal(work.asked.length, 4);
  });

  it('are available as soon as the first account has answered, and complete later', async () => {
    const { work, loader } = loading();
    const gate = deferred<undefined>();
    work.runs = {
      ...work.newRuns(),
      fetchRuns: async (asked) => {
        if (asked.path === second) await gate.promise;
        return { entries: [], updated: [] };
      },
    };
    await loader.load({ first: true });
    let whole = false;
    const all = loader.load().then(() => (whole = true));
    await settle();
    assert.ok(!whole);
    gate.resolve(undefined);
    await all;
  });

  it('update the tree, except for what was loaded since they were requested', async () => {
    for (const [asked, state] of [
      [60_000, 'ok'],
      [-60_000, 'running'],
    ] as const) {
      const shown = createConnection('c', 'running');
      const { work, clock, loader } = loading(new Work({ [account]: [shown] }));
      await work.store.load(account);
      work.seen = [createConnection('c', 'ok')];
      clock.sleep(asked);
      await loader.load();
      assert.equal(work.store.get(shown.path)?.status?.state, state);
    }
  });

  it('name an account that cannot be loaded, and the time, until it can', async () => {
    const { work, loader } = loading();
    work.failure = new HttpError('network', 'No route to host');
    const before = Date.now();
    await loader.load();
    const labels = loader.problems().map(({ label, problem }) => `${label} ${problem?.retryable}`);
    assert.equal(labels.length, 2);
    assert.match(labels[0] ?? '', /^Account a: /);
    assert.ok((loader.failedAt(account) ?? 0) >= before);
    assert.equal(work.store.get(account)?.status?.state, 'failed');
    work.failure = undefined;
    await loader.retry(account);
    assert.equal(work.asked.length, 3);
    assert.deepEqual([loader.problems().length, loader.failedAt(account)], [1, undefined]);
    assert.notEqual(loader.failedAt(second), undefined);
    await loader.load({ again: true });
    assert.deepEqual(loader.problems(), []);
  });

  it('name the account of runs that cannot be identified', async () => {
    const { work, loader } = loading();
    work.problems = [broken];
    await loader.load();
    assert.deepEqual(
      loader.problems().map(({ label }) => label),
      ['Account a: A run cannot be shown', 'Account b: A run cannot be shown'],
    );
    work.problems = [];
    await loader.load({ again: true });
    assert.deepEqual(loader.problems(), []);
  });

  it('are none for a service without runs', async () => {
    const { work, loader, book } = loading();
    work.runs = undefined;
    await loader.load();
    assert.deepEqual([loader.problems(), loader.hasStarted, book.entries()], [[], true, []]);
  });

  it('of a changed account are forgotten and reloaded, with its problems', async () => {
    const { work, loader, book } = loading();
    work.all = [createRun('r', 'failed')];
    work.problems = [broken];
    await loader.load();
    loader.forget(account);
    assert.deepEqual([loader.hasStarted, book.entries(), loader.problems().length], [false, [], 1]);
    work.failure = new HttpError('network', 'No route');
    await loader.load();
    assert.equal(work.asked.length, 3);
    assert.notEqual(loader.failedAt(account), undefined);
    loader.forget(account);
    assert.equal(loader.failedAt(account), undefined);
  });

  it('of a removed account are left out', async () => {
    const { work, loader, book } = loading();
    work.all = [createRun('r', 'failed')];
    await loader.load();
    work.keep(['b']);
    await loader.load();
    assert.deepEqual([book.entries(), work.asked.length, loader.hasStarted], [[], 2, true]);
    await loader.retry(account);
    assert.equal(work.asked.length, 2, 'nobody is there to be asked');
    work.keep([]);
    await loader.load({ first: true });
    assert.ok(loader.hasStarted);
  });

  it('are dropped with the window, whatever their result', async () => {
    for (const failure of [undefined, new HttpError('network', 'No route')]) {
      const { work, loader, book, fired } = loading();
      const gate = deferred<undefined>();
      work.gate = gate.promise;
      work.all = [createRun('r', 'failed')];
      if (failure) work.failure = failure;
      const loaded = loader.load();
      await settle();
      loader.dispose();
      assert.ok(work.calls.every(({ signal }) => signal?.aborted === true));
      gate.resolve(undefined);
      await loaded;
      assert.deepEqual([book.entries(), loader.problems(), fired.count], [[], [], 0]);
      assert.equal(work.store.get(account)?.status, undefined);
    }
  });
});
