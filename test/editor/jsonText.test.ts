import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatJson } from '../../src/editor/jsonText';

describe('formatJson', () => {
  it('leaves every token as it is written', () => {
    const text = '{"z":12345678901234567890,"a":1.10,"10":[1e400,"\\u00e9"],"2":{}}';
    const formatted = formatJson(text, { insertSpaces: true, tabSize: 2 });
    assert.equal(formatted.replaceAll(/\s/g, ''), text);
    assert.match(formatted, /^\{\n {2}"z": 12345678901234567890,\n {2}"a": 1\.10,\n/);
  });
});
