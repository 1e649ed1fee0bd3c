import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { diffJson, merge } from '../../../../../src/core/services/common/exactJson';
import { isJsonObject, type JsonValue } from '../../../../../src/core/http/json';

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

describe('the difference between two JSON values', () => {
  it('merged into one value gives the other', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const difference = diffJson(before, after);
        const merged = difference === undefined ? before : merge(before, difference);
        assert.deepEqual(merged, merge(before, after));
        assert.equal(diffJson(merged, after), undefined);
      }),
      { numRuns: 2000 },
    );
  });

  it('is none between equal ones, and has no member that did not differ', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        assert.equal(diffJson(before, structuredClone(before)), undefined);
        const difference = diffJson(before, after);
        if (!isJsonObject(before) || !isJsonObject(difference)) return;
        for (const [key, value] of Object.entries(difference)) {
          if (Object.hasOwn(before, key)) assert.notDeepEqual(value, before[key]);
        }
      }),
    );
  });

  it('takes a list as a whole, and removes nothing', () => {
    const before = { keep: 1, list: [1, { a: 1 }], nested: { role: 'R', host: 'a' } };
    assert.deepEqual(diffJson(before, { list: [1, { a: 2 }], nested: { role: 'R', host: 'b' } }), {
      list: [1, { a: 2 }],
      nested: { host: 'b' },
    });
    assert.equal(diffJson(before, {}), undefined);
    assert.deepEqual(merge(before, { list: [], nested: { host: 'b' } }), {
      keep: 1,
      list: [],
      nested: { role: 'R', host: 'b' },
    });
  });
});
