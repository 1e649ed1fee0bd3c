import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isJsonObject } from '../../src/services/decode';
import { differenceOf } from '../../src/services/difference';
import type { JsonValue } from '../../src/services/service';

const name = fc.constantFrom('a', 'b', '__proto__');
/** Of few names and values, so that two of them often have parts in common. */
const { json } = fc.letrec<{ json: JsonValue }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<JsonValue>(0, 1),
    { weight: 4, arbitrary: fc.dictionary(name, tie('json'), { maxKeys: 3, noNullPrototype: true }) },
    fc.array(tie('json'), { maxLength: 2 }),
  ),
}));

/** As a service merges. */
function merge(base: JsonValue | undefined, patch: JsonValue, levels = Infinity): JsonValue {
  if (levels <= 0 || !isJsonObject(base) || !isJsonObject(patch)) return patch;
  const members = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    members.set(key, merge(members.get(key), value, levels - 1));
  }
  return Object.fromEntries(members);
}

describe('the difference between two JSON values', () => {
  it('merged into the one gives what the other says, at as many levels as are merged', () => {
    fc.assert(
      fc.property(json, json, fc.constantFrom(0, 1, 2, Infinity), (before, after, levels) => {
        const difference = differenceOf(before, after, levels);
        const merged = difference === undefined ? before : merge(before, difference, levels);
        assert.deepEqual(merged, merge(before, after, levels));
      }),
      { numRuns: 2000 },
    );
  });

  it('is none between equal ones, and holds no member that did not differ', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        assert.equal(differenceOf(before, structuredClone(before)), undefined);
        const difference = differenceOf(before, after);
        if (!isJsonObject(before) || !isJsonObject(difference)) return;
        for (const [key, value] of Object.entries(difference)) {
          if (Object.hasOwn(before, key)) assert.notDeepEqual(value, before[key]);
        }
      }),
    );
  });

  it('takes a list as a whole, and removes nothing', () => {
    const before = { keep: 1, list: [1, { a: 1 }], nested: { role: 'R', host: 'a' } };
    assert.deepEqual(differenceOf(before, { list: [1, { a: 2 }], nested: { role: 'R', host: 'b' } }), {
      list: [1, { a: 2 }],
      nested: { host: 'b' },
    });
    assert.equal(differenceOf(before, {}), undefined);
    assert.deepEqual(differenceOf(before, { nested: { role: 'R', host: 'b' } }, 1), {
      nested: { role: 'R', host: 'b' },
    });
  });
});
