import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countsText, stepName, toSteps } from '../../../../../src/core/services/krenalis/levels/steps';
import type { Run } from '../../../../../src/core/services/krenalis/client/schemas';

function run(passed: readonly number[] | undefined, failed: readonly number[] | undefined): Run {
  return { passed, failed } as unknown as Run;
}

describe('what a run of Krenalis counts', () => {
  it('is told in words, failures only if there are some', () => {
    for (const [passed, failed, text] of [
      [[5, 4], [0, 0], '5 received, 4 finished'],
      [[5, 3], [1, 1], '5 received, 3 finished, 2 failed'],
      [[0, 0], [2], '0 received, 0 finished, 2 failed'],
      [[0, 7], [0, 0], undefined],
      [[], [], undefined],
      [undefined, undefined, undefined],
      [[3], undefined, '3 received, 3 finished'],
      [undefined, [1], '0 received, 0 finished, 1 failed'],
    ] as const)
      assert.equal(countsText(run(passed, failed)), text);
  });

  it('has as many steps as the longer of both lists, by name if these are known', () => {
    assert.deepEqual(toSteps(run([1, 2, 3], [4])), [
      { name: 'Step 1', passed: 1, failed: 4 },
      { name: 'Step 2', passed: 2, failed: 0 },
      { name: 'Step 3', passed: 3, failed: 0 },
    ]);
    assert.deepEqual(toSteps(run(undefined, [4, 5])).length, 2);
    const names = (length: number): readonly string[] =>
      Array.from({ length }, (_, index) => stepName(index, length));
    const six = ['Receive', 'Input validation', 'Filter', 'Transformation', 'Output validation', 'Finalize'];
    assert.deepEqual(names(6), six);
    assert.deepEqual(names(7), six.toSpliced(3, 0, 'Consent'));
    assert.deepEqual([names(5)[4], names(8)[7]], ['Step 5', 'Step 8']);
  });
});
