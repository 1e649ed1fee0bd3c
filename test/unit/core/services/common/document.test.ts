import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { blanksIn, commented, filled, readDocument } from '../../../../../src/core/services/common/document';
import { DocumentError, pointerText } from '../../../../../src/core/services/common/documentError';

const schema = v.strictObject({ id: filled, list: v.optional(v.array(v.number())) });

describe('reading an edited document', () => {
  it('allows comments and trailing commas', async () => {
    assert.deepEqual(await readDocument(schema, '// what\n{ "id": " a ", /* */ "list": [1,], }'), {
      id: 'a',
      list: [1],
    });
  });

  for (const [text, says] of [
    ['{\n "id": "a"\n "list": []}', /not valid JSON, see line 3 \(CommaExpected\)/],
    ['', /not valid JSON, see line 1/],
    ['{"id": " "}', /id must not be empty/],
    ['{}', /id is missing/],
    ['{"id":"a","list":[1,"x"]}', /list\[1\] should be number but is "x"/],
    ['{"id":"a","more":1}', /more is unknown/],
  ] as const) {
    it(`says what is wrong with ${JSON.stringify(text)}`, async () => {
      await assert.rejects(readDocument(schema, text), { kind: 'rejected', message: says });
    });
  }

  it('names every wrong place', async () => {
    const error: unknown = await readDocument(schema, '{"id":"","list":[1,"x"],"more":1}').catch(
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof DocumentError);
    assert.deepEqual(
      error.flaws.map(({ pointer, message }) => `${pointerText(pointer)} ${message}`),
      ['id must not be empty', 'list[1] should be number but is "x"', 'more is unknown'],
    );
    const advised = error.withAdvice('Other advice.');
    assert.ok(advised instanceof DocumentError);
    assert.deepEqual([advised.flaws, advised.advice], [error.flaws, 'Other advice.']);
  });
});

describe('a template that is not filled in', () => {
  it('has a flaw for each text that is blank or a mere scheme, at any depth', () => {
    const json = { a: '', b: { c: ['x', ' ', 'https://'] }, d: 'https://a.example', e: 0, f: null };
    assert.deepEqual(
      blanksIn(json).map(({ pointer }) => pointerText(pointer)),
      ['a', 'b.c[1]', 'b.c[2]'],
    );
    assert.deepEqual(blanksIn({ a: 'x' }), []);
  });
});

describe('comments above a document', () => {
  it('end with their line, whatever the text contains', async () => {
    const text = commented(['one\n"id": "b",', 'two'], '{"id":"a"}');
    assert.deepEqual(await readDocument(schema, text), { id: 'a' });
    assert.equal(text, '// one "id": "b",\n// two\n{"id":"a"}\n');
  });
});
