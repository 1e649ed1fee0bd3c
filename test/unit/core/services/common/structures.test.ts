import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { topmost } from '../../../../../src/core/services/common/structures';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Ids with their parents, some of which are not there. */
const parents = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.option(fc.constantFrom(...ids), { nil: undefined })), {
    selector: ([id]) => id,
  })
  .map((entries) => new Map(entries));

describe('the top of a hierarchy', () => {
  it('is reached from every item through its parents, and includes cycles', () => {
    fc.assert(
      fc.property(parents, (map) => {
        const top = topmost(map);
        for (const id of map.keys()) {
          const above = [id];
          // As far as there are others.
          for (let at = map.get(id); at !== undefined && map.has(at) && !above.includes(at); at = map.get(at))
            above.push(at);
          const last = above.at(-1) ?? id;
          const backTo = map.get(last);
          assert.ok(
            above.some((one) => top.has(one)),
            `${id} is lost`,
          );
          const isRoot = backTo === undefined || !map.has(backTo);
          const belowItself = backTo !== undefined && map.has(backTo) && above.indexOf(backTo) === 0;
          assert.equal(top.has(id), (isRoot && last === id) || belowItself, id);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
