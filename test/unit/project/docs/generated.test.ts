import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generatedPages } from '../../../scripts/docs/generated';
import { read, tableRows, toCells } from '../../../scripts/docs/markdown';

/** The lines of a text, those of tables without the blanks that prettier aligns them with. */
function lines(text: string): readonly string[] {
  return text.split('\n').map((line) => {
    const cells = toCells(line);
    return cells ? JSON.stringify(cells.map((cell) => cell.replace(/^-+$/, '---'))) : line;
  });
}

describe('The generated pages of docs/', () => {
  for (const [name, generate] of Object.entries(generatedPages)) {
    it(`${name} is up to date; else run: npm run docs`, () => {
      const text = read(name);
      assert.deepEqual(lines(text), lines(generate(text)));
    });
  }

  it('say of every command what it does', () => {
    const rows = tableRows(read('docs/commands.md'));
    assert.deepEqual(
      rows.filter(([, description]) => description === '').map(([title]) => title),
      [],
    );
  });

  it('get a row for a command that has none, and lose that of a command that is gone', () => {
    const generate = generatedPages['docs/commands.md'] ?? assert.fail();
    const generated = generate('| Gone | Did something. | context menu | `gone` |\n');
    const row = tableRows(generated).find(([, , , id]) => id === '`addAccount`');
    assert.deepEqual(row, ['Add Account…', '', 'welcome view, Connections menu', '`addAccount`']);
    assert.doesNotMatch(generated, /Gone/);
  });

  it('keep what is written by hand', () => {
    const generate = generatedPages['docs/commands.md'] ?? assert.fail();
    const [row] = tableRows(generate('| . | Writes it down. | . | `showLog` |\n'));
    assert.deepEqual(row, ['Show Log', 'Writes it down.', 'Connections menu', '`showLog`']);
  });
});
