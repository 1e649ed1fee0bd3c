import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { publicText, redact, redactName } from '../../../../src/core/redaction/redact';
import { redactJson } from '../../../../src/core/redaction/redactJson';
import { isSecretName } from '../../../../src/core/redaction/secretNames';
import { assertLinear } from '../../../support/growth';

const SHORT_CHARS = 5000;
const LONG_CHARS = 4 * SHORT_CHARS;

const secrets = ['aaaaaaaaaaaaaaaaaaab', '%25%25%25%25', 'a\\\\"b', `${'a'.repeat(300)}b`, 'Qx7'.repeat(500)];

const works: Readonly<Record<string, (text: string) => unknown>> = {
  redact: (text) => redact(text, secrets),
  redactName: (text) => redactName(text, secrets),
  redactJson: (text) => redactJson(text, secrets),
  publicText: (text) => publicText(text, secrets, LONG_CHARS / 100),
};

/** @param shape creates a text of at least this number of characters. */
function assertLinearWork(name: string, shape: (chars: number) => string): void {
  assertLinear(name, works[name] ?? assert.fail(name), shape, SHORT_CHARS);
}

function repeated(before: string, part: string, after = ''): (length: number) => string {
  return (length) => before + part.repeat(Math.ceil(length / part.length)) + after;
}

/** What every pattern begins with, stumbles over and ends with. */
const fragments = [
  ...['password', 'token', 'api_key', 'Authorization', 'cookie', 'Bearer ', 'Basic ', 'eyJaaaaa', 'x', 'a'],
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\\\\',
    '\\"',
    '\\\\"',
    ':',
    '=',
    '>',
    '<',
    '</',
    ';',
    '&',
    '?',
    '#',
    ',',
    ' ',
    '\n',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '${',
    '{{',
    '%',
    '%25',
    '%2',
    '&#',
    '&#x',
    '&amp;',
    '&a',
    '\\u',
    '\\u0061',
  ],
  ...['://', 'a://', '@', '/', '.', '-', '_', '-----BEGIN PRIVATE KEY-----', 'name="password"', 'value='],
  ...['\u200b', '\u{e0041}', 'é', '\ud800', 'A', '1', 'Qx7', 'aaaaaaaaaaaaaaaa', 'thin:a/', 'Digest ', '::'],
] as const;

describe('the time that redaction takes', () => {
  const hostile: readonly (readonly [string, string, string?])[] = [
    ['password="', '\\'],
    ['password=\\"', '\\'],
    ['password=', '\\"'],
    ['{"password":"', '\\\\"'],
    ['', 'eyJaaaaa-'],
    ['', 'x://'],
    ['', 'Authorization: Digest '],
    ['password={', '{"'],
    ['', '"password":['],
    ['', '<password>'],
    ['', 'password</password>', '>'],
    ['', 'Cookie: '],
    ['a', '\u200b'],
    ['', '%25'],
    ['%', '25'],
    ['', '&amp;'],
    ['', 'a'],
    ['', 'Aa'],
  ];
  for (const fragment of fragments) {
    it(`is linear in a run of ${JSON.stringify(fragment)}`, () => {
      for (const before of ['', 'password=', '"token":"']) {
        assertLinearWork('redact', repeated(before, fragment));
      }
      assertLinearWork('redactJson', repeated('', fragment));
    });
  }
  for (const [before, part, after] of hostile) {
    it(`is linear in the text: ${before} and many ${JSON.stringify(part)}`, () => {
      for (const name of Object.keys(works)) assertLinearWork(name, repeated(before, part, after));
    });
  }

  it('is linear in the length of any text', () => {
    const some = (most: number): fc.Arbitrary<string> =>
      fc
        .array(fc.constantFrom(...fragments), { minLength: 1, maxLength: most })
        .map((parts) => parts.join(''));
    fc.assert(
      fc.property(some(3), some(4), some(2), (before, part, after) => {
        assertLinearWork('redact', repeated(before, part, after));
        assertLinearWork('redactJson', repeated(before, part, after));
      }),
      { numRuns: 40 },
    );
  });

  it('is linear in the number of secrets', () => {
    const work = (secret: string): string => redact(`(${secret})`, [secret]);
    assertLinear('redact', work, repeated('', 'aB3-'), SHORT_CHARS);
  });

  it('does not depend on the length of a name', () => {
    assert.equal(isSecretName('a'.repeat(1_000_000)), false);
    assert.equal(isSecretName('A'.repeat(1_000_000)), false);
  });
});
