import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HttpError } from '../../src/http/errors';
import { parseJson } from '../../src/http/json';

function parsing(text: string): () => unknown {
  return () => parseJson({ status: 200, headers: {}, text, requestId: 'r' });
}

describe('parseJson', () => {
  it('parses what JSON.stringify wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        assert.equal(JSON.stringify(parsing(text)()), text);
      }),
    );
  });

  const broken: readonly [string, RegExp][] = [
    ['<!DOCTYPE html><title>Sign in</title>', /web page instead of data/],
    ['\n <html>', /web page instead of data/],
    ['', /empty answer/],
    [' \r\n', /empty answer/],
    ['{"token":"canary"', /damaged or cut off/],
    ['canary', /damaged or cut off/],
  ];
  for (const [text, message] of broken) {
    it(`says what is wrong with ${JSON.stringify(text)}`, () => {
      assert.throws(parsing(text), (error) => {
        assert.ok(error instanceof HttpError);
        assert.deepEqual([error.kind, error.status, error.requestId], ['protocol', 200, 'r']);
        assert.match(error.message, message);
        assert.ok(!`${error.message} ${error.advice} ${String(error.cause)}`.includes('canary'));
        return true;
      });
    });
  }
});
