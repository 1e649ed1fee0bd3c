import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { snapshotText } from '../../../../src/features/compare/jsonTexts';

describe('the text of a snapshot', () => {
  it('is the server’s own JSON, formatted', () => {
    assert.equal(
      snapshotText('{"b":9007199254740993,"a":[1.0,{}]}', []),
      '{\n  "b": 9007199254740993,\n  "a": [\n    1.0,\n    {}\n  ]\n}\n',
    );
  });

  it('names no schema that an editor would fetch', () => {
    const text = snapshotText('{"$schema":"http://a.example/","b":{"$schema":"kept"}}', []);
    assert.deepEqual(JSON.parse(text), {
      '$schema (not followed)': 'http://a.example/',
      b: { $schema: 'kept' },
    });
  });

  it('contains no value with a secret name, and no known secret', () => {
    const text = snapshotText(
      '{"api_key":"canary","x":{"password":"canary","token":["canary",1]},"note":"KNOWN-secret","n":"canary2"}',
      ['known-secret'],
    );
    assert.equal(text.match(/canary\b|known/gi), null);
    assert.deepEqual(JSON.parse(text), {
      api_key: '***',
      x: { password: '***', token: ['***', '***'] },
      note: '***',
      n: 'canary2',
    });
  });
});
