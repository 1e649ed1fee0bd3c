import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failureText } from '../../../../src/features/compare/jsonTexts';
import { HttpError } from '../../../../src/core/http/errors';

describe('the text of a side that cannot be loaded', () => {
  it('is JSON that says what, why and what to do', () => {
    const text = failureText('Check\nout', new HttpError('notFound', 'Gone.', { advice: 'Look again.' }));
    assert.equal(text, '[\n  "Check out could not be read.",\n  "Gone.",\n  "Look again."\n]\n');
  });

  it('has lines of 40 characters at most, where words end', () => {
    const text = `${'y'.repeat(20)} ${'y'.repeat(19)} ${'z'.repeat(20)} ${'z'.repeat(20)}`;
    const lines: unknown = JSON.parse(failureText('It', new HttpError('server', text, { advice: '' })));
    assert.ok(Array.isArray(lines));
    assert.deepEqual(
      lines.slice(1).map((line) => String(line).length),
      [40, 20, 20],
    );
  });

  it('has short lines, as far as words are short', () => {
    const words = `${'word '.repeat(30)}${'x'.repeat(80)} word word word`;
    const lines: unknown = JSON.parse(failureText('It', new HttpError('server', words, { advice: '' })));
    assert.ok(Array.isArray(lines));
    assert.equal(lines.slice(1).join(' '), words);
    assert.deepEqual(
      lines.map((line) => String(line).length),
      [21, 39, 39, 39, 29, 80, 14],
    );
  });
});
