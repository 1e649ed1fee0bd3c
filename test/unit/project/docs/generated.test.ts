import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commandsIn } from '../../../scripts/docs/commandTables';
import { generatedFiles, withCommands } from '../../../scripts/docs/generated';
import { read, tableRows, toCells } from '../../../scripts/docs/markdown';

/** The lines of a text, those of tables without the blanks that prettier aligns them with. */
function lines(text: string): readonly string[] {
  return text.split('\n').map((line) => {
    const cells = toCells(line);
    return cells ? JSON.stringify(cells.map((cell) => cell.replace(/^-+$/, '---'))) : line;
  });
}

describe('The generated pages of docs/', () => {
  for (const [name, generate] of Object.entries(generatedFiles)) {
    it(`${name} is up to date; else run: npm run docs`, () => {
      const text = read(name);
      assert.deepEqual(lines(text), lines(generate(text)));
    });
  }

  it('describe every command', () => {
    const rows = tableRows(read('docs/commands.md'));
    assert.deepEqual(
      rows.filter(([, description]) => description === '').map(([title]) => title),
      [],
    );
  });

  it('get a row for a new command, below the command before it, and lose that of a removed command', () => {
    const commands = [
      { name: 'addAccount', description: 'Adds.', file: 'a' },
      { name: 'editAccount', description: 'Edits.', file: 'a' },
      { name: 'showLog', description: 'Shows.', file: 'b' },
      { name: 'gone', description: 'Did something.', file: 'b' },
    ];
    const old =
      '| Gone | Did something. | . | `gone` |\n| Old | Old. | . | `addAccount` |\n\n| Log | Old. | . | `showLog` |\n';
    const generated = withCommands(old, commands);
    assert.deepEqual(
      tableRows(generated).map(([, ...cells]) => [cells[0], cells[2]]),
      [
        ['Adds.', '`addAccount`'],
        ['Edits.', '`editAccount`'],
        ['Shows.', '`showLog`'],
      ],
    );
    assert.match(generated, /`editAccount` \|\n\n/);
    assert.match(generated, /Add Account… \| Adds\. \| welcome view, Connections menu/);
  });

  it('keep headings and sentences', () => {
    assert.equal(withCommands('# Commands\n\nEvery command.\n', []), '# Commands\n\nEvery command.\n');
  });

  it('take the description of a command from the comment in its table', () => {
    const source = `
      export const copyCommands = {
        /**
         * Copies the IDs,
         * one per line.
         */
        copyId: { rows: 'several', handler: copyId },
        /** Copies {@link x} and [more](page.md). */
        copyName: { rows: 'several', handler: copyName },
        copyJson: { rows: 'several', handler: copyJson },
      } satisfies CommandTable<CopyContext>;
      const other = { /** No command. */ copyUrl: 1 };`;
    assert.deepEqual(
      commandsIn('src/copyCommands.ts', source).map(({ name, description }) => [name, description]),
      [
        ['copyId', 'Copies the IDs, one per line.'],
        ['copyName', 'Copies {@link x} and [more](page.md).'],
        ['copyJson', ''],
      ],
    );
  });
});
