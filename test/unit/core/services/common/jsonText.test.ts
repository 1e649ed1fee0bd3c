import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseTree } from 'jsonc-parser';
import {
  formatJson,
  itemText,
  withoutSchemaReference,
} from '../../../../../src/core/services/common/jsonText';
import { JsonFormatter } from '../../../../../src/shared/jsonFormatter';

describe('cutting an item out of a JSON text', () => {
  const item = '{ "z": 1.0, "id": "b", "big": 12345678901234567890, "a": "\\u00fc" }';
  const text = `{"total":2, "content": [ null, {"id":"a"}, ${item}, {"id": 7} ]}`;

  it('keeps number spelling, escapes and key order', async () => {
    assert.equal(await itemText(text, 'content', 'id', 'b'), item);
    assert.equal(await itemText(text, 'content', 'id', '7'), '{"id": 7}');
  });

  it('returns nothing if there is no such item or no list', async () => {
    assert.equal(await itemText(text, 'content', 'id', 'x'), undefined);
    for (const other of ['{}', '[]', 'null', '', '{"content":{"id":"b"}}', '{"content":"b"}']) {
      assert.equal(await itemText(other, 'content', 'id', 'b'), undefined);
    }
  });
});

describe('JSON without a reference to a schema', () => {
  /** A JSON string that means a text, each of its characters escaped or not. */
  const written = (text: string): fc.Arbitrary<string> =>
    fc
      .tuple(
        ...Array.from(text, (character) =>
          fc.constantFrom(character, escaped(character), escaped(character).toUpperCase().replace('U', 'u')),
        ),
      )
      .map((characters) => `"${characters.join('')}"`);
  const escaped = (character: string): string =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const gap = fc.constantFrom('', ' ', '\n', '\r\n\t');
  const value = fc.jsonValue().map((json) => JSON.stringify(json));
  const member = fc
    .tuple(
      gap,
      fc.oneof(
        { weight: 2, arbitrary: written('$schema') },
        fc.constantFrom('"a"', '"schema"', '"$schema "', '"$id"'),
      ),
      gap,
      gap,
      fc.oneof(value, fc.constant('"http://a.example/"'), fc.constant('{"$schema":"http://a.example/"}')),
    )
    .map(([before, key, between, after, text]) => `${before}${key}${between}:${after}${text}`);
  const object = fc.array(member).map((members) => `{${members.join(',')}}`);
  const getKeys = (text: string): readonly unknown[] =>
    parseTree(text)?.children?.map(({ children }) => children?.[0]?.value as unknown) ?? [];

  it('has no top-level member $schema, however its key is written, and all others unchanged', () => {
    fc.assert(
      fc.property(object, (text) => {
        const inert = withoutSchemaReference(text);
        assert.deepEqual(
          getKeys(inert),
          getKeys(text).map((key) => (key === '$schema' ? '$schema (not followed)' : key)),
        );
        assert.doesNotThrow(() => JSON.parse(inert) as unknown);
        assert.equal(withoutSchemaReference(inert), inert);
        const values = (of: string): unknown[] =>
          parseTree(of)?.children?.map(({ children }) =>
            of.slice(children?.[1]?.offset, (children?.[1]?.offset ?? 0) + (children?.[1]?.length ?? 0)),
          ) ?? [];
        assert.deepEqual(values(inert), values(text));
      }),
    );
  });

  it('is the same text if there is none, and if it is not JSON', () => {
    fc.assert(
      fc.property(fc.oneof(value, fc.string()), (text) => {
        if (!getKeys(text).includes('$schema')) assert.equal(withoutSchemaReference(text), text);
      }),
    );
    for (const text of [
      '["$schema", "x"]',
      '"$schema"',
      '{"a":{"$schema":"x"}}',
      '{"a":"$schema"}',
      '{"\\u12":1}',
    ])
      assert.equal(withoutSchemaReference(text), text);
  });
});

describe('formatJson', () => {
  it('leaves every token verbatim', () => {
    const text = '{"z":12345678901234567890,"a":1.10,"10":[1e400,"\\u00e9"],"2":{}}';
    const formatted = formatJson(text);
    assert.equal(formatted.replaceAll(/\s/g, ''), text);
    assert.match(formatted, /^\{\n {2}"z": 12345678901234567890,\n {2}"a": 1\.10,\n/);
  });

  it('formats as JSON.stringify does', () => {
    const value = fc.jsonValue();
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, '\t'), (json, space) => {
        assert.equal(formatJson(JSON.stringify(json, null, space)), JSON.stringify(json, null, 2));
      }),
    );
  });

  it('yields the same however the bytes arrive', () => {
    const character = fc.constantFrom(...Array.from('{}[],:" \n\\1ab😀ü'));
    const texts = fc.oneof(
      fc.array(character).map((characters) => characters.join('')),
      fc.jsonValue().map((json) => JSON.stringify(json)),
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 5 }), (text, size) => {
        const formatter = new JsonFormatter();
        const bytes = Buffer.from(text);
        const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          formatter.format(bytes.subarray(at * size, (at + 1) * size)),
        );
        assert.equal(Buffer.concat(parts).toString(), formatJson(text));
      }),
    );
  });

  it('ends strings at their end, whatever they contain', () => {
    const text = String.raw`["\\","\"","{}[],: \\\" x",""]`;
    assert.deepEqual(JSON.parse(formatJson(text)), JSON.parse(text));
  });

  it('returns invalid JSON unchanged', () => {
    for (const text of ['', '<p>no "JSON"', '{"cut": "off', '}}]', '[1 2,,]', '"'])
      assert.equal(formatJson(text).replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
    assert.equal(formatJson('1 2\ntrue'), '1 2 true');
  });

  it('keeps extreme nesting on one line, because its indentation would outgrow the text', () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    assert.ok(formatJson(text).length < 2 * text.length);
  });
});
