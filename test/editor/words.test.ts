import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idsAt } from '../../src/editor/idsAt';
import { hintsIn } from '../../src/editor/hintsIn';
import { stringAt, valueAt } from '../../src/editor/quoted';
import { isDistinctive, wordAt } from '../../src/editor/word';

const id = 'dg_0f1e2d3c-1111-4222-8333-944455556666';
const texts = (line: string, column: number): readonly string[] =>
  idsAt(line, column).map(({ text }) => text);

describe('wordAt', () => {
  it('finds the word around, before and behind the column', () => {
    const line = `x = ["${id}"]; // done`;
    const start = line.indexOf(id);
    for (const column of [start, start + 5, start + id.length]) {
      assert.deepEqual(wordAt(line, column), { text: id, start, end: start + id.length });
    }
    assert.equal(wordAt(line, start - 2)?.text, undefined);
    assert.equal(wordAt('', 0), undefined);
    assert.equal(wordAt('a', 7), undefined);
  });

  it('looks at no more than what is near, and takes no part of a longer word for a word', () => {
    const minified = `${'x=1;'.repeat(250_000)}"${id}"${';y=2'.repeat(250_000)}`;
    assert.equal(wordAt(minified, minified.indexOf(id) + 3)?.text, id);
    const endless = 'a1'.repeat(1000);
    assert.equal(wordAt(endless, 900), undefined);
    assert.equal(wordAt(endless, 0), undefined);
  });
});

describe('isDistinctive', () => {
  it('tells ids from words and numbers of a program', () => {
    for (const text of [id, '5f4f1e2572ea0000003ce262', '4fr7Kp9ZaQ2m', '1371036433', 'sales_prod', 'crm-eu'])
      assert.ok(isDistinctive(text), text);
    for (const text of ['customers', 'Orders', '12345', 'a_1', '', 'a1'.repeat(100)])
      assert.ok(!isDistinctive(text), text);
  });
});

describe('stringAt', () => {
  it('knows quotes of three kinds, escapes, and strings that are not closed', () => {
    assert.equal(stringAt(`f('a b', "c")`, 5)?.text, 'a b');
    assert.equal(stringAt(`f('a b', "c")`, 8), undefined);
    assert.equal(stringAt(String.raw`"say \"hi\" to"`, 9)?.text, String.raw`say \"hi\" to`);
    assert.deepEqual(stringAt('x = `open', 9), { text: 'open', start: 5, end: 9 });
  });

  it('gives what may be an id with blanks or dots beside the word in it', () => {
    assert.deepEqual(texts('key: "Sales Prod 1"', 8), ['Sales Prod 1']);
    assert.deepEqual(texts('key: "crm.prod_eu"', 12), ['prod_eu', 'crm.prod_eu']);
    assert.deepEqual(texts(`"${id}"`, 6), [id]);
  });
});

describe('valueAt', () => {
  const value = (line: string, language: string): string | undefined =>
    valueAt(line, line.length, language)?.text;

  it('is the string so far, in any language', () => {
    assert.equal(value('const a = "Web Sa', 'typescript'), 'Web Sa');
    assert.equal(value('const a = Web', 'typescript'), undefined);
    assert.equal(value("WHERE id = 'dg_", 'sql'), 'dg_');
  });

  it('needs no quotes where the language needs none', () => {
    assert.equal(value('connection: Web Sa', 'yaml'), 'Web Sa');
    assert.equal(value('  - dg_0f', 'yaml'), 'dg_0f');
    assert.equal(value('CONNECTION=dg_0f', 'dotenv'), 'dg_0f');
    assert.equal(value('connection: ', 'yaml'), undefined);
  });
});

describe('hintsIn', () => {
  it('finds known ids behind which a name can stand', () => {
    const lines = ['{', `  "a": "${id}",`, '  "b": "dg_unknown", "c": 12', '}'];
    const hints = hintsIn(
      (line) => lines[line] ?? '',
      0,
      3,
      (word) => word === id,
    );
    assert.deepEqual(hints, [{ line: 1, column: 8 + id.length, id }]);
  });

  it('looks at what is drawn of a line, and stops at some number', () => {
    const bundle = `"${id}",`.repeat(25_000);
    const seen: string[] = [];
    const hints = hintsIn(
      () => bundle,
      0,
      99,
      (word) => {
        seen.push(word);
        return true;
      },
    );
    assert.equal(hints.length, 500);
    assert.equal(seen.length, 500);
    assert.ok(
      hintsIn(
        () => bundle,
        0,
        0,
        () => true,
      ).every(({ column }) => column <= 10_000),
    );
  });
});
