import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ApiResource } from '../../src/api';
import { settings } from '../../src/shared/contributions';
import { completions, hints, hoverText, shown, withSetting } from './editors';
import { signedIn, until, type Signed } from './explorer';

describe('IDs in files of every kind', () => {
  let signed: Signed;
  let connection: ApiResource;
  let folder: string;

  before(async () => {
    signed = await signedIn({ connections: 6, datasets: 2 });
    [connection = assert.fail()] = await signed.api.children();
    await signed.api.children(connection.path);
    folder = await mkdtemp(join(tmpdir(), 'files-'));
  });
  after(async () => {
    await signed.end();
    await rm(folder, { recursive: true, maxRetries: 5 });
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  async function file(name: string, text: string, encoding: BufferEncoding = 'utf8'): Promise<vscode.Uri> {
    const path = join(folder, name);
    await writeFile(path, text, encoding);
    return vscode.Uri.file(path);
  }

  /** Asks for all that an editor shows of the id at a place, and looks whether it is there. */
  async function isKnown(document: vscode.TextDocument, at: vscode.Position): Promise<void> {
    const text = await hoverText(document, at.line, at.character + 3);
    assert.ok(text.includes(shown(connection.label)), text);
    const offered = await completions(document, at.line, at.character + 4);
    assert.ok(offered.some(({ insertText }) => insertText === connection.id));
    await withSetting(settings.inlayHints, true, async () => {
      const around = new vscode.Range(Math.max(0, at.line - 30), 0, at.line + 30, 0);
      await until(async () => (await hints(document, around))[0]?.label === connection.label, 'a hint');
    });
  }

  for (const encoding of ['utf16le', 'latin1'] as const) {
    it(`are found in another encoding (${encoding})`, async () => {
      const mark = encoding === 'utf16le' ? '\uFEFF' : '';
      const uri = await file('orte.txt', `${mark}Köln "${connection.id}"`, encoding);
      const document = await vscode.workspace.openTextDocument(uri);
      assert.equal(document.getText().indexOf(connection.id), 6);
      await isKnown(document, new vscode.Position(0, 6));
    });
  }

  it('are found in a cell of a notebook on disk', async () => {
    const cell = { cell_type: 'code', source: [`a = "${connection.id}"`], metadata: {}, outputs: [] };
    const content = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    const notebook = await vscode.workspace.openNotebookDocument(
      await file('cells.ipynb', JSON.stringify(content)),
    );
    const { document } = notebook.cellAt(0);
    assert.equal(document.uri.scheme, 'vscode-notebook-cell');
    await isKnown(document, new vscode.Position(0, 5));
  });

  for (const name of ['.env', 'Dockerfile', 'values.yaml', 'app.properties']) {
    it(`are offered by name if the language has no quotes (${name})`, async () => {
      const text = `KEY=${connection.label.slice(0, 4)}`;
      const line =
        name === 'Dockerfile' ? `ENV ${text}` : name.endsWith('yaml') ? text.replace('=', ': ') : text;
      const document = await vscode.workspace.openTextDocument(await file(name, line));
      const offered = await completions(document, 0, line.length);
      assert.ok(
        offered.some(({ insertText }) => insertText === connection.id),
        document.languageId,
      );
    });
  }

  it('are found in a file of a million lines', async () => {
    const lines = Array.from({ length: 1_000_000 }, (_, at) =>
      at === 500_000 ? `"${connection.id}"` : 'x = 1',
    );
    const document = await vscode.workspace.openTextDocument(await file('long.txt', lines.join('\n')));
    assert.equal(document.lineCount, 1_000_000);
    await isKnown(document, new vscode.Position(500_000, 1));
  });

  it('are found in a bundle of one line of several MB, and no request is sent while the user types in it', async () => {
    // Only the drawn part of a line has hints: its first 10,000 characters. A .js would wait for VS Code's own
    // answers.
    const text = `${'x=1;'.repeat(2000)}"${connection.id}"${';y=2'.repeat(750_000)}`;
    const document = await vscode.workspace.openTextDocument(await file('bundle.txt', text));
    const at = document.positionAt(text.indexOf('dg_'));
    await isKnown(document, at);
    signed.sample.clearRequests();
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(at, at);
    for (const letter of connection.label.slice(0, 4))
      await vscode.commands.executeCommand('type', { text: letter });
    assert.equal(
      document.getText(new vscode.Range(at, editor.selection.active)),
      connection.label.slice(0, 4),
    );
    // Whatever a letter started has ended by now. All of VS Code's own answers in this file would take long.
    const small = await vscode.workspace.openTextDocument({ content: 'dg_', language: 'plaintext' });
    assert.ok((await completions(small, 0, 3)).length > 0);
    assert.deepEqual(signed.sample.requests, []);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
