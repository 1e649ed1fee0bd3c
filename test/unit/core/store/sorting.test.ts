import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { atOnce } from '../../../../src/core/base/turns';
import { insertedInSteps, mergedInSteps, sortedInSteps } from '../../../../src/core/store/sorting';

type Item = readonly [key: number, name: string];

const byKey = ([a]: Item, [b]: Item): number => a - b;
const items = fc.array(fc.tuple(fc.nat(9), fc.string()), { maxLength: 20 });

it('sorting, merging and inserting in steps give what sorting at once gives', () => {
  fc.assert(
    fc.property(items, items, (some, others) => {
      const [first, second] = [some, others].map((list) => list.toSorted(byKey));
      const all = [...(first ?? []), ...(second ?? [])].toSorted(byKey);
      assert.deepEqual(
        atOnce(sortedInSteps([...some, ...others], byKey)),
        [...some, ...others].toSorted(byKey),
      );
      assert.deepEqual(atOnce(mergedInSteps(first ?? [], second ?? [], byKey)), all);
      assert.deepEqual(atOnce(insertedInSteps(first ?? [], second ?? [], byKey)), all);
    }),
  );
});
