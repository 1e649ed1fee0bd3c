import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { documentValue } from '../../../../src/features/actions/documentText';
import { changesBetween, placeText, pointerTo, rebase } from '../../../../src/features/actions/rebase';
import type { JsonValue } from '../../../../src/core/http/json';

const ids = ['id'];
const list = (...fields: readonly (readonly [string, JsonValue])[]): JsonValue => ({
  fields: fields.map(([id, type]) => ({ id, type })),
});

describe('concurrent changes at the service', () => {
  it('are named by members, and by the IDs of items', () => {
    const before = { a: 1, deep: { b: [1], c: 2 }, ...Object(list(['x', 1], ['y', 1])) } as JsonValue;
    const after = { deep: { b: [2], c: 2, d: 3 }, ...Object(list(['y', 2], ['z', 1])) } as JsonValue;
    const changes = changesBetween(before, after, ids);
    assert.deepEqual(changes.map(placeText), [
      ...['a', 'deep.b', 'deep.d', 'fields[x]', 'fields[y].type', 'fields[z]'],
    ]);
    const change = changes[4] ?? assert.fail();
    assert.deepEqual([change.before, change.after], [1, 2]);
    assert.deepEqual(pointerTo(after, change.steps), ['fields', 0, 'type']);
  });

  it('go into the document where nothing was edited, and comments stay', async () => {
    const text = '{\n  // why\n  "a": 2,\n  "b": 1\n}\n';
    const { text: rebased, taken, conflicts } = await rebase(text, { a: 1, b: 1 }, { a: 1, b: 5, c: 1 }, ids);
    assert.equal(rebased, '{\n  // why\n  "a": 2,\n  "b": 5,\n  "c": 1\n}\n');
    assert.deepEqual([taken.map(placeText), conflicts], [['b', 'c'], []]);
  });

  it('keep every digit of a number', async () => {
    const [text, theirs] = ['{"n": 9007199254740992, "m": 1}', '{"n": 9007199254740993, "m": 1}'];
    const rebased = await rebase(text, await documentValue(text), await documentValue(theirs), ids);
    assert.deepEqual([rebased.text, rebased.taken.map(placeText)], [theirs, ['n']]);
  });

  it('conflict if the same was edited to something else', async () => {
    const text = '{"a": 2, "b": 2, "c": {"d": 2}}';
    const base = { a: 1, b: 1, c: { d: 1 } };
    const rebased = await rebase(text, base, { a: 3, b: 2, c: 'gone' }, ids);
    assert.equal(rebased.text, text);
    assert.deepEqual([rebased.taken, rebased.conflicts.map(placeText)], [[], ['a', 'c']]);
  });

  it('add and remove items of a list beside edited ones', async () => {
    const text = JSON.stringify(list(['x', 9], ['y', 1], ['mine', 1]));
    const base = list(['x', 1], ['y', 1]);
    const { text: rebased } = await rebase(text, base, list(['x', 1], ['theirs', 1]), ids);
    assert.deepEqual(parse(rebased), list(['x', 9], ['mine', 1], ['theirs', 1]));
  });

  it('replace an unedited document', async () => {
    const value = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(1, 'x', null, true),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { noNullPrototype: true }),
        fc.array(tie('value'), { maxLength: 3 }),
      ),
    })).value;
    const object = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(object, object, async (base, theirs) => {
        const { text, conflicts } = await rebase(JSON.stringify(base), base, theirs, ids);
        assert.deepEqual([parse(text), conflicts], [theirs, []]);
      }),
    );
  });
});
