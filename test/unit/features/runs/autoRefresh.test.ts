import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Emitter } from '../../../../src/core/base/emitter';
import { accountPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { AutoRefresh } from '../../../../src/features/runs/autoRefresh';
import type { SampleOptions } from '../../../../src/sample/common/options';
import { FakeClock } from '../../../support/fakeClock';
import { resource } from '../../../support/fakes/store';
import { ACCOUNT_PATH } from '../../../support/service';
import { startWatching, type Watching } from '../../../support/watching';

const MINUTE_S = 60;

/** Less than a tenth of an interval. */
const STEP_S = 5;

/**
 * A window that shows the list of an account in which nothing runs, unless `busy`.
 * @param polls true: its runs count as polled every minute, without a request
 */
async function start({
  seconds = MINUTE_S,
  busy = false,
  polls = false,
  ...options
}: SampleOptions & { seconds?: number; busy?: boolean; polls?: boolean } = {}): Promise<
  Watching & { readonly setInterval: (seconds: number) => void }
> {
  const w = await startWatching({ connections: 20, ...options });
  // The store notes when lists were read.
  const time = mock.method(Date, 'now', () => w.clock.now());
  if (!busy) w.sample.cja.finishBackfills();
  w.scope.set({ treeVisible: true });
  let interval = seconds * 1000;
  const began = w.clock.now();
  const refresh = new AutoRefresh({
    ...{ store: w.store, scope: w.scope, clock: w.clock, interval: () => interval },
    polledAt: (account) => (polls ? lastMinute(w.clock.now() - began) + began : w.poller.polledAt(account)),
  });
  await w.store.load(ACCOUNT_PATH);
  /** In steps, each of which waits for its request. */
  const pass = async (duration: number): Promise<void> => {
    for (let rest = duration; ; rest -= STEP_S) {
      await w.pass(Math.max(0, Math.min(rest, STEP_S)));
      do await setImmediate();
      while (w.store.state(ACCOUNT_PATH).reading);
      if (rest <= STEP_S) break;
    }
    await w.pass(0);
  };
  await pass(0);
  w.sample.clearRequests();
  return {
    ...{ ...w, pass },
    setInterval: (next) => {
      interval = next * 1000;
      w.scope.set({});
    },
    [Symbol.asyncDispose]: async () => {
      refresh.dispose();
      time.mock.restore();
      await w[Symbol.asyncDispose]();
    },
  };
}

function lastMinute(duration: number): number {
  return duration - (duration % (MINUTE_S * 1000));
}

/** What was asked of the service since the last count, tokens left out. */
function asked({ sample }: Watching): number {
  const count = sample.requests.filter(({ path }) => path.startsWith('/data/')).length;
  sample.clearRequests();
  return count;
}

describe('An automatic refresh', () => {
  it('asks nothing and runs no timer while it is off', async () => {
    await using w = await start({ seconds: 0 });
    await w.pass(3600);
    assert.deepEqual([asked(w), w.clock.timers], [0, 0]);
  });

  it('asks once an interval, and less and less often while nothing changes', async () => {
    await using w = await start();
    const counts: number[] = [];
    for (let minute = 1; minute <= 31; minute++) {
      await w.pass(MINUTE_S);
      counts.push(asked(w));
    }
    const minutes = counts.flatMap((count, at) => (count > 0 ? [[at + 1, count]] : []));
    assert.deepEqual(minutes, [
      [1, 1],
      [3, 1],
      [7, 1],
      [15, 1],
      [23, 1],
      [31, 1],
    ]);
  });

  it('asks every interval as long as something changes, and shows it', async () => {
    await using w = await start();
    for (let minute = 1; minute <= 4; minute++) {
      const [row] = w.store.rows(ACCOUNT_PATH) ?? [];
      const name = `Renamed ${String(minute)}`;
      w.sample.cja.renameConnection(row?.id ?? '', name);
      await w.pass(MINUTE_S);
      assert.equal(asked(w), 1, String(minute));
      assert.ok(w.store.rows(ACCOUNT_PATH)?.some(({ label }) => label === name));
    }
  });

  it('ends when the window is closed while it asks, and sets no timer any more', async () => {
    const w = await start();
    w.sample.inject({ match: { path: /^\/data\/connections$/ }, hang: true });
    void w.clock.advance(2 * MINUTE_S * 1000, () => Promise.resolve());
    for (let turn = 0; turn < 1000 && w.sample.requests.length === 0; turn++) await setImmediate();
    assert.equal(asked(w), 1);
    await w[Symbol.asyncDispose]();
    for (let turn = 0; turn < 10; turn++) await setImmediate();
    assert.equal(w.clock.timers, 0);
  });

  it('asks only while the view is visible and the window has the focus, and soon when both are again', async () => {
    await using w = await start();
    for (const hidden of [{ treeVisible: false }, { focused: false }]) {
      w.scope.set(hidden);
      await w.pass(3600);
      assert.deepEqual([asked(w), w.clock.timers], [0, 0]);
      w.scope.set({ treeVisible: true, focused: true });
      await w.pass(1);
      assert.equal(asked(w), 1);
    }
  });

  it('asks after one interval again when somebody comes back, though nothing had changed for long', async () => {
    await using w = await start();
    await w.pass(7 * MINUTE_S);
    assert.equal(asked(w), 3);
    w.scope.set({ focused: false });
    w.scope.set({ focused: true });
    await w.pass(MINUTE_S);
    assert.equal(asked(w), 1);
  });

  it('begins when it is turned on, and ends when it is turned off', async () => {
    await using w = await start({ seconds: 0 });
    w.setInterval(MINUTE_S);
    await w.pass(MINUTE_S);
    assert.equal(asked(w), 1);
    w.setInterval(0);
    await w.pass(3600);
    assert.equal(asked(w), 0);
  });

  it('keeps the rows of a failure, stops at one that needs a person, and goes on after it was repaired', async () => {
    await using w = await start();
    const stop = w.sample.inject({
      match: { path: /^\/data\// },
      status: 403,
      body: { error_code: '403027' },
    });
    await w.pass(MINUTE_S);
    assert.equal(asked(w), 1);
    assert.ok((w.store.rows(ACCOUNT_PATH)?.length ?? 0) >= 20);
    await w.pass(3600);
    assert.equal(asked(w), 0);
    stop();
    await w.store.refresh(ACCOUNT_PATH);
    await w.pass(0);
    w.sample.clearRequests();
    await w.pass(2 * MINUTE_S);
    assert.equal(asked(w), 1);
  });

  it('goes on after a failure that passes by itself, less and less often meanwhile', async () => {
    await using w = await start();
    await w.sample.pause();
    await w.pass(20 * MINUTE_S);
    assert.ok(w.store.getFailure(ACCOUNT_PATH));
    await w.sample.resume();
    w.sample.clearRequests();
    await w.pass(8 * MINUTE_S);
    assert.equal(asked(w), 1);
    assert.equal(w.store.getFailure(ACCOUNT_PATH), undefined);
  });

  it('never asks again while a service takes longer than the interval, and for any account', async () => {
    const answers: (() => void)[] = [];
    const clock = new FakeClock();
    const changes = new Emitter<readonly ResourcePath[]>();
    const scope = { focused: true, treeVisible: true, onDidChange: () => ({ dispose: () => undefined }) };
    const paths = ['a', 'b'].map((id) => accountPath(id));
    const asked: ResourcePath[] = [];
    const refresh = new AutoRefresh({
      ...{ scope, clock, interval: () => 1000, polledAt: () => undefined },
      store: {
        accounts: () => paths.map((path) => ({ ...resource(path, 'account', 'x'), path })),
        rows: () => [],
        state: () => ({
          ...{
            loaded: 0,
            total: 0,
            reading: false,
            stale: false,
            dirty: false,
            readAt: 0,
            failedAt: undefined,
          },
        }),
        getFailure: () => undefined,
        load: (path) => {
          asked.push(path);
          return new Promise((resolve) => {
            answers.push(() => {
              resolve([]);
            });
          });
        },
        onDidChange: changes.event,
      },
    });
    const wait = async (): Promise<void> => {
      for (let second = 0; second < 60; second++) {
        await clock.advance(1000, () => Promise.resolve());
        changes.fire(paths);
        await setImmediate();
      }
    };
    await clock.advance(1000, () => Promise.resolve());
    assert.equal(asked.length, 1, 'as soon as it begins, since the lists are there');
    await wait();
    assert.equal(asked.length, 1);
    answers.pop()?.();
    await setImmediate();
    await wait();
    assert.deepEqual([asked.length, new Set(asked).size], [2, 2]);
    refresh.dispose();
  });

  it('shares the requests of an interval with the polling of runs, and has its turn', async () => {
    await using w = await start({ busy: true });
    const startedAt = w.clock.now();
    const times: number[] = [];
    for (let step = 1; step <= (30 * MINUTE_S) / STEP_S; step++) {
      await w.pass(STEP_S);
      const count = asked(w);
      assert.ok(count <= 1, `${String(count)} at once`);
      if (count === 1) times.push(step * STEP_S);
    }
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    assert.ok(Math.min(...gaps) >= MINUTE_S - 2 * STEP_S, gaps.join());
    const late = startedAt + 1_200_000;
    assert.ok((w.store.state(ACCOUNT_PATH).readAt ?? 0) > late, 'the list has its turn');
    assert.ok((w.poller.polledAt(ACCOUNT_PATH) ?? 0) > late, 'and leaves the runs theirs');
  });

  it('waits for five intervals while runs are polled, and then for the end of an interval', async () => {
    await using w = await start({ polls: true });
    await w.pass(5 * MINUTE_S + 0.8 * MINUTE_S);
    assert.equal(asked(w), 0);
    await w.pass(0.2 * MINUTE_S);
    assert.equal(asked(w), 1);
  });

  it('asks nothing of an account that nobody has opened', async () => {
    await using w = await startWatching();
    w.scope.set({ treeVisible: true });
    const context = { store: w.store, scope: w.scope, clock: w.clock, interval: () => 1000 };
    const refresh = new AutoRefresh({ ...context, polledAt: () => undefined });
    await w.pass(3600);
    assert.deepEqual([w.sample.requests.length, w.clock.timers], [0, 0]);
    refresh.dispose();
  });
});
