import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { atOnce } from '../../../../src/core/base/turns';
import { listSpans, memberLists } from '../../../../src/core/http/jsonSpans';

/** The items of a list in a text, and the text with an empty list. */
function split(text: string, name = 'list'): { items: readonly string[]; rest: string } | undefined {
  const spans = atOnce(listSpans(text, name));
  if (!spans) return undefined;
  const items: string[] = [];
  for (let at = 0; at < spans.items.length; at += 2) {
    items.push(text.slice(spans.items[at], spans.items[at + 1]));
  }
  return { items, rest: text.slice(0, spans.start + 1) + text.slice(spans.end - 1) };
}

const name = fc.oneof(fc.string(), fc.constantFrom('list', '"', '\\', '{', ']', '"list":'));

describe('the spans of a list', () => {
  it('are the same with every white space of JSON', () => {
    for (const blank of ['', ' ', '\n', '\r', '\t', '\r\n\t ']) {
      const parts = ['{', '"list"', ':', '[', '1', ',', '{"a":2}', ',', '"x"', ']', '}'];
      assert.deepEqual(split(parts.join(blank))?.items, ['1', '{"a":2}', '"x"'], JSON.stringify(blank));
    }
  });

  it('are those of its items, whatever is in them and around', () => {
    const around = fc.dictionary(
      name.filter((key) => key !== 'list' && key !== '__proto__'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(around, fc.array(fc.jsonValue()), around, fc.nat(3), (before, list, after, indent) => {
        const whole = { ...before, list, ...after };
        const found = split(JSON.stringify(whole, undefined, indent));
        assert.deepEqual(
          found?.items.map((item) => JSON.parse(item) as unknown),
          JSON.parse(JSON.stringify(list)),
        );
        assert.equal(JSON.stringify(JSON.parse(found?.rest ?? '')), JSON.stringify({ ...whole, list: [] }));
      }),
    );
  });

  for (const text of [
    ...['', '[]', 'null', '"list"', '{}', '{"list":{}}', '{"list":null}', '{"other":{"list":[]}}', '{"list"'],
    ...[
      '{"list":[1,2]',
      '{"list":[1,,2]}',
      '{"list":[1,]}',
      '{"list":[,]}',
      '{"list":[1 2]}',
      '{"list":[{};{}]}',
      '{"list":[',
    ],
    ...['{"list":[{]}', '{"list":["]}', '{"list":[1],"list":[2]}', '{"list":[2],"list":1}', '{"list":[1]]}'],
    ...['{"list" [1]}', '{list:[1]}', '{"\\u006cist":[1]}'],
  ]) {
    it(`are none in ${text || 'an empty text'}`, () => {
      assert.equal(split(text), undefined);
    });
  }

  it('never make a text valid that is not JSON', () => {
    const characters = fc.constantFrom(...Array.from('{}[]",:\\1 '), '"list":[', '{"list":[{"a":1}]}');
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 12 }), (parts) => {
        const text = `{"list":[${parts.join('')}`;
        const found = split(text);
        if (!found || ![found.rest, ...found.items].every(isJson)) return;
        assert.ok(isJson(text));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('the lists of an object', () => {
  it('are all that are its members, in their order', () => {
    // Objects have numbers first.
    const names = name.filter((key) => key !== '__proto__' && !/^\d+$/.test(key));
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue(), { minKeys: 1 }), fc.nat(3), (object, indent) => {
        const text = JSON.stringify(object, undefined, indent);
        const lists = atOnce(memberLists(text));
        assert.deepEqual(
          lists?.map(({ start, end }) => JSON.parse(text.slice(start, end)) as unknown),
          Object.values(JSON.parse(text) as object).filter((value) => Array.isArray(value)),
        );
      }),
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
