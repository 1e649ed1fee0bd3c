import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { assertLinear } from '../../../../support/growth';
import { parseEnvFile } from '../../../../../src/core/services/cja/signIn/importCredentials';

const parse = (text: string): Readonly<Record<string, string>> => Object.fromEntries(parseEnvFile(text));

describe('A .env file', () => {
  it('assigns one value per line, between spaces, comments and lines without an assignment', () => {
    const lines = [
      '# CLIENT_ID=old',
      '',
      'CLIENT_ID = c1 ',
      '\texport  SECRET=s1',
      'no assignment',
      '=x',
      'ORG_ID=',
    ];
    for (const end of ['\n', '\r\n', '\r']) {
      assert.deepEqual(parse(lines.join(end)), { CLIENT_ID: 'c1', SECRET: 's1', ORG_ID: '' });
    }
  });

  it('ends a value at a comment after a space, and keeps a # without one', () => {
    assert.deepEqual(parse('A=p#ss # the key\nB= # none\nC="p #ss"#x\nD=\'p #ss\' # x'), {
      ...{ A: 'p#ss', B: '', C: 'p #ss', D: 'p #ss' },
    });
    assert.deepEqual(parse('A=#p8e # the key\nB=#\nexport C =\t#\nD=1'), {
      ...{ A: '#p8e', B: '#', C: '', D: '1' },
    });
  });

  it('may have keys in single quotes, and no value without an equals sign', () => {
    assert.deepEqual(parse("'A B'=1\nexport 'C' = '2'\n'D\nE=3\n''=4\n\"F\"=5\nG"), {
      'A B': '1',
      C: '2',
      E: '3',
    });
  });

  it('removes quotes and their escapes, also over several lines', () => {
    assert.deepEqual(parse(String.raw`A="a\"b\\n\n"` + '\n' + String.raw`B='a\'b\\n\n'`), {
      A: 'a"b\\n\n',
      B: String.raw`a'b\n\n`,
    });
    assert.deepEqual(parse('A="-----BEGIN\r\nX=1\r\n-----END"\r\nB=2'), {
      A: '-----BEGIN\r\nX=1\r\n-----END',
      B: '2',
    });
    assert.deepEqual(parse('A=it"s'), { A: 'it"s' });
  });

  it('has the last of several values, and replaces no variables', () => {
    assert.deepEqual(parse('A=1\nA=2\nB=${A}\n__proto__=x'), { A: '2', B: '${A}', ['__proto__']: 'x' });
  });

  it('is refused with the line of a quoted value that does not end there', () => {
    assert.throws(() => parse("A=1\r\nB='x\r\nC=2"), /Line 2 /);
    assert.throws(() => parse('A=1\n\nB="x"y'), /Line 3 /);
  });

  it('returns each value as it was quoted, and never hangs on any text', () => {
    const value = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[A-Z_]{1,8}$/), value), (values) => {
        const quoted = Object.entries(values).map(
          ([key, text]) => `${key}='${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`,
        );
        assert.deepEqual(parse(quoted.join('\n')), { ...values });
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        tryToParse(text);
      }),
    );
  });

  it('is read in time linear in its length', () => {
    const parts = {
      blanks: ' ',
      names: 'a',
      exports: 'export ',
      escapes: `A='${String.raw`\'`}`,
      '#': 'A=a#a ',
    };
    for (const [name, part] of Object.entries(parts)) {
      const shape = (chars: number): string => part.repeat(Math.ceil(chars / part.length));
      assertLinear(name, tryToParse, shape, 100_000);
    }
  });
});

function tryToParse(text: string): void {
  try {
    parseEnvFile(text);
  } catch (error) {
    assert.match(String(error), /Line \d+ /);
  }
}
