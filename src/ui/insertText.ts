import * as vscode from 'vscode';
import type { LastTextEditor } from './lastTextEditor';

/**
 * Inserts a text at every cursor of the most recent editor, in place of the selection, and focuses it.
 * @param textFor creates the text from what it replaces.
 * @returns the outcome: `none` if no file is open in a text editor, `refused` for a read-only document.
 */
export async function insertText(
  editors: Pick<LastTextEditor, 'editor'>,
  textFor: (document: vscode.TextDocument, replaced: vscode.Range) => string,
): Promise<'done' | 'none' | 'refused'> {
  const last = editors.editor;
  if (!last) return 'none';
  const editor = await shown(last);
  const done = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, textFor(editor.document, selection));
  });
  return done ? 'done' : 'refused';
}

/** The editor, visible and focused, with unchanged cursors. */
async function shown(last: vscode.TextEditor): Promise<vscode.TextEditor> {
  const { document, viewColumn, selections } = last;
  const visible = vscode.window.visibleTextEditors.includes(last);
  const editor = await vscode.window.showTextDocument(document, {
    ...(viewColumn !== undefined && { viewColumn }),
    preview: false,
  });
  // An editor behind a tab was closed with its cursors; VS Code restores only the first of them.
  if (!visible && editor !== last) editor.selections = selections;
  return editor;
}
