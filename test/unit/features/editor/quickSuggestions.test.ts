import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayOpenList, type SettingScopes } from '../../../../src/features/editor/completionContext';

describe('editor.quickSuggestions', () => {
  it('lets the list open if the user has set nothing, whatever the defaults are', () => {
    assert.equal(mayOpenList({}, 'strings'), true);
    const inspected = { key: '', defaultValue: { strings: 'off' }, defaultLanguageValue: { strings: false } };
    const scopes: SettingScopes & typeof inspected = inspected;
    assert.equal(mayOpenList(scopes, 'strings'), true);
  });

  it('is one value for all kinds of text, or one for each', () => {
    const opens = (globalValue: unknown): readonly boolean[] =>
      (['other', 'strings'] as const).map((kind) => mayOpenList({ globalValue }, kind));
    assert.deepEqual(opens(false), [false, false]);
    assert.deepEqual(opens(true), [true, true]);
    assert.deepEqual(opens('off'), [false, false]);
    assert.deepEqual(opens('inline'), [false, false]);
    assert.deepEqual(opens('offWhenInlineCompletions'), [true, true]);
    assert.deepEqual(opens({ other: true, strings: false }), [true, false]);
    assert.deepEqual(opens({ other: 'off', strings: 'on' }), [false, true]);
    assert.deepEqual(opens({ strings: 'inline' }), [true, false]);
    assert.deepEqual(opens({ comments: false }), [true, true]);
    assert.deepEqual(opens(null), [true, true]);
  });

  it('for a language takes precedence, and in a folder over everywhere else', () => {
    const scopes = { globalValue: true, workspaceValue: false };
    assert.equal(mayOpenList(scopes, 'strings'), false);
    assert.equal(mayOpenList({ ...scopes, globalLanguageValue: { strings: true } }, 'strings'), true);
    assert.equal(mayOpenList({ ...scopes, globalLanguageValue: { other: true } }, 'strings'), false);
    assert.equal(mayOpenList({ workspaceLanguageValue: 'off', globalLanguageValue: 'on' }, 'strings'), false);
  });
});
