import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiResource } from '../../src/api';
import { settings } from '../../src/shared/contributions';
import { open, withSetting } from './editors';
import { signedIn, until, type Signed } from './explorer';

const GONE = 'dg_00000000-0000-4000-8000-000000000000';

describe('IDs that no account has', () => {
  let signed: Signed;
  let connection: ApiResource;
  before(async () => {
    signed = await signedIn({ connections: 3, datasets: 1 });
    const [first] = await signed.api.children();
    assert.ok(first);
    connection = first;
  });
  after(() => signed.end());

  const marks = ({ uri }: vscode.TextDocument): readonly vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Connections Explorer');
  const marked = (document: vscode.TextDocument): readonly string[] =>
    marks(document).map(({ range }) => document.getText(range));
  const shows = (document: vscode.TextDocument, ids: readonly string[]): Promise<void> =>
    until(
      () => Promise.resolve(marked(document).join() === ids.join()),
      () => `${marked(document).join()} instead of ${ids.join()}`,
      20_000,
    );
  const fixes = async (document: vscode.TextDocument): Promise<readonly vscode.CodeAction[]> => {
    const [{ range } = assert.fail('nothing is marked')] = marks(document);
    const kind = vscode.CodeActionKind.QuickFix.value;
    return await vscode.commands.executeCommand<vscode.CodeAction[]>(
      ...(['vscode.executeCodeActionProvider', document.uri, range, kind] as const),
    );
  };

  it('are not marked unless the setting is on', async () => {
    const document = await open(`const id = '${GONE}';`, 'typescript');
    await vscode.window.showTextDocument(document);
    assert.deepEqual(marked(document), []);
    await withSetting(settings.unknownIds, true, () => shows(document, [GONE]));
    await shows(document, []);
  });

  it('are marked beside known ones, and no longer once they are corrected by a quick fix', async () => {
    const last = connection.id.endsWith('0') ? '1' : '0';
    const mistyped = connection.id.slice(0, -1) + last;
    const document = await open(`["${connection.id}", "${mistyped}"]`, 'json');
    await vscode.window.showTextDocument(document);
    await withSetting(settings.unknownIds, true, async () => {
      await shows(document, [mistyped]);
      const offered = await fixes(document);
      const titles = offered.map(({ title }) => title);
      assert.ok(titles.includes('Replace with Another Connection…'), titles.join());
      assert.ok(titles.includes('Go to Connection…'), titles.join());
      const fix = offered.find(({ title }) => title === `Replace with the ID of "${connection.label}"`);
      assert.ok(fix?.edit, titles.join());
      await vscode.workspace.applyEdit(fix.edit);
      assert.equal(document.getText(), `["${connection.id}", "${connection.id}"]`);
      await shows(document, []);
    });
  });

  it('are not looked for in a file above 200 kB, and are once it is shorter', async () => {
    const text = `"${GONE}"`;
    const long = await open(`${text}${' '.repeat(200_000)}`, 'json');
    const short = await open(text, 'json');
    await vscode.window.showTextDocument(long, vscode.ViewColumn.One);
    await vscode.window.showTextDocument(short, vscode.ViewColumn.Two);
    await withSetting(settings.unknownIds, true, async () => {
      await shows(short, [GONE]);
      assert.deepEqual(marked(long), []);
      const edit = new vscode.WorkspaceEdit();
      edit.delete(long.uri, new vscode.Range(0, text.length, 0, text.length + 200_000));
      await vscode.workspace.applyEdit(edit);
      await shows(long, [GONE]);
    });
  });
});
