import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idsAt, hintsIn, inLowerCase, isGenerated } from '../../../../src/features/editor/idTokens';
import { stringAt } from '../../../../src/features/editor/stringAt';
import { valueAt } from '../../../../src/features/editor/valueAt';
import { wordAt } from '../../../../src/features/editor/words';

const id = 'dg_0f1e2d3c-1111-4222-8333-944455556666';
const texts = (line: string, column: number): readonly string[] =>
  idsAt(line, column).map(({ text }) => text);

describe('wordAt', () => {
  it('finds the word around, before and after the column', () => {
    const line = `x = ["${id}"]; // done`;
    const start = line.indexOf(id);
    for (const column of [start, start + 5, start + id.length]) {
      assert.deepEqual(wordAt(line, column), { text: id, start, end: start + id.length });
    }
    assert.equal(wordAt(line, start - 2)?.text, undefined);
    assert.equal(wordAt('', 0), undefined);
    assert.equal(wordAt('a', 7), undefined);
  });

  it('looks only at nearby text, and takes no part of a longer word as a word', () => {
    const minified = `${'x=1;'.repeat(250_000)}"${id}"${';y=2'.repeat(250_000)}`;
    assert.equal(wordAt(minified, minified.indexOf(id) + 3)?.text, id);
    const endless = 'a1'.repeat(1000);
    assert.equal(wordAt(endless, 900), undefined);
    assert.equal(wordAt(endless, 0), undefined);
  });
});

describe('isGenerated', () => {
  it('distinguishes generated IDs from those that people choose', () => {
    for (const text of [
      id,
      id.slice(3),
      '5f4f1e2572ea0000003ce262',
      'dv_5f4f1e2572ea0000003ce262',
      '4fr7Kp9ZaQ2m',
    ])
      assert.ok(isGenerated(text) && isGenerated(inLowerCase(text)), text);
    for (const text of [
      'customers',
      'PUBLIC',
      'us-east-1',
      '1461',
      '1371036433',
      'db1',
      'sales_prod',
      'customerName',
    ])
      assert.ok(!isGenerated(text), text);
  });
});

describe('IDs attached to other text', () => {
  const hex = '5f4f1e2572ea0000003ce262';
  const glued = (line: string, part: string): readonly string[] => texts(line, line.indexOf(part) + 6);

  it('IDs attached to other text are found within it', () => {
    assert.ok(glued(`x_dv_${hex}_SDR.xlsx`, hex).includes(`dv_${hex}`));
    assert.ok(glued(`?id=%22dv_${hex}%22`, hex).includes(`dv_${hex}`));
    assert.ok(glued(`?id=%22${hex}%22`, hex).includes(hex));
    assert.ok(glued(`backup_${hex}`, hex).includes(hex));
    assert.ok(glued(`für${hex}`, hex).includes(hex));
    assert.ok(glued(`export-${id}.json`, id).includes(id));
    assert.ok(glued(`EXPORT_${id.toUpperCase()}`, id.toUpperCase()).includes(id.toUpperCase()));
  });

  it('are no part of a longer number', () => {
    assert.deepEqual(glued(`a${hex}0`, hex), [`a${hex}0`]);
    const sha = '0123456789abcdef0123456789abcdef01234567';
    assert.deepEqual(glued(`"sha1-${sha}"`, sha), [`sha1-${sha}`]);
  });
});

describe('stringAt', () => {
  it('knows quotes of three kinds, escapes, and unclosed strings', () => {
    assert.equal(stringAt(`f('a b', "c")`, 5)?.text, 'a b');
    assert.equal(stringAt(`f('a b', "c")`, 8), undefined);
    assert.equal(stringAt(String.raw`"say \"hi\" to"`, 9)?.text, String.raw`say \"hi\" to`);
    assert.equal(stringAt('x = `open', 9)?.text, 'open');
    assert.equal(stringAt("'it''s'", 6)?.text, "it''s");
  });

  it('returns what may be an ID with spaces or dots beside the word in it', () => {
    assert.deepEqual(texts('key: "Sales Prod 1"', 8), ['Sales', 'Sales Prod 1']);
    assert.deepEqual(texts('key: "crm.prod_eu"', 12), ['prod_eu', 'crm.prod_eu']);
    assert.deepEqual(texts(`"${id}"`, 6), [id]);
  });
});

describe('valueAt', () => {
  const value = (lines: string, languageId: string): string | undefined => {
    const all = lines.split('\n');
    const last = all.length - 1;
    const text = { languageId, lineAt: (line: number) => all[line] ?? '' };
    return valueAt(text, last, all[last]?.length ?? 0)?.text;
  };
  const none = (languageId: string, ...texts: readonly string[]): void => {
    for (const text of texts) assert.equal(value(text, languageId), undefined, text);
  };

  it('is the string so far, in any language', () => {
    assert.equal(value('const a = "Web Sa', 'typescript'), 'Web Sa');
    assert.equal(value("WHERE id = 'dg_", 'sql'), 'dg_');
    assert.equal(value("x = f'Web", 'python'), 'Web');
    assert.equal(value('git commit -m "Web', 'shellscript'), 'Web');
    none('typescript', 'const a = Web');
  });

  it('is what follows a key or a dash, if the language needs no quotes', () => {
    assert.equal(value('connection: Web Sa', 'yaml'), 'Web Sa');
    assert.equal(value('data view: Web', 'yaml'), 'Web');
    assert.equal(value('  - - dg_0f', 'yaml'), 'dg_0f');
    assert.equal(value('ids: [Web, Sal', 'yaml'), 'Sal');
    assert.equal(value('ids: { cja: Web', 'yaml'), 'Web');
    assert.equal(value('CONNECTION=dg_0f', 'dotenv'), 'dg_0f');
    assert.equal(value('cja.connection = Web Sa', 'properties'), 'Web Sa');
    assert.equal(value('ENV A=1 CONNECTION=Web', 'dockerfile'), 'Web');
    none('yaml', 'connection: ', 'Web', '  Web', 'https://Web', 'a: # Web');
  });

  it('is not found in a line of a shell, of prose, or of a recipe', () => {
    for (const language of ['shellscript', 'plaintext', 'markdown', 'csv', 'bat', 'makefile'])
      none(language, 'git checkout', 'X=checkout', 'checkout');
    none('markdown', "Don't checkout", '"checkout', '`checkout');
    none('dockerfile', 'RUN git checkout', 'FROM checkout');
    none('properties', 'checkout', '    checkout');
  });

  it('is not found in a comment', () => {
    none('python', '# "Checkout', 'x = 1  # "Checkout', "x = 'a' # don't 'Checkout");
    none('sql', "-- the 'Checkout", 'SELECT 1 -- "Checkout');
    none('typescript', '// "Checkout', '/* "Checkout', '/**\n * Says "Checkout', 'f(); // "Checkout');
    none('r', '#\' @param x "Checkout');
    none('yaml', '# connection: Checkout', 'a: 1 # connection: Checkout');
    none('dotenv', '# X=Checkout');
    assert.equal(value('url = "http://Checkout', 'typescript'), 'http://Checkout');
    assert.equal(value('glob("src/**", "Checkout', 'typescript'), 'Checkout');
    assert.equal(value('/* done */ f("Checkout', 'typescript'), 'Checkout');
    assert.equal(value('x = "# Checkout', 'python'), '# Checkout');
  });

  it('is not text after an apostrophe, and never several lines', () => {
    none('javascriptreact', "<p>Don't checkout", "<p>The shop's checkout");
    none('python', '"""Checkout', "x = '''Checkout", 'f("""Checkout');
  });

  it('is not a line of a script in YAML, nor the name of a step', () => {
    none('yaml', 'run: |\n  connection: Checkout', 'steps:\n  - run: >-\n      if x\n        a: Checkout');
    none('yaml', '- name: Checkout', 'title: Checkout', 'display_name: Checkout', 'uses: checkout');
    assert.equal(value('run: |\n  x\nconnection: Checkout', 'yaml'), 'Checkout');
  });

  it('is not a key of an object in JSON', () => {
    const text = { languageId: 'json', lineAt: () => '  "checkout": "checkout"' };
    assert.equal(valueAt(text, 0, 11), undefined);
    assert.equal(valueAt(text, 0, 23)?.text, 'checkout');
  });
});

describe('hintsIn', () => {
  it('finds known IDs that a name can follow', () => {
    const lines = ['{', `  "a": "${id}",`, '  "b": "dg_unknown", "c": 12', '}'];
    const hints = hintsIn(
      (line) => lines[line] ?? '',
      0,
      3,
      ({ text }) => text === id,
    );
    assert.deepEqual(hints, [{ line: 1, column: 8 + id.length, id }]);
  });

  it('looks only at the drawn part of a line, and stops at a limit', () => {
    const bundle = `"${id}",`.repeat(25_000);
    const seen: string[] = [];
    const hints = hintsIn(
      () => bundle,
      0,
      99,
      (word) => {
        seen.push(word.text);
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
