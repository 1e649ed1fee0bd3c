import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HttpError } from '../../../../src/core/http/errors';
import { parseJson } from '../../../../src/core/http/json';

function parsing(text: string): () => unknown {
  return () => parseJson({ status: 200, headers: {}, text, requestId: 'r' });
}

describe('parseJson', () => {
  it('parses what JSON.stringify wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const beyond = (_: string, part: unknown): unknown =>
          Number.isInteger(part) && !Number.isSafeInteger(part) ? JSON.stringify(part) : part;
        const text = JSON.stringify(value);
        assert.equal(JSON.stringify(parsing(text)()), JSON.stringify(value, beyond));
      }),
    );
  });

  const broken: readonly [string, RegExp][] = [
    ['<!DOCTYPE html><title>Sign in</title>', /web page instead of data/],
    ['\n <html>', /web page instead of data/],
    ['', /empty response/],
    [' \r\n', /empty response/],
    ['{"token":"canary"', /corrupt or cut off/],
    ['canary', /corrupt or cut off/],
  ];
  for (const [text, message] of broken) {
    it(`reports what is wrong with ${JSON.stringify(text)}`, () => {
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

/** Numbers as JSON writes them. */
const written = fc.oneof(
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.tuple(fc.integer(), fc.nat(400)).map(([value, exponent]) => `${value}.25e+${exponent}`),
);

describe('numbers of an answer', () => {
  it('keep all digits, as text if JavaScript has no such number', () => {
    fc.assert(
      fc.property(fc.array(written, { minLength: 1 }), fc.constantFrom('', ' ', '\n'), (numbers, space) => {
        const read = parsing(`[${numbers.map((number) => space + number).join(',')}]`)() as unknown[];
        for (const [at, value] of read.entries()) {
          if (typeof value === 'string') assert.equal(value, numbers[at]);
          else assert.equal(value, Number(numbers[at]));
          if (/^-?\d+$/.test(numbers[at] ?? ''))
            assert.equal(BigInt(String(value)), BigInt(numbers[at] ?? ''));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('in strings are unchanged', () => {
    const exact = '90071992547409931234';
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = { [text]: `${text}: ${exact}, ${text}`, '\\"': `"[${exact}]` };
        assert.deepEqual(parsing(`{"id": ${exact}, "value": ${JSON.stringify(value)}}`)(), {
          id: exact,
          value,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('that are invalid JSON are still refused', () => {
    for (const text of ['[01234567890123456789]', '[12345678901234567890-]', '[-]', '[1.e99]']) {
      assert.throws(parsing(text), /corrupt or cut off/);
    }
  });
});
