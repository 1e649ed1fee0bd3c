import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { itemText } from '../../src/services/jsonText';

describe('cutting an item out of a JSON text', () => {
  const item = '{ "z": 1.0, "id": "b", "big": 12345678901234567890, "a": "\\u00fc" }';
  const text = `{"total":2, "content": [ null, {"id":"a"}, ${item}, {"id": 7} ]}`;

  it('keeps number spelling, escapes and key order', () => {
    assert.equal(itemText(text, 'content', 'id', 'b'), item);
    assert.equal(itemText(text, 'content', 'id', '7'), '{"id": 7}');
  });

  it('gives nothing where there is no such item or no list', () => {
    assert.equal(itemText(text, 'content', 'id', 'x'), undefined);
    for (const other of ['{}', '[]', 'null', '', '{"content":{"id":"b"}}', '{"content":"b"}']) {
      assert.equal(itemText(other, 'content', 'id', 'b'), undefined);
    }
  });
});
