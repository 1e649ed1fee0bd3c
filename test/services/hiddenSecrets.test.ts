import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isJsonObject } from '../../src/services/decode';
import type { Pointer } from '../../src/services/documentError';
import { hiddenSecretsIn } from '../../src/services/hiddenSecrets';

/** Every text and every name of a member, with its place. */
function textsIn(json: unknown, at: Pointer = []): readonly (readonly [string, Pointer])[] {
  if (typeof json === 'string') return [[json, at]];
  if (Array.isArray(json)) return json.flatMap((item, index) => textsIn(item, [...at, index]));
  if (!isJsonObject(json)) return [];
  return Object.entries(json).flatMap(([name, value]) => [
    [name, [...at, name]] as const,
    ...textsIn(value, [...at, name]),
  ]);
}

const word = fc.constantFrom(
  '',
  'a',
  '[REDACTED]',
  'x;PWD=[REDACTED]',
  '[redacted] b',
  '***',
  '**',
  'REDACTED',
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(word, fc.constantFrom(1, null, true)),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(word, tie('json'), { maxKeys: 3 }),
  ),
}));

describe('what stands for a hidden secret', () => {
  it('is found in every text and name, at its place, and nothing else is', () => {
    fc.assert(
      fc.property(json, (value) => {
        const found = new Set(hiddenSecretsIn(value).map(({ pointer }) => JSON.stringify(pointer)));
        for (const [text, pointer] of textsIn(value)) {
          const hides = /\[redacted\]/i.test(text) || text === '***';
          if (hides) {
            // A name stands for all below it.
            const places = pointer.map((_, length) => JSON.stringify(pointer.slice(0, length)));
            assert.ok(
              [...places, JSON.stringify(pointer)].some((place) => found.has(place)),
              text,
            );
          }
        }
        const hidden = textsIn(value).filter(([text]) => /\[redacted\]/i.test(text) || text === '***');
        const known = new Set(hidden.map(([, pointer]) => JSON.stringify(pointer)));
        for (const place of found) assert.ok(known.has(place), place);
      }),
      { numRuns: 500 },
    );
  });
});
