import * as vscode from 'vscode';
import type { Store } from '../store/store';
import { inSlices } from '../services/inSlices';
import { valueAt } from './quoted';
import { typedAt } from './typedAt';

/** Milliseconds without another letter before ids are offered. */
const rest = 150;

/**
 * Opens the list of suggestions where a string that is being written begins an id or a name. In strings VS Code asks for
 * suggestions in few languages only (`editor.quickSuggestions`); where it does, it is left to it.
 */
export async function suggestIds(
  store: Store,
  { document, contentChanges }: vscode.TextDocumentChangeEvent,
): Promise<void> {
  const [change] = contentChanges;
  const editor = vscode.window.activeTextEditor;
  if (!change || editor?.document !== document || asksInStrings(document)) return;
  const { version } = document;
  await new Promise((resolve) => setTimeout(resolve, rest));
  const { line, character } = change.range.start;
  const isOver = (): boolean =>
    document.isClosed || document.version !== version || vscode.window.activeTextEditor !== editor;
  if (isOver()) return;
  const column = character + change.text.length;
  const { text } = document.lineAt(line);
  if (!valueAt(text, column, document.languageId)) return;
  const search = typedAt(() => store.identified(), text, column, document.languageId, 1, ['id', 'name']);
  const fits = await inSlices(search, isOver);
  if (fits) await vscode.commands.executeCommand('editor.action.triggerSuggest', { auto: true });
}

function asksInStrings(document: vscode.TextDocument): boolean {
  const value = vscode.workspace.getConfiguration('editor', document).get<unknown>('quickSuggestions');
  if (typeof value !== 'object' || value === null || !('strings' in value)) return value === true;
  return value.strings === true || value.strings === 'on' || value.strings === 'inline';
}
