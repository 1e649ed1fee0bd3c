import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isJsonObject } from '../../../../../src/core/http/json';
import type { Pointer } from '../../../../../src/core/services/common/documentError';
import { redact } from '../../../../../src/core/redaction/redact';
import {
  hiddenSecretsIn,
  maskIn,
  splitPlaceholders,
} from '../../../../../src/core/services/common/documentSecrets';

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

/** What the service or a masked copy inserts in place of a text; recognized by its look, independently of the code. */
const masks = /\[redacted\]|^\*{3}$|Bearer \*{3}|:\*{3}@|^\*{4}1234$|^•+$/i;

const word = fc.constantFrom(
  '',
  'a',
  '[REDACTED]',
  'x;PWD=[REDACTED]',
  '[redacted] b',
  '***',
  '**',
  'REDACTED',
  'Authorization: Bearer ***',
  'postgres://me:***@db',
  '****1234',
  '••••••••',
  '***bold*** and *** more',
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(word, fc.constantFrom(1, null, true)),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(word, tie('json'), { maxKeys: 3 }),
  ),
}));

describe('placeholders of secrets that are asked for', () => {
  it('divide a document into what can be sent before they are known, and the rest', () => {
    const [whole, within] = ['${secret:key}', 'Bearer ${secret:token} x'];
    const json = {
      ...{ id: 1, whole, within, list: ['a', whole] },
      nested: { name: 'n', whole },
      secret: '${secret:}',
    };
    assert.deepEqual(splitPlaceholders(json), {
      plain: { id: 1, nested: { name: 'n' }, secret: '${secret:}' },
      secret: { whole, within, list: ['a', whole], nested: { whole } },
    });
  });
});

describe('placeholders of hidden secrets', () => {
  it('are found in every text and name, at their position, and nothing else is', () => {
    fc.assert(
      fc.property(json, (value) => {
        const found = new Set(hiddenSecretsIn(value).map(({ pointer }) => JSON.stringify(pointer)));
        for (const [text, pointer] of textsIn(value)) {
          const hides = masks.test(text);
          if (hides) {
            // A name covers everything below it.
            const places = pointer.map((_, length) => JSON.stringify(pointer.slice(0, length)));
            assert.ok(
              [...places, JSON.stringify(pointer)].some((place) => found.has(place)),
              text,
            );
          }
        }
        const hidden = textsIn(value).filter(([text]) => masks.test(text));
        const known = new Set(hidden.map(([, pointer]) => JSON.stringify(pointer)));
        for (const place of found) assert.ok(known.has(place), place);
      }),
      { numRuns: 500 },
    );
  });

  it('are found where redaction has put them, whatever form the text had', () => {
    const secret = 'kT9zQ2vLx8RwPn4mYb7H';
    for (const text of [
      secret,
      `Bearer ${secret}`,
      `Authorization: Basic ${secret}`,
      `jdbc:x://h;user=me;password=${secret};ssl=true`,
      `https://me:${secret}@db.example/x`,
      `https://db.example/x?token=${secret}&a=b`,
      `password: "${secret}"`,
    ]) {
      const masked = redact(text, [secret]);
      assert.notEqual(masked, text);
      assert.equal(maskIn(masked), '***', masked);
    }
  });

  it('are found if they show a part of the secret', () => {
    for (const text of [
      '****1234',
      '************abcd',
      'sk-****',
      'AK12********9f',
      '●●●●●●',
      '********',
      ' *** ',
    ])
      assert.equal(maskIn(text), text.trim());
    for (const text of ['<redacted>', 'a (masked) b', '[Filtered]']) assert.ok(maskIn(text), text);
  });

  it('are more if a secret is expected', () => {
    for (const text of ['xxxx', 'XXXXXX1234', '---', 'hidden', 'Redacted', '…']) {
      assert.ok(maskIn(text, 'clientSecret'), text);
      assert.equal(maskIn(text, 'description'), undefined, text);
    }
  });

  it('are no text that people write', () => {
    for (const text of [
      'Orders ***urgent*** only',
      '***urgent***',
      'Note: ***urgent***',
      'a ** b, 2 * 3 * 4, /**/ and *.csv',
      'see **bold**: *it*',
      'redacted columns',
      'token expired',
      '5 stars: *****great*****',
      'p***word',
    ])
      assert.equal(maskIn(text), undefined, text);
  });
});
