import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { parser } from '@lezer/json';
import fc from 'fast-check';
import {
  jsAccessor,
  jsonPath,
  placeAt,
  toJavaScriptString,
  type Place,
} from '../../../../../src/webview/tabs/json/keyPath';

/** The place at the mark `|`, which is not part of the text. */
function placeIn(marked: string): Place | undefined {
  const position = marked.indexOf('|');
  const text = marked.replace('|', '');
  return placeAt(parser.parse(text), (from, to) => text.slice(from, to), position);
}

/** The text of a value in a marked text. */
function getText(marked: string, range: Place['value'] | undefined): string | undefined {
  return range && marked.replace('|', '').slice(range.from, range.to);
}

describe('the place at a position', () => {
  const cases: readonly (readonly [string, Place['steps'], string])[] = [
    ['{"a": 1|2}', ['a'], '12'],
    ['{"|a": 12}', ['a'], '12'],
    ['{"a"|: {"b": null}}', ['a'], '{"b": null}'],
    ['{"a": [true, fal|se]}', ['a', 1], 'false'],
    ['{"a": [[], {"b": "x"|}]}', ['a', 1, 'b'], '"x"'],
    ['|{"a": 1}', [], '{"a": 1}'],
    ['[1, |[2]]', [1], '[2]'],
    ['"al|one"', [], '"alone"'],
    [String.raw`{"\u0061 \"b\"": |1}`, ['a "b"'], '1'],
    ['{"__proto__": {"x": |1}}', ['__proto__', 'x'], '1'],
  ];
  for (const [marked, steps, value] of cases) {
    it(`of ${marked}`, () => {
      const place = placeIn(marked);
      assert.deepEqual(place?.steps, steps);
      assert.equal(getText(marked, place.value), value);
    });
  }

  it('knows the object or list that contains it', () => {
    const marked = '{"a": [{"b": |1, "c": 2}]}';
    assert.equal(getText(marked, placeIn(marked)?.subtree), '{"b": 1, "c": 2}');
  });

  it('is nowhere if there is no value', () => {
    for (const marked of ['|', '{"a"|', '  |  ']) assert.equal(placeIn(marked), undefined, marked);
  });
});

describe('the paths to a place', () => {
  it('are written as JSONPath and as JavaScript', () => {
    const steps = ['dataSets', 0, 'data set', "it's", 'a"b', 'é', '__proto__', '\u0000', '\uD800'];
    assert.equal(
      jsonPath(steps),
      String.raw`$.dataSets[0]['data set']['it\'s']['a"b']['é'].__proto__['\u0000']['\ud800']`,
    );
    assert.equal(
      jsAccessor(steps),
      String.raw`json.dataSets[0]["data set"]["it's"]["a\"b"].é.__proto__["\u0000"]["\ud800"]`,
    );
  });

  it('the paths to a place lead to its value', () => {
    const steps = fc.array(fc.oneof(fc.nat(5), fc.string({ unit: 'binary' })), { maxLength: 5 });
    fc.assert(
      fc.property(steps, (wanted) => {
        const value = wanted.reduceRight<unknown>((inner, step) => nest(step, inner), 42);
        const text = JSON.stringify(value);
        const place = placeAt(parser.parse(text), (from, to) => text.slice(from, to), text.indexOf('42') + 1);
        assert.deepEqual(place?.steps, wanted);
        const json: unknown = JSON.parse(text);
        assert.equal(runInNewContext(jsAccessor(wanted), { json }), 42);
      }),
    );
  });
});

/** A value with `inner` at a step; an own property even if its name is `__proto__`. */
function nest(step: number | string, inner: unknown): unknown {
  if (typeof step === 'number') return [...Array<null>(step).fill(null), inner];
  return Object.fromEntries([[step, inner]]);
}

describe('the value of a JSON string', () => {
  it('is decoded, and unchanged if it is invalid', () => {
    assert.equal(toJavaScriptString(String.raw`"a\n\u00e9"`), 'a\né');
    for (const text of ['12', '"cut', '{}']) assert.equal(toJavaScriptString(text), text);
  });
});
