import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markdownText } from '../../../src/ui/text';

describe('markdownText', () => {
  it('leaves words and the spaces between them unchanged, in every script', () => {
    assert.equal(markdownText('Größe 42 データ'), 'Größe 42 データ');
  });

  it('leaves nothing that Markdown, HTML, icons or links are made of', () => {
    const hostile = '**b** <img src=x> [a](command:b) $(sync) &lt; https://x.y www.x.y a@b.c\n# h  | 1. `c`';
    assert.match(markdownText(hostile), /^(?:[\p{L}\p{N}]| (?! )|&#\d+;)+$/u);
  });
});
