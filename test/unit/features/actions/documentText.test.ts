import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  fillSecrets,
  findMentioned,
  findPlaces,
  readDocument,
  schemaText,
  withSchema,
} from '../../../../src/features/actions/documentText';
import { secretPlaceholder } from '../../../../src/core/services/common/documentSecrets';

describe('the document of an action', () => {
  it('names its schema first, and is sent without it and without comments', async () => {
    const text = '{\n  // The name that people see.\n  "name": "crm",\n  "size": 12345678901234567890\n}\n';
    const document = await withSchema(text, 'scheme:/schema/edit.json');
    assert.match(document, /^\{\s*"\$schema": "scheme:\/schema\/edit\.json",/);
    const read = await readDocument(document);
    assert.equal(read.flaw, undefined);
    assert.equal(read.text.replaceAll(/\s/g, ''), '{"name":"crm","size":12345678901234567890}');
  });

  it('is read as it was written, whatever JSON it contains', async () => {
    const value = fc.jsonValue().filter((json) => !Object.hasOwn(Object(json) as object, '$schema'));
    const notes = fc.constantFrom('', '// {"a": [1]}\n', '/* "$schema" */\n');
    await fc.assert(
      fc.asyncProperty(value, notes, fc.constantFrom(undefined, 2), async (json, note, indent) => {
        const text = `${note}${JSON.stringify(json, undefined, indent)}\n`;
        const { text: read, flaw } = await readDocument(await withSchema(text, 'scheme:/schema.json'));
        assert.equal(flaw, undefined);
        assert.equal(JSON.stringify(JSON.parse(read)), JSON.stringify(json));
      }),
    );
  });

  it('may name its schema, however strict that is', () => {
    const schema = { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false };
    const { properties, ...rest } = JSON.parse(schemaText(schema)) as typeof schema;
    assert.deepEqual(Object.keys(properties), ['$schema', 'name']);
    assert.deepEqual(rest, { type: 'object', additionalProperties: false });
  });

  it('keeps what looks like a comment inside a text', async () => {
    const { text } = await readDocument('{"url": "https://example.com/*x*/"}');
    assert.deepEqual(JSON.parse(text), { url: 'https://example.com/*x*/' });
  });

  it('reports where it is not JSON', async () => {
    for (const broken of ['{"a": 1,}', '{"a": }', '', '{"a": 1', "{'a': 1}"]) {
      const { flaw } = await readDocument(broken);
      assert.equal(typeof flaw, 'number', broken);
    }
    const commented = '// one\n{ /* two */ "a": }';
    assert.equal((await readDocument(commented)).flaw, commented.indexOf('}'));
  });
});

describe('positions in a document', () => {
  const document =
    '// what\n{\n  "name": "My PG",\n  "settings": {"host": "db"},\n  "fields": [{"id": ""}]\n}\n';
  const marked = async (...pointer: readonly (string | number)[]): Promise<string> => {
    const [{ start, end } = { start: 0, end: 0 }] = await findPlaces(document, [pointer]);
    return document.slice(start, end);
  };

  it('are values, names of large values, and the surroundings of missing ones', async () => {
    assert.equal(await marked('name'), '"My PG"');
    assert.equal(await marked('settings'), '"settings"');
    assert.equal(await marked('settings', 'port'), '"settings"');
    assert.equal(await marked('fields', 0, 'id'), '""');
    assert.equal(await marked('fields', 0), '{');
    assert.equal(await marked('other'), '{');
    assert.deepEqual(await findPlaces('', [['a']]), [{ start: 0, end: 0 }]);
  });

  it('are found by the words of a refusal', async () => {
    assert.deepEqual(await findMentioned(document, 'Settings are invalid'), ['settings']);
    assert.deepEqual(await findMentioned(document, 'A connection "my pg" exists already.'), ['name']);
    assert.deepEqual(await findMentioned(document, 'Unknown host "db" in the settings'), ['settings']);
    assert.deepEqual(await findMentioned(document, 'renamed'), []);
    assert.deepEqual(await findMentioned('{', 'name'), []);
  });
});

describe('secrets of a document', () => {
  it('replace their placeholders in values only, whatever they are', async () => {
    const members = fc.dictionary(fc.constantFrom('a', secretPlaceholder('x')), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(members, fc.string(), async (value, secret) => {
        const text = JSON.stringify({
          value,
          secret: `<${secretPlaceholder('x')}>`,
          other: secretPlaceholder('y'),
        });
        const filled = await fillSecrets(text, (name) => (name === 'x' ? secret : undefined));
        assert.deepEqual(JSON.parse(filled), { ...JSON.parse(text), secret: `<${secret}>` });
      }),
    );
  });
});
