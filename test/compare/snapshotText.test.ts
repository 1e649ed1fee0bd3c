import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { snapshotText } from '../../src/compare/snapshotText';

describe('the text of a snapshot', () => {
  it('is the server’s own JSON, formatted', async () => {
    assert.equal(
      await snapshotText('{"b":9007199254740993,"a":[1.0,{}]}'),
      '{\n  "b": 9007199254740993,\n  "a": [\n    1.0,\n    {}\n  ]\n}\n',
    );
  });

  it('holds no value of a member that is secret by its name', async () => {
    const text = await snapshotText(
      '{"api_key":"canary","x":{"password":"canary","token":["plain"]},"n":"canary2"}',
    );
    assert.equal(text.match(/canary\b/g), null);
    assert.deepEqual(JSON.parse(text), {
      api_key: '***',
      x: { password: '***', token: ['plain'] },
      n: 'canary2',
    });
  });
});
