import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/shared/contributions';
import { draftScheme } from '../../src/shared/identifiers';
import { run, signedIn, until, type Signed } from './explorer';
import { firstSignIn, immuta } from './services';

const files = vscode.workspace.getConfiguration('files');
const save = (): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.files.save');

/** Runs `body` with the document that edits a connection in the active editor. */
async function withDraft(
  body: (document: vscode.TextDocument, asked: () => number) => Promise<void>,
): Promise<void> {
  const signed: Signed = await signedIn({ connections: 16 }, firstSignIn(immuta));
  try {
    const rows = await signed.api.children();
    const active = rows.find(({ status }) => status?.word === 'ACTIVE') ?? assert.fail();
    await run(commands.edit, active.path);
    const open = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;
    await until(() => open()?.uri.scheme === draftScheme, 'its document is open');
    const document = open() ?? assert.fail();
    const asked = (): number => signed.sample.requests.filter(({ method }) => method === 'PATCH').length;
    await body(document, asked);
  } finally {
    await files.update('autoSave', undefined, vscode.ConfigurationTarget.Global);
    await files.update('autoSaveDelay', undefined, vscode.ConfigurationTarget.Global);
    // Closing would ask about unsaved documents.
    for (const open of vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === draftScheme)) {
      await vscode.window.showTextDocument(open);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await signed.end();
  }
}

async function autoSave(value: string): Promise<void> {
  await files.update('autoSaveDelay', 100, vscode.ConfigurationTarget.Global);
  await files.update('autoSave', value, vscode.ConfigurationTarget.Global);
}

/** Changes a value of the document. */
async function edit(document: vscode.TextDocument, name: string): Promise<void> {
  const found = /"authenticationType": "\w*"/.exec(document.getText()) ?? assert.fail();
  const change = new vscode.WorkspaceEdit();
  const range = new vscode.Range(
    document.positionAt(found.index),
    document.positionAt(found.index + found[0].length),
  );
  change.replace(document.uri, range, `"authenticationType": "${name}"`);
  assert.ok(await vscode.workspace.applyEdit(change));
}

const comparing = (): boolean =>
  vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff;

/** Waits for the comparison, turns its question down, and waits for the document. */
async function keepEditing(document: vscode.TextDocument): Promise<void> {
  await until(comparing, 'the comparison opens');
  await run(commands.keepEditing);
  await until(() => vscode.window.activeTextEditor?.document === document, 'the document is back');
}

/** Whether the window shows the document as unsaved; the document's own `isDirty` does not cover everything. */
const unsaved = ({ uri }: vscode.TextDocument): boolean =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(
      ({ input, isDirty }) =>
        isDirty && input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
    );

describe('a document of an action', () => {
  it('is sent by each save of the user, changed or not, and not by a save of VS Code', async () => {
    await withDraft(async (document, asked) => {
      await autoSave('afterDelay');
      await edit(document, 'Other');
      await until(() => !document.isDirty, 'it is saved by itself');
      assert.deepEqual([asked(), comparing()], [0, false]);
      await save();
      await until(() => asked() === 1, 'Save compares');
      await keepEditing(document);
      void run(commands.sendDraft);
      await until(() => asked() === 2, 'the command compares');
      await keepEditing(document);
    });
  });

  it('is not sent when the user looks elsewhere, and is sent once by the command', async () => {
    await withDraft(async (document, asked) => {
      await autoSave('onFocusChange');
      await edit(document, 'Other');
      await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
      await until(() => !document.isDirty, 'it is saved by itself');
      assert.deepEqual([asked(), comparing()], [0, false]);
      await vscode.window.showTextDocument(document);
      await edit(document, 'Another');
      void run(commands.sendDraft);
      await keepEditing(document);
      assert.deepEqual([asked(), unsaved(document)], [1, true]);
    });
  });

  it('is offered again when it is closed without a question, because VS Code saves it by itself', async () => {
    await withDraft(async (document) => {
      const { showInformationMessage } = vscode.window;
      const messages: string[] = [];
      const answer = (message: string, _: unknown, ...buttons: vscode.MessageItem[]): Promise<unknown> => {
        messages.push(message);
        return Promise.resolve(buttons[0]);
      };
      Object.assign(vscode.window, { showInformationMessage: answer });
      try {
        await autoSave('afterDelay');
        await edit(document, 'Other');
        await until(() => !document.isDirty, 'it is saved by itself');
        await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
        await until(() => messages.length > 0, 'it is told');
        assert.match(messages.join(), /was closed without sending/);
        const { uri } = document;
        const again = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;
        await until(() => again()?.uri.toString() === uri.toString(), 'it is open again');
        assert.match(again()?.getText() ?? '', /"Other"/);
      } finally {
        Object.assign(vscode.window, { showInformationMessage });
      }
    });
  });

  it('is sent by the command while VS Code saves it', async () => {
    await withDraft(async (document, asked) => {
      let go = (): void => undefined;
      const held = new Promise<void>((resolve) => (go = resolve));
      let saving = false;
      const hold = vscode.workspace.onWillSaveTextDocument((event) => {
        saving = true;
        event.waitUntil(held);
      });
      try {
        await autoSave('afterDelay');
        await edit(document, 'Other');
        await until(() => saving, 'VS Code saves');
        void run(commands.sendDraft);
        await until(() => asked() === 1, 'the command compares');
      } finally {
        go();
        hold.dispose();
      }
      await keepEditing(document);
    });
  });

  it('is sent by a save of the user if VS Code saves nothing by itself', async () => {
    await withDraft(async (document, asked) => {
      await edit(document, 'Other');
      await save();
      await keepEditing(document);
      assert.deepEqual([asked(), unsaved(document)], [1, true]);
    });
  });
});
