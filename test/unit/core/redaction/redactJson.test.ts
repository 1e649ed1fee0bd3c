import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { redactJson } from '../../../../src/core/redaction/redactJson';

const masked = (value: unknown, secrets: readonly string[] = []): unknown =>
  JSON.parse(redactJson(JSON.stringify(value), secrets)) as unknown;

/** The value with all texts and numbers masked. */
function allMasked(value: unknown): unknown {
  if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return '***';
  if (Array.isArray(value)) return value.map(allMasked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, allMasked(member)]));
}

describe('redactJson', () => {
  it('masks all texts and numbers below a secret name, however deep', () => {
    // Texts that are placeholders stay.
    const texts = fc.string().filter((text) => !/[*x_.?$<{[(-]/i.test(text));
    const values = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        ...[texts, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)],
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie('any'), { maxKeys: 3 }),
      ),
    })).any;
    const names = fc.constantFrom(
      'dbPassword',
      'secretAccessKey',
      'webhookSecret',
      'accessKey',
      'privateKey',
    );
    fc.assert(
      fc.property(names, values, (name, value) => {
        assert.deepEqual(masked({ a: [{ [name]: value }], b: 'x' }), {
          a: [{ [name]: allMasked(JSON.parse(JSON.stringify(value))) }],
          b: 'x',
        });
      }),
    );
  });

  it('leaves everything else verbatim', () => {
    const text = ' {"b" : 9007199254740993, "a":[1.0, 1e400,"\\u00e9\\/", true,null, "" ] ,"keyName":"k"}\n';
    assert.equal(redactJson(text, ['secret']), text);
    const open = { hasPassword: true, password: null, token: '', secret: '[REDACTED]', apiKey: '${API_KEY}' };
    assert.deepEqual(masked(open), open);
  });

  it('masks pairs of a name and a value', () => {
    assert.deepEqual(
      masked([
        { name: 'password', value: 'canary', type: 'text' },
        { value: ['canary', { a: 1 }], key: 'client_secret' },
        { name: 'host', value: 'a' },
      ]),
      [
        { name: 'password', value: '***', type: 'text' },
        { value: ['***', { a: '***' }], key: 'client_secret' },
        { name: 'host', value: 'a' },
      ],
    );
  });

  it('masks secrets within texts: known ones, URLs, connection strings, JSON in JSON', () => {
    assert.deepEqual(
      masked(
        {
          url: 'postgres://user:canary@host/db',
          options: 'Server=h;Uid=u;Pwd=canary;Database=d',
          config: '{"user":"u","password":"can\\"ary"}',
          note: 'uses CANARY-1',
          'canary-1': 12345678,
        },
        ['canary-1', '12345678'],
      ),
      {
        url: 'postgres://***@host/db',
        options: 'Server=h;Uid=u;Pwd=***;Database=d',
        config: '{"user":"u","password":"***"}',
        note: 'uses ***',
        '***': '***',
      },
    );
  });

  it('masks what it can of a text that is not JSON, and never throws', () => {
    for (const text of ['{"password":"canary', '{password: canary}', '[{"password":["canary"']) {
      assert.ok(!redactJson(text, []).includes('canary'), redactJson(text, []));
    }
    redactJson('['.repeat(200_000), []);
    redactJson('{"a":'.repeat(200_000), []);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => typeof redactJson(text, [text]) === 'string'),
    );
  });
});
