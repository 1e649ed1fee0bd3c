import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { inertLabel, inertText } from '../../../src/ui/inertText';

/** As VS Code finds links in notifications and prompts (`linkedText.ts`). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
/** As VS Code finds icons in labels (`iconLabels.ts`). */
const ICON = /\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;

const parts = fc.array(
  fc.oneof(
    fc.constantFrom(
      '[',
      ']',
      '](',
      '[a]',
      '(command:x)',
      '(https://a.b)',
      '$',
      '(',
      ')',
      '$(zap)',
      '\n',
      '\u200b',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
);
const texts = parts.map((all) => all.join(''));

describe('Texts in messages, prompts and titles', () => {
  it('contain no link that VS Code would render, whatever they are made of', () => {
    fc.assert(fc.property(texts, (text) => !LINK.test(inertText(text))));
  });

  it('stay readable: a link becomes its own text', () => {
    assert.equal(inertText('Load [log](command:quit) done'), 'Load [log] (command:quit) done');
  });

  it('keep their lines, and lose other control characters', () => {
    assert.equal(inertText('one\ntwo\u0007\r\nthree'), 'one\ntwo\nthree');
  });

  it('contain no icon in a label', () => {
    fc.assert(fc.property(texts, (text) => !ICON.test(inertLabel(text)) && !LINK.test(inertLabel(text))));
    assert.equal(inertLabel('$(check) Verified'), '$ (check) Verified');
  });
});
