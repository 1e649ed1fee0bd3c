import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createScanner, parse } from 'jsonc-parser';
import {
  findTypedSecrets,
  hideSecrets,
  withoutTypedSecrets,
  type Insertion,
} from '../../../../src/features/actions/typedSecrets';

const search = { scan: (text: string) => createScanner(text, true) };

/** The secrets in a text, as `name: value`. */
function secretsIn(text: string, inserted?: Insertion): readonly string[] {
  return findTypedSecrets(text, search, inserted).map(({ name, value }) => `${name}: ${value}`);
}

describe('secrets in a document', () => {
  for (const [text, ...expected] of [
    ['{"password": "hunter2"}', 'password: hunter2'],
    ['{"a": [{"apiKey": "k1"}, {"apiKey": "k2"}]}', 'apiKey: k1', 'apiKey2: k2'],
    ['{"password": 1234}', 'password: 1234'],
    ['{"password": hunter2, "a": 1}', 'password: hunter2'],
    ['{"password": hun + ter}', 'password: hun + ter'],
    ['{"private_key": {"filename": "key.p8", "content": "abc"}}', 'private_key: abc'],
    ['{"password": ["a1", "b2"]}', 'password: a1', 'password2: b2'],
    ['{"url": "postgres://me:hunter2@host/db"}', 'url: postgres://me:hunter2@host/db'],
    ['{"header": "Bearer a1B2c3D4e5F6g7"}', 'header: Bearer a1B2c3D4e5F6g7'],
    ['{"x": "-----BEGIN PRIVATE KEY-----"}', 'x: -----BEGIN PRIVATE KEY-----'],
    ['{"password": "${secret:password}x"}', 'password: x'],
    ['{"password": "${secret:mine}x"}', 'mine: x'],
    ['{"password": "${secret:mine}"x}', 'mine: x'],
    ['{"password": "a\\nb"}', 'password: a\nb'],
    ['{"password" "x"}'],
    ['{"name": "a", "host": "h", "n": 1, "list": ["x"]}'],
    ['{"password": "", "token": null, "apiKey": true}'],
    ['{"password": "${secret:password}"}'],
    ['{"password": "[REDACTED]"}'],
    ['{"password": "${secr"}'],
    ['{"password": "{secret:password}"}'],
    ['{"password": "pass"}', 'password: pass'],
    ['// "password": "x"\n{"a": 1}'],
    ['["password", "x"]'],
  ] as const) {
    it(`finds ${expected.join(', ') || 'none'} in ${text}`, () => {
      assert.deepEqual(secretsIn(text), expected);
    });
  }

  it('finds one from its first character on, wherever the text ends', () => {
    const whole = '{\n  "a": {"b": ["c", {"password": "hunter2", "d": 1}]},\n  "token": "tok\\"en"\n}';
    const values = ['hunter2', 'tok\\"en'];
    for (let length = 1; length <= whole.length; length++) {
      const text = whole.slice(0, length);
      const begun = values.filter((value) => {
        const at = whole.indexOf(value);
        return length > at;
      });
      assert.equal(secretsIn(text).length, begun.length, text);
    }
  });

  it('finds pasted ones as a whole, with line breaks', () => {
    const pasted = 'AAA\nBB:B,\n{C}"x"';
    const text = `{\n  "password": "${pasted}",\n  "a": 1\n}`;
    const start = text.indexOf('AAA');
    assert.deepEqual(secretsIn(text, { start, text: pasted }), [`password: ${pasted}`]);
    const [secret] = findTypedSecrets(text, search, { start, text: pasted });
    assert.equal(text.slice(secret?.start, secret?.end), `"${pasted}"`);
  });

  it('includes what is typed after a placeholder', () => {
    assert.equal(
      withoutTypedSecrets('{"password": "${secret:mine}"x}', search),
      '{"password": "${secret:mine}"}',
    );
  });

  it('leaves no part of them in the text without them, and everything else', () => {
    const secret = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim().length > 3);
    const document = fc.record({
      name: fc.string(),
      list: fc.array(fc.integer()),
      nested: fc.record({ password: secret, plain: fc.string() }),
      token: fc.option(secret),
    });
    fc.assert(
      fc.property(document, fc.integer({ min: 0, max: 2 }), (value, indentation) => {
        const text = JSON.stringify(value, undefined, indentation);
        const left = withoutTypedSecrets(text, search);
        assert.deepEqual(findTypedSecrets(left, search), []);
        const { name, list, nested, token } = parse(left) as typeof value;
        assert.deepEqual([name, list, nested.plain], [value.name, value.list, value.nested.plain]);
        assert.equal(nested.password, '${secret:password}');
        assert.equal(token, value.token === null ? null : '${secret:token}');
      }),
    );
  });

  it('finds known ones under any name, and hides what a service repeats', () => {
    const known = { ...search, known: ['known-secret-value'] };
    const text = '{"note": "known-secret-value", "password": "p1", "a": "[REDACTED]"}';
    assert.deepEqual(
      findTypedSecrets(text, known).map(({ name }) => name),
      ['note', 'password'],
    );
    assert.equal(
      hideSecrets(text, known),
      '{"note": "[REDACTED]", "password": "[REDACTED]", "a": "[REDACTED]"}',
    );
  });
});
