import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChosenFiles, type ChoiceMemory } from '../../src/compare/chosenFiles';

/** A memory that holds this at first. */
function memory(kept?: unknown): ChoiceMemory {
  return {
    get: () => kept,
    update: (_key, value) => {
      kept = value;
      return Promise.resolve();
    },
  };
}

describe('the files that were chosen for comparisons', () => {
  it('are remembered beyond the window', async () => {
    const shared = memory();
    await new ChosenFiles(shared).add('file:///a.json');
    assert.ok(new ChosenFiles(shared).has('file:///a.json'));
    assert.ok(!new ChosenFiles(shared).has('file:///b.json'));
  });

  it('are forgotten when many were chosen since, the oldest first', async () => {
    const files = new ChosenFiles(memory());
    await files.add('old');
    await files.add('again');
    for (let i = 0; i < 99; i++) await files.add(`file ${i}`);
    await files.add('again');
    assert.deepEqual([files.has('old'), files.has('again'), files.has('file 0')], [false, true, true]);
  });

  it('are none where the memory holds something else', () => {
    for (const kept of [undefined, null, 'file:///a.json', { length: 1, 0: 'x' }]) {
      assert.ok(!new ChosenFiles(memory(kept)).has('file:///a.json'));
    }
  });
});
