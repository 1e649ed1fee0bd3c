import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { runBatch, firstUnexpected, type Reached } from '../../../../src/ui/commands/batch';
import { abortError } from '../../../../src/core/base/abort';
import { HttpError } from '../../../../src/core/http/errors';

type Fate = 'done' | 'started' | 'refused' | 'lost';

const fates = fc.array(fc.constantFrom<Fate>('done', 'started', 'refused', 'lost'), { maxLength: 12 });
const expected = { done: 'done', started: 'started', refused: 'failed', lost: 'uncertain' } as const;

function meet(fate: Fate): Promise<Reached> {
  if (fate === 'refused') return Promise.reject(new HttpError('rejected', 'It is locked.'));
  if (fate === 'lost')
    return Promise.reject(new HttpError('network', 'Cut off.', { hasUnknownOutcome: true }));
  return Promise.resolve({ state: fate });
}

describe('a batch', () => {
  it('has a result for every item, in their order, and stops at no failure', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.integer({ min: 1, max: 5 }), async (items, atOnce) => {
        const { signal } = new AbortController();
        const reported: number[] = [];
        const report = (position: number): void => {
          reported.push(position);
        };
        const results = await runBatch(items, meet, { signal, report, atOnce });
        assert.deepEqual(
          results.map(({ item, state }) => ({ item, state })),
          items.map((item) => ({ item, state: expected[item] })),
        );
        assert.deepEqual(
          reported,
          items.map((_, at) => at + 1),
        );
      }),
    );
  });

  it('starts nothing after it was canceled, and finishes what it started', async () => {
    const controller = new AbortController();
    const begun: number[] = [];
    const work = async (item: number): Promise<Reached> => {
      begun.push(item);
      if (item === 2) controller.abort();
      return Promise.resolve({ state: 'done' });
    };
    const options = { signal: controller.signal, report: () => undefined };
    const results = await runBatch([1, 2, 3, 4], work, options);
    assert.deepEqual(begun, [1, 2]);
    assert.deepEqual(
      results.map(({ state }) => state),
      ['done', 'done', 'skipped', 'skipped'],
    );
  });

  it('distinguishes work that ended because it was canceled from work that failed', async () => {
    const controller = new AbortController();
    const work = (): Promise<Reached> => {
      controller.abort();
      return Promise.reject(abortError());
    };
    const options = { signal: controller.signal, report: () => undefined };
    const [result] = await runBatch([1], work, options);
    assert.equal(result?.state, 'skipped');
  });

  it('keeps an unexplained error for the log', async () => {
    const flaw = new TypeError('x is not a function');
    const options = { signal: new AbortController().signal, report: () => undefined };
    const results = await runBatch(
      [new HttpError('rejected', 'No.'), flaw],
      (error) => Promise.reject(error),
      options,
    );
    assert.equal(firstUnexpected(results), flaw);
    assert.equal(firstUnexpected(results.slice(0, 1)), undefined);
  });
});
