import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getHeapStatistics } from 'node:v8';
import { Budget } from '../../../../src/core/http/budget';
import { childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import {
  defaultMemoryLimits,
  endlessProblem,
  ListMemory,
  pausedProblem,
} from '../../../../src/core/store/listMemory';
import { account } from '../../../support/fakes/store';

const [one, two] = ['1', '2'].map((id) => childPath(account, 'connection', id));
const list = one ?? assert.fail();
const sibling = two ?? assert.fail();
const foreign = childPath('account:b' as ResourcePath, 'connection', '1');

function createMemory(limits: Partial<Record<'list' | 'account' | 'all', number>> = {}): ListMemory {
  return new ListMemory({ ...{ list: 100, account: 200, all: 300, lookUp: 0, lookUps: 0 }, ...limits });
}

/** How much a reading may take before it is stopped. */
function room(budget: Budget): number {
  let taken = 0;
  while (!budget.isExceeded && taken < 1000) {
    budget.take(5);
    taken += 5;
  }
  budget.take(-taken);
  return taken - 5;
}

const first = { replaces: false, more: false };

describe('the memory limits', () => {
  it('leave half of the heap to others, and room for more than one account and one list', () => {
    const { list, account: ofAccount, all, lookUp, lookUps } = defaultMemoryLimits();
    assert.ok(all <= getHeapStatistics().heap_size_limit / 2);
    assert.ok(2 * list <= ofAccount && ofAccount < all);
    assert.ok(0 < lookUp && lookUp < lookUps && lookUps < list);
  });
});

describe('the memory limit of a list', () => {
  it('is what the list does not already use', () => {
    const memory = createMemory();
    assert.equal(room(memory.budget(list, 0, first)), 100);
    assert.equal(room(memory.budget(list, 40, first)), 60);
    assert.equal(room(memory.budget(list, 140, first)), 0);
    assert.equal(room(memory.budget(list, 100, { ...first, more: true })), 100);
  });

  it('is a quarter more than was shown if it is reloaded, and at least that of any list', () => {
    const memory = createMemory({ account: 1000, all: 1000 });
    assert.equal(room(memory.budget(list, 40, { ...first, replaces: true })), 100);
    assert.equal(room(memory.budget(list, 200, { ...first, replaces: true })), 250);
  });

  it('is limited by all lists of the account, and of all accounts', () => {
    const memory = createMemory();
    memory.set(sibling, 150);
    assert.equal(room(memory.budget(list, 0, first)), 50);
    memory.set(sibling, 30);
    assert.equal(room(memory.budget(list, 0, first)), 100);
    memory.set(foreign, 210);
    assert.equal(room(memory.budget(list, 0, first)), 60);
    memory.set(foreign, 0);
    assert.equal(room(memory.budget(list, 0, first)), 100);
  });

  it('is higher if the user asks for it, though other lists use everything', () => {
    const memory = createMemory();
    memory.set(sibling, 250);
    assert.equal(room(memory.budget(list, 0, first)), -5);
    assert.equal(room(memory.budget(list, 0, { ...first, more: true })), 100);
  });

  it('counts as returned while the known rows are replaced', () => {
    const memory = createMemory();
    memory.set(list, 150);
    assert.equal(room(memory.budget(list, 150, { ...first, replaces: true })), 185);
  });

  it('is not used by prefetched rows once it is exhausted, and always allows shrinking', () => {
    const memory = createMemory();
    assert.ok(memory.add(list, 150));
    assert.ok(memory.add(list, 100), 'it ends above its limit');
    assert.ok(!memory.add(sibling, 1));
    assert.ok(memory.add(list, 0));
    assert.ok(memory.add(list, -100));
    assert.ok(memory.add(sibling, 1));
  });

  it('is a share of the memory of this process', () => {
    const { list: own, account: ofAccount, all, lookUp, lookUps } = defaultMemoryLimits();
    assert.ok(0 < lookUp && lookUp < lookUps && lookUps < own && own < ofAccount && ofAccount < all);
  });
});

describe('an incomplete list', () => {
  it('says whether it is large itself, or others are, and what to do', () => {
    const [own, other] = [new Budget(1), new Budget(9, new Budget(1))];
    for (const budget of [own, other]) budget.take(5);
    assert.match(pausedProblem(own).title, /this list is very large/);
    assert.match(pausedProblem(other).title, /other lists/);
    for (const each of [pausedProblem(own), endlessProblem()]) {
      assert.equal(each.retryable, false);
      assert.match(each.advice ?? '', /Load More/);
    }
  });
});
