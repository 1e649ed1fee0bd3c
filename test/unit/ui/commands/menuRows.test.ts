import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ofKnownRows } from '../../../../src/ui/commands/menuRows';

const BEING_UPDATED = 'Nothing was done because the row was being updated. Try again.';

/** Calls a command of several rows. @returns what its handler got, undefined if it was not called. */
function called(args: readonly unknown[], command: Parameters<typeof ofKnownRows>[0]): unknown {
  let got: unknown;
  void ofKnownRows(command, (...given) => {
    got = given;
  })(args);
  return got;
}

describe('commands in the menu of a row that is being redrawn', () => {
  beforeEach(() => {
    editor.inputs.reset();
  });

  it('do nothing and say so, instead of acting on the selected row', () => {
    for (const rows of ['one', 'several'] as const)
      for (const args of [
        [undefined, undefined],
        [undefined, [undefined]],
        ['a', ['a', undefined]],
        ['a', [null, 'a']],
      ])
        assert.equal(called(args, { rows }), undefined, JSON.stringify(args));
    assert.deepEqual([...new Set(editor.inputs.texts)], [BEING_UPDATED]);
    assert.equal(editor.inputs.texts.length, 8);
  });

  it('run from the palette, from key bindings, and on rows that are known', () => {
    for (const args of [[], [undefined], ['view'], ['a', undefined], ['a', []], ['a', ['a', 'b']]])
      assert.deepEqual(called(args, { rows: 'several' }), [args[0], args[1]]);
    assert.deepEqual(editor.inputs.texts, []);
  });

  it('run in the title bar of a view where no row is focused, but not on a part of the selected rows', () => {
    const command = { rows: 'one', inTitleBar: true } as const;
    assert.deepEqual(called([undefined, undefined], command), [undefined, undefined]);
    assert.equal(called(['a', ['a', undefined]], command), undefined);
    assert.deepEqual(called([undefined, undefined], { rows: 'none' }), [undefined, undefined]);
  });
});
