import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Runs } from '../../../../src/core/services/contract/runs';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { Poller } from '../../../../src/features/runs/poller';
import { RunRegistry } from '../../../../src/features/runs/runRegistry';
import { WatchList } from '../../../../src/features/runs/watchList';
import { FakeClock } from '../../../support/fakeClock';
import { openStorage } from '../../../support/fakes/storage';
import { account, deferred, settle } from '../../../support/fakes/store';
import { FakeScope, trackPut } from '../../../support/watching';
import { createConnection, createRun, Work } from './work';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A poller over a service in memory. */
class Polling implements Disposable {
  readonly clock = new FakeClock();
  readonly scope = new FakeScope();
  readonly watches: WatchList;
  readonly book: RunRegistry;
  readonly poller: Poller;
  readonly ended: string[] = [];
  readonly answers: { readonly account: ResourcePath; readonly askedAt: number }[] = [];
  readonly work: Work;
  interval = MINUTE_MS;
  /** When each question was asked, in milliseconds from the beginning. */
  readonly times: number[] = [];
  readonly #began = this.clock.now();
  readonly #pending = { count: 0 };

  constructor(work: Work, watched: readonly ResourcePath[] = []) {
    this.work = work;
    const { store } = work;
    trackPut(store, this.#pending);
    const source = work.source();
    this.watches = new WatchList(openStorage({ clock: this.clock }), source, () => this.clock.now());
    this.watches.set(watched, true);
    this.book = new RunRegistry({ notifySince: (path) => this.watches.since(path) });
    this.book.onDidEnd((runs) => this.ended.push(...runs.map(({ run }) => run.id)));
    const { clock, scope, watches, book } = this;
    this.poller = new Poller({
      ...{ store, clock, scope, watches, registry: book, interval: () => this.interval },
      onDidAnswer: (answer, askedAt) => this.answers.push({ account: answer.account, askedAt }),
    });
  }

  /** Lets time pass. @returns the number of requests meanwhile. */
  async pass(milliseconds: number): Promise<number> {
    const before = this.work.asked.length;
    let seen = before;
    await this.clock.advance(milliseconds, async () => {
      do await settle();
      while (this.#pending.count > 0);
      await settle();
      for (; seen < this.work.asked.length; seen++) this.times.push(this.clock.now() - this.#began);
    });
    return this.work.asked.length - before;
  }

  get within(): readonly (readonly string[])[] {
    return this.work.asked.map(({ within }) => within.map((path) => path.slice(path.lastIndexOf(':') + 1)));
  }

  [Symbol.dispose](): void {
    this.poller.dispose();
    this.work.store.dispose();
  }
}

const connection = createConnection('c', 'ok');
const other = createConnection('d', 'ok');
const lists = { [account]: [connection, other] };

describe('how often an account is polled', () => {
  it('is once per interval, as it is currently set', async () => {
    using p = new Polling(new Work(lists), [connection.path]);
    assert.equal(await p.pass(10 * MINUTE_MS), 10);
    p.interval = 5 * MINUTE_MS;
    await p.pass(MINUTE_MS);
    assert.equal(await p.pass(10 * MINUTE_MS), 2);
  });

  it('doubles its wait after each failure, up to an hour, until it answers', async () => {
    const work = new Work(lists);
    work.failure = new HttpError('network', 'No route');
    using p = new Polling(work, [connection.path]);
    p.interval = 10 * MINUTE_MS;
    await p.pass(4 * HOUR_MS);
    const minutes = p.times.map((time) => Math.round(time / MINUTE_MS));
    assert.deepEqual(minutes, [0, 20, 60, 120, 180, 240].slice(0, minutes.length));
    assert.ok(minutes.length >= 5);
    assert.equal(work.store.get(account)?.status?.state, 'failed');
    work.failure = undefined;
    await p.pass(HOUR_MS);
    assert.equal(work.store.get(account)?.status, undefined);
    assert.equal(await p.pass(HOUR_MS), 6);
  });

  it('does not wait longer because of an outage that is over', async () => {
    const work = new Work(lists);
    work.failure = new HttpError('network', 'No route');
    using p = new Polling(work, [connection.path]);
    await p.pass(40 * MINUTE_MS);
    work.failure = undefined;
    work.store.reportHealth(account, undefined);
    assert.equal(await p.pass(10 * MINUTE_MS), 11, 'at once, and at the end of each interval');
  });

  it('doubles its wait also while the account answers everything else', async () => {
    const work = new Work(lists);
    work.failure = new HttpError('server', 'Failed');
    using p = new Polling(work, [connection.path]);
    for (let passed = 0; passed < 16; passed += 1) {
      await p.pass(MINUTE_MS);
      work.store.reportHealth(account, undefined);
    }
    const minutes = p.times.map((time) => Math.round(time / MINUTE_MS));
    assert.deepEqual(minutes, [0, 1, 3, 7, 15]);
  });

  it('does not increase for what is newly watched while it fails', async () => {
    const work = new Work(lists);
    work.failure = new HttpError('network', 'No route');
    using p = new Polling(work, [connection.path]);
    await p.pass(1000);
    p.watches.set([other.path], true);
    assert.equal(await p.pass(MINUTE_MS), 0);
  });

  it('counts from the last load of its list, if that covered everything watched', async () => {
    using p = new Polling(new Work(lists), [connection.path]);
    await p.pass(MINUTE_MS / 2);
    const { now } = Date;
    Date.now = () => p.clock.now();
    try {
      await p.work.store.load(account, { refresh: true });
    } finally {
      Date.now = now;
    }
    assert.equal(await p.pass(MINUTE_MS - 1000), 0);
    assert.equal(await p.pass(2000), 1);
  });

  it('is never while the previous answer is pending', async () => {
    const work = new Work(lists);
    const gate = deferred<undefined>();
    work.gate = gate.promise;
    using p = new Polling(work, [connection.path]);
    assert.equal(await p.pass(10 * MINUTE_MS), 1);
    p.watches.set([other.path], true);
    assert.equal(await p.pass(MINUTE_MS), 0);
    gate.resolve(undefined);
    await settle();
    assert.equal(await p.pass(1000), 1);
  });

  it('is never after the window closed, and pending requests end', async () => {
    const work = new Work(lists);
    work.gate = deferred().promise;
    const p = new Polling(work, [connection.path]);
    await p.pass(1000);
    const [call = assert.fail()] = work.calls;
    assert.deepEqual([call.signal?.aborted, call.priority], [false, 'background']);
    p[Symbol.dispose]();
    assert.equal(call.signal?.aborted, true);
    const { timers } = p.clock;
    p.scope.set({ treeVisible: true });
    assert.equal(p.clock.timers, timers, 'it listens no more');
    p.watches.set([other.path], true);
    assert.deepEqual([await p.pass(HOUR_MS), p.clock.timers], [0, 0]);
  });

  it('is never for a service without runs, an account that cannot be opened, or one that is gone', async () => {
    const without = new Work(lists);
    without.runs = undefined;
    using first = new Polling(without, [connection.path]);
    assert.deepEqual([await first.pass(HOUR_MS), first.clock.timers], [0, 0]);
    using second = new Polling(new Work(lists, ['a', 'b']), [connection.path]);
    assert.ok((await second.pass(HOUR_MS)) > 0);
    second.work.keep(['b']);
    assert.deepEqual([await second.pass(HOUR_MS), second.clock.timers], [0, 0]);
  });

  it('starts over with another session of the account', async () => {
    const work = new Work(lists);
    using p = new Polling(work, [connection.path]);
    await p.pass(1000);
    work.runs = work.newRuns();
    p.scope.changes.fire(undefined);
    assert.equal(await p.pass(1000), 1);
    assert.equal(await p.pass(10 * MINUTE_MS), 10);
  });

  it('is independent of other accounts', async () => {
    const foreign = childPath('account:b' as ResourcePath, 'connection', 'c');
    using p = new Polling(new Work(lists, ['a', 'b']), [connection.path, foreign]);
    await p.pass(1000);
    assert.deepEqual(p.work.asked, [
      { account, within: [connection.path] },
      { account: 'account:b', within: [foreign] },
    ]);
    assert.deepEqual(
      p.answers.map((answer) => answer.account),
      [account, 'account:b'],
    );
    assert.ok(p.answers.every(({ askedAt }) => askedAt <= p.clock.now() && askedAt > p.clock.now() - 1000));
  });
});

describe('what an account is polled for', () => {
  it('is one batch after the other, if one request does not cover everything', async () => {
    const work = new Work(lists);
    work.partSize = 1;
    using p = new Polling(work, [connection.path, other.path]);
    await p.pass(4 * MINUTE_MS - 1000);
    assert.deepEqual(p.within, [['c'], ['d'], ['c'], ['d']]);
  });

  it('is active and resting resources in turns, each one batch after the other', async () => {
    const running = ['x', 'y'].map((id) => createRun(id, 'running', { parent: connection.path }));
    const work = new Work({ ...lists, [connection.path]: running });
    work.all = running;
    work.partSize = 1;
    await work.store.load(account);
    await work.store.load(connection.path);
    using p = new Polling(work, [...running.map(({ path }) => path), other.path]);
    await p.pass(6 * MINUTE_MS - 1000);
    assert.deepEqual(p.within, [['x'], ['d'], ['y'], ['d'], ['x'], ['d']]);
  });

  it('is everything active and resting at once, if one request covers it', async () => {
    const running = createRun('x', 'running', { parent: connection.path });
    const work = new Work({ ...lists, [connection.path]: [running] });
    work.all = [running];
    await work.store.load(account);
    await work.store.load(connection.path);
    using p = new Polling(work, [running.path, other.path]);
    await p.pass(2 * MINUTE_MS - 1000);
    assert.deepEqual(p.within, [
      ['x', 'd'],
      ['x', 'd'],
    ]);
  });

  it('is no longer what was watched before', async () => {
    using p = new Polling(new Work(lists), [connection.path, other.path]);
    await p.pass(1000);
    p.watches.set([connection.path], false);
    await p.pass(MINUTE_MS);
    assert.deepEqual(p.within, [['c', 'd'], ['d']]);
  });

  it('is requested at once if the Runs view shows active runs of an account that was never viewed', async () => {
    using p = new Polling(new Work(lists));
    p.book.expect([createRun('r', 'running').path]);
    assert.equal(await p.pass(HOUR_MS), 0);
    p.scope.set({ runsVisible: true });
    assert.equal(await p.pass(1000), 1);
  });
});

describe('runs that were shown as active when they were chosen', () => {
  const over = [1, 2, 3].map((day) => createRun(String(day), 'ok', { parent: connection.path, day }));

  /** The notified ends after a connection with this row was chosen, whose runs have all ended since. */
  async function notifiedEnds(
    shown: Resource,
    below: readonly Resource[],
    countLive?: Runs['countActive'],
    all: readonly Resource[] = over,
  ): Promise<readonly string[]> {
    const work = new Work({ [account]: [shown, other], [connection.path]: below });
    if (countLive && work.runs) work.runs = { ...work.runs, countActive: countLive };
    await work.store.load(account);
    if (below.length > 0) await work.store.load(connection.path);
    using p = new Polling(work);
    work.all = all;
    p.watches.set([connection.path], true);
    await p.pass(1000);
    return p.ended.toSorted();
  }

  it('are as many as the row counts, or one', async () => {
    const busy = { ...connection, status: { state: 'running', label: 'RUNNING' } as const };
    assert.deepEqual(await notifiedEnds(connection, []), []);
    assert.deepEqual(await notifiedEnds(busy, []), ['3']);
    assert.deepEqual(await notifiedEnds(busy, [], () => undefined), ['3']);
    assert.deepEqual(await notifiedEnds(busy, [], () => 2), ['2', '3']);
  });

  it('are those below it by name, and those that its row counts besides', async () => {
    const busy = { ...connection, status: { state: 'running', label: 'RUNNING' } as const };
    const running = [1, 2].map((day) => createRun(String(day), 'running', { parent: connection.path, day }));
    assert.deepEqual(await notifiedEnds(connection, running), ['1', '2']);
    assert.deepEqual(await notifiedEnds(busy, running, () => 2), ['1', '2']);
  });

  it('are those that it shows when it is chosen again before the first poll', async () => {
    const busy = { ...connection, status: { state: 'running', label: 'RUNNING' } as const };
    const work = new Work({ [account]: [busy, other] });
    await work.store.load(account);
    using p = new Polling(work);
    p.watches.set([connection.path], true);
    await work.store.put([connection], Date.now() + 1);
    work.all = over;
    p.watches.set([connection.path], false);
    p.watches.set([connection.path], true);
    await p.pass(1000);
    assert.deepEqual(p.ended, []);
  });
});
