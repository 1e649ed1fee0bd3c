import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatJson, itemText } from '../../src/services/jsonText';

describe('cutting an item out of a JSON text', () => {
  const item = '{ "z": 1.0, "id": "b", "big": 12345678901234567890, "a": "\\u00fc" }';
  const text = `{"total":2, "content": [ null, {"id":"a"}, ${item}, {"id": 7} ]}`;

  it('keeps number spelling, escapes and key order', async () => {
    assert.equal(await itemText(text, 'content', 'id', 'b'), item);
    assert.equal(await itemText(text, 'content', 'id', '7'), '{"id": 7}');
  });

  it('gives nothing where there is no such item or no list', async () => {
    assert.equal(await itemText(text, 'content', 'id', 'x'), undefined);
    for (const other of ['{}', '[]', 'null', '', '{"content":{"id":"b"}}', '{"content":"b"}']) {
      assert.equal(await itemText(other, 'content', 'id', 'b'), undefined);
    }
  });
});

describe('formatJson', () => {
  it('leaves every token as it is written', async () => {
    const text = '{"z":12345678901234567890,"a":1.10,"10":[1e400,"\\u00e9"],"2":{}}';
    const formatted = await formatJson(text, { insertSpaces: true, tabSize: 2 });
    assert.equal(formatted.replaceAll(/\s/g, ''), text);
    assert.match(formatted, /^\{\n {2}"z": 12345678901234567890,\n {2}"a": 1\.10,\n/);
  });
});
