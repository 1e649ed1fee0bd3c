import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_PASSING_LOOK_UPS, MissCache, RemoteIdLookup } from '../../../../src/core/store/remoteIdLookup';
import type { CallOptions } from '../../../../src/core/http/types';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { account, deferred, FakeAccounts, page, resource, settle } from '../../../support/fakes/store';

const MINUTE_MS = 60_000;

describe('Look-ups', () => {
  const owner = resource(account, 'account', 'a');

  async function located(answer: () => Promise<readonly Resource[]> = () => Promise.resolve([])): Promise<{
    readonly locator: RemoteIdLookup;
    readonly asked: string[];
    readonly priorities: CallOptions['priority'][];
    readonly clock: { now: number };
  }> {
    const session = await new FakeAccounts(() => page([])).session();
    const asked: string[] = [];
    const priorities: CallOptions['priority'][] = [];
    const clock = { now: 0 };
    const locate = (_: unknown, id: string, { priority }: CallOptions): Promise<readonly Resource[]> => {
      asked.push(id);
      priorities.push(priority);
      return answer();
    };
    const limits = { lookUp: 1000, lookUps: 1000 };
    const locator = new RemoteIdLookup(
      () => Promise.resolve({ ...session, findById: locate }),
      limits,
      () => clock.now,
    );
    return { locator, asked, priorities, clock };
  }

  it('of IDs under the pointer are limited per minute, and those of explicit requests are not', async () => {
    const { locator, asked, clock } = await located();
    const pass = async (count: number, first: number): Promise<void> => {
      for (let at = first; at < first + count; at++)
        await locator.locate(owner, `id-${at}`, undefined, 'passing');
    };
    await pass(2000, 0);
    assert.equal(asked.length, MAX_PASSING_LOOK_UPS);
    await locator.locate(owner, 'wanted', undefined);
    assert.equal(asked.at(-1), 'wanted');
    clock.now += MINUTE_MS;
    await pass(2000, 0);
    assert.equal(new Set(asked).size, asked.length, 'nothing is asked for twice');
    assert.equal(asked.length, 2 * MAX_PASSING_LOOK_UPS + 1);
  });

  it('go before other requests only if somebody asks for them', async () => {
    const { locator, priorities } = await located();
    await locator.locate(owner, 'id-1', undefined, 'passing');
    await locator.locate(owner, 'id-2', undefined, 'asked');
    assert.deepEqual(priorities, ['background', 'interactive']);
  });

  it('of another account have their own limit', async () => {
    const { locator, asked } = await located();
    const other = resource(account, 'account', 'b');
    for (const each of [owner, other])
      for (let at = 0; at < 100; at++) await locator.locate(each, `id-${at}`, undefined, 'passing');
    assert.equal(asked.length, 2 * MAX_PASSING_LOOK_UPS);
  });

  it('that found nothing are remembered by the thousand, and failed ones for a short time', async () => {
    const { locator, asked, clock } = await located();
    for (let round = 0; round < 2; round++)
      for (let at = 0; at < 5000; at++) await locator.locate(owner, `id-${at}`, undefined);
    assert.equal(asked.length, 5000);
    clock.now += 11 * MINUTE_MS;
    await locator.locate(owner, 'id-1', undefined);
    assert.equal(asked.length, 5001);
    const failing = await located(() => Promise.reject(new Error('down')));
    for (let round = 0; round < 2; round++) await failing.locator.locate(owner, 'x', undefined);
    assert.equal(failing.asked.length, 1);
    failing.clock.now += MINUTE_MS;
    await failing.locator.locate(owner, 'x', undefined);
    assert.equal(failing.asked.length, 2);
  });

  it('that found something are remembered by the thousand: of more, the oldest are asked for again', async () => {
    const { locator, asked } = await located(() => Promise.resolve([owner]));
    const ask = async (first: number, count: number): Promise<number> => {
      const before = asked.length;
      for (let at = first; at < first + count; at++) await locator.locate(owner, `id-${at}`, undefined);
      return asked.length - before;
    };
    assert.deepEqual([await ask(0, 1000), await ask(0, 1000)], [1000, 0]);
    assert.deepEqual([await ask(1000, 1), await ask(1, 1000), await ask(0, 1)], [1, 0, 1]);
  });

  it('that were canceled are no failure: the ID is asked for again', async () => {
    const gate = deferred<readonly []>();
    const { locator, asked } = await located(() => gate.promise);
    const controller = new AbortController();
    const first = locator.locate(owner, 'x', controller.signal);
    first.catch(() => undefined);
    await settle();
    controller.abort(new Error('gone'));
    gate.reject(new Error('cut off'));
    await assert.rejects(first);
    await settle();
    await locator.locate(owner, 'x', undefined).catch(() => undefined);
    assert.deepEqual(asked, ['x', 'x']);
  });

  it('are forgotten when accounts change', async () => {
    const { locator, asked } = await located();
    await locator.locate(owner, 'x', undefined);
    locator.clear();
    await locator.locate(owner, 'x', undefined);
    assert.equal(asked.length, 2);
  });
});

describe('MissCache', () => {
  it('remembers for one to two lifetimes', () => {
    let now = 0;
    const misses = new MissCache(10, () => now);
    now = 9;
    misses.add('late');
    now = 18;
    assert.ok(misses.has('late'));
    now = 30;
    assert.ok(!misses.has('late'));
    misses.add('long ago');
    now = 1000;
    assert.ok(!misses.has('long ago'));
  });

  it('forgets all when it is cleared, of whatever age', () => {
    let now = 0;
    const misses = new MissCache(10, () => now);
    misses.add('older');
    now = 12;
    misses.add('younger');
    assert.deepEqual([misses.has('older'), misses.has('younger')], [true, true]);
    misses.clear();
    assert.deepEqual([misses.has('older'), misses.has('younger')], [false, false]);
  });

  it('forgets the oldest if there are very many', () => {
    const misses = new MissCache(10, () => 0);
    for (let at = 0; at < 100_000; at++) misses.add(`${at}`);
    assert.ok(misses.has('99999') && misses.has('80001'));
    assert.ok(!misses.has('1'));
  });
});
