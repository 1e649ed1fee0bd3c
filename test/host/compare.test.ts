import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ApiResource } from '../../src/api';
import { commands, compareScheme, settings, settingsSection } from '../../src/manifest';
import { run, signedIn, until, type Signed } from './explorer';

/** The two sides of the comparison that is shown. */
async function sides(): Promise<readonly [string, string]> {
  const shown = (): vscode.TabInputTextDiff | undefined => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputTextDiff ? input : undefined;
  };
  await until(() => shown() !== undefined, 'a comparison is shown');
  const input = shown();
  assert.ok(input);
  const [left, right] = await Promise.all(
    [input.original, input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
  );
  assert.ok(left && right);
  return [left.getText(), right.getText()];
}

describe('comparing', () => {
  let signed: Signed;
  let folder: string;
  let one: ApiResource;
  let other: ApiResource;
  const dialogs = { save: vscode.window.showSaveDialog, open: vscode.window.showOpenDialog };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'compare-'));
    signed = await signedIn({ connections: 4, datasets: 3 });
    const [first, second] = await signed.api.children();
    assert.ok(first && second);
    [one, other] = [first, second];
  });
  after(async () => {
    Object.assign(vscode.window, { showSaveDialog: dialogs.save, showOpenDialog: dialogs.open });
    rmSync(folder, { recursive: true });
    await signed.end();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** Answers both file dialogs. */
  function answerWith(name: string): string {
    const file = join(folder, name);
    const uri = vscode.Uri.file(file);
    Object.assign(vscode.window, {
      showSaveDialog: () => Promise.resolve(uri),
      showOpenDialog: () => Promise.resolve([uri]),
    });
    return file;
  }

  it('shows two connections side by side, without what the service made', async () => {
    await run(commands.compare, one.path, other.path);
    const [left, right] = await sides();
    assert.match(left, new RegExp(`"id": "${one.id}"`));
    assert.match(right, new RegExp(`"id": "${other.id}"`));
    assert.doesNotMatch(left + right, /modifiedDate/);
    const title = vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    assert.ok(title.includes(one.label) && title.includes(other.label), title);
  });

  it('shows and hides what the service made, in the comparison that is open', async () => {
    await run(commands.selectForCompare, one.path);
    await run(commands.compareWithSelected, other.path);
    await sides();
    const section = vscode.workspace.getConfiguration(settingsSection);
    try {
      await run(commands.toggleServerMade);
      await until(async () => (await sides())[0].includes('modifiedDate'), 'dates are shown');
      await run(commands.toggleServerMade);
      await until(async () => !(await sides())[0].includes('modifiedDate'), 'dates are hidden');
    } finally {
      await section.update(settings.compareServerMade, undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('makes its documents read-only, and again from their address alone', async () => {
    await run(commands.compare, one.path, other.path);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.equal(input.original.scheme, compareScheme);
    assert.notEqual(vscode.workspace.fs.isWritableFileSystem(compareScheme), true);
    const address = input.original.with({ path: '/another name.json' });
    const document = await vscode.workspace.openTextDocument(address);
    assert.equal(document.getText(), (await sides())[0]);
  });

  it('saves a snapshot that is the server’s own JSON, and finds no difference in it', async () => {
    const file = answerWith('snapshot.json');
    void run(commands.saveSnapshot, one.path);
    const written = (): string => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return '';
      }
    };
    await until(() => written().endsWith('}\n'), 'the snapshot is written');
    assert.deepEqual(JSON.parse(written()), JSON.parse(await signed.api.read(one.path)));
    await run(commands.compareWithSnapshot, one.path);
    const [left, right] = await sides();
    assert.equal(left, right);
  });

  it('opens nothing for a file that cannot be compared', async () => {
    for (const content of ['{\n"a": 1,\n}', Buffer.from([0xff, 0xfe, 0x00])]) {
      writeFileSync(answerWith('broken.json'), content);
      await run(commands.compareWithSnapshot, one.path);
      assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
    }
  });
});
