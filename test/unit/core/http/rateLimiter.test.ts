import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import type { Priority } from '../../../../src/core/http/types';
import { RateLimiter, type LimiterTask } from '../../../../src/core/http/rateLimiter';
import { FakeClock } from '../../../support/fakeClock';
import { settle } from '../../../support/fakes/store';

function place(id: string, priority: Priority = 'background', more: Partial<LimiterTask> = {}): LimiterTask {
  return { id, priority, signal: new AbortController().signal, onWait: () => undefined, ...more };
}

/** The fourth pauses while the clock advances, until later than that. */
const LATE_DURING_ADVANCE = [
  { after: 0, pauses: 0, lasts: 0, late: 0 },
  { after: 0, pauses: 0, lasts: 0, late: 7 },
  { after: 34, pauses: 28, lasts: 0, late: 16 },
  { after: 35, pauses: 7, lasts: 0, late: 3 },
  { after: 13, pauses: 0, lasts: 0, late: 0 },
  { after: 0, pauses: 0, lasts: 0, late: 0 },
];

describe('RateLimiter', () => {
  it('never lets more start within the interval than allowed, however late timers and tasks are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 200 }),
        fc.array(fc.record({ after: fc.nat(60), pauses: fc.nat(30), lasts: fc.nat(40), late: fc.nat(90) }), {
          minLength: 1,
          maxLength: 20,
        }),
        async (requests, interval, arrivals) => {
          const clock = new FakeClock();
          const limiter = new RateLimiter({ requests, interval }, clock);
          const begun: number[] = [];
          const all: Promise<void>[] = [];
          for (const [index, { after, pauses, lasts, late }] of arrivals.entries()) {
            await clock.advance(after, settle);
            // Timers do not notice the time that passes meanwhile.
            clock.sleep(late);
            const task = (): Promise<void> => {
              clock.sleep(pauses);
              begun.push(clock.now());
              return new Promise((resolve) => clock.after(lasts, resolve));
            };
            all.push(limiter.run(place(String(index)), task));
          }
          // The last one begins after all intervals, and all pauses and tasks.
          await clock.advance(arrivals.length * (2 * interval + 200), settle);
          await Promise.all(all);
          begun.forEach((time, index) => {
            assert.ok((begun[index + requests] ?? Infinity) - time >= interval);
          });
          assert.equal(clock.timers, 0);
        },
      ),
      { numRuns: 150, examples: [[3, 130, LATE_DURING_ADVANCE]] },
    );
  });

  it('keeps to the rate if the system clock is changed', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const limiter = new RateLimiter({ requests: 1, interval: 60_000 });
    await limiter.run(place('first'), () => Promise.resolve());
    t.mock.timers.setTime(Date.now() + 3_600_000);
    const [controller, waits] = [new AbortController(), new Array<number>()];
    const more = { signal: controller.signal, onWait: (wait: number) => waits.push(wait) };
    const second = limiter.run(place('second', 'background', more), () => Promise.resolve());
    controller.abort();
    await assert.rejects(second, { name: 'AbortError' });
    assert.equal(waits.length, 1);
  });

  it('runs at most 6 at once', async () => {
    const limiter = new RateLimiter();
    let running = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      most = Math.max(most, (running += 1));
      await delay(2);
      running -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => limiter.run(place(String(index)), task)));
    assert.equal(most, 6);
  });

  it('starts nothing while it is paused, and notifies those that wait', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(undefined, clock);
    const waits: number[] = [];
    const order: string[] = [];
    const [release, releaseOther] = [limiter.pause(40), limiter.pause(10)];
    const task = limiter.run(place('a', 'background', { onWait: (wait) => waits.push(wait) }), () =>
      Promise.resolve(order.push('begun')),
    );
    releaseOther();
    await clock.advance(20, settle);
    order.push('released');
    release();
    await task;
    assert.deepEqual(order, ['released', 'begun']);
    assert.deepEqual(waits.slice(0, 1), [40]);
  });

  it('starts interactive and promoted tasks first', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter({ requests: 1, interval: 10 }, clock);
    const order: string[] = [];
    const run = (id: string, priority: Priority): Promise<number> =>
      limiter.run(place(id, priority), () => Promise.resolve(order.push(id)));
    const all = [
      run('first', 'background'),
      run('b1', 'background'),
      run('b2', 'background'),
      run('b3', 'background'),
      run('i1', 'interactive'),
      run('i2', 'interactive'),
    ];
    limiter.promote('b2');
    limiter.promote('first');
    limiter.promote('unknown');
    await clock.advance(60, settle);
    await Promise.all(all);
    assert.deepEqual(order, ['first', 'i1', 'i2', 'b2', 'b1', 'b3']);
  });

  it('reports how long the rate limit delays a task, and nothing if it does not', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter({ requests: 2, interval: 100 }, clock);
    const waits = new Map<string, number>();
    const run = (id: string, priority?: Priority): Promise<void> =>
      limiter.run(place(id, priority, { onWait: (wait) => waits.set(id, wait) }), () => Promise.resolve());
    const controller = new AbortController();
    const all = [run('1'), run('2'), run('3'), run('4'), run('5'), run('6', 'interactive')];
    void limiter
      .run(place('7', 'background', { signal: controller.signal }), () => Promise.resolve())
      .catch(() => undefined);
    controller.abort();
    assert.deepEqual([...waits.keys()], ['3', '4', '5', '6']);
    assert.deepEqual([...waits.values()], [104, 104, 208, 104]);
    await clock.advance(208, settle);
    await Promise.all(all);
  });

  it('frees the slot of a task that is aborted while it waits or runs', async () => {
    const limiter = new RateLimiter({ requests: 1, interval: 20 });
    const [running, waiting] = [new AbortController(), new AbortController()];
    const reason = new Error('gone');
    const stuck = limiter.run(
      place('a', 'background', { signal: running.signal }),
      () => new Promise(() => undefined),
    );
    const queued = limiter.run(place('b', 'background', { signal: waiting.signal }), () =>
      assert.fail('it has gone'),
    );
    waiting.abort(reason);
    await assert.rejects(queued, reason);
    running.abort(reason);
    await assert.rejects(stuck, reason);
    assert.equal(await limiter.run(place('c'), () => Promise.resolve('c')), 'c');
  });
});
