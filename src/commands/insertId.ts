import * as vscode from 'vscode';
import { readEditorSettings } from '../settings';
import { idText } from '../tree/idText';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';
import { showWarning } from '../ui/messages';

/** Puts the ids of the selected resources at every cursor of the active editor, several as the setting says. */
export function insertId(targets: Targets): Handler {
  return async (path, paths) => {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      warn(vscode.l10n.t('There is no cursor to insert at: open a file in an editor first.'));
      return;
    }
    const resources = await targets.some(identified, path, paths, vscode.l10n.t('Insert the ID of'));
    if (resources.length === 0) return;
    const ids = resources.map(({ id }) => id);
    const text = idText(ids, readEditorSettings(editor.document).insertAs);
    const done = await editor.edit((edit) => {
      for (const selection of editor.selections) edit.replace(selection, text);
    });
    if (done) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
    else warn(vscode.l10n.t('Nothing was inserted: the document is read-only.'));
  };
}

function warn(text: string): void {
  void showWarning(text);
}
