import * as vscode from 'vscode';
import { ownSchemes } from '../../shared/identifiers';
import { completionContext, wantsId, mayOpenList } from './completionContext';
import { type CompletionRequests, PAUSE_MS } from './completionRequests';
import type { IdsByName } from './idsByName';
import { inSlices } from '../../core/base/turns';
import { stringAt } from './stringAt';
import { toTextLines } from './words';

/**
 * Opens the suggestion list when the user pauses after what may begin an ID or a name. VS Code itself opens it in
 * strings of few languages only, and not while a list with a similar word is open.
 */
export async function openCompletion(
  ids: IdsByName,
  requests: CompletionRequests,
  { document, contentChanges }: vscode.TextDocumentChangeEvent,
): Promise<void> {
  const [change] = contentChanges;
  const editor = vscode.window.activeTextEditor;
  if (!change || editor?.document !== document || editor.selections.length > 1) return;
  const { version } = document;
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  const { line, character } = change.range.start;
  const isOver = (): boolean =>
    document.isClosed ||
    document.version !== version ||
    vscode.window.activeTextEditor !== editor ||
    requests.isAnswered(document);
  if (isOver()) return;
  const place = {
    text: toTextLines(document),
    line,
    column: character + change.text.length,
    reason: 'pause',
  } as const;
  const isOwn = ownSchemes.includes(document.uri.scheme);
  if (isOwn && !wantsId(document.lineAt(line).text, place.column)) return;
  if (!isWanted(document, place)) return;
  const context = await inSlices(completionContext(ids, place, 1), isOver);
  if (context && !isOver()) await requests.open(document);
}

/** True if the user allows lists to open by themselves here. */
function isWanted(
  document: vscode.TextDocument,
  { line, column }: { readonly line: number; readonly column: number },
): boolean {
  const scopes = vscode.workspace.getConfiguration('editor', document).inspect('quickSuggestions') ?? {};
  const isString = stringAt(document.lineAt(line).text, column) !== undefined;
  // A value without quotes may be either: for the grammar of YAML it is a string.
  return mayOpenList(scopes, 'strings') && (isString || mayOpenList(scopes, 'other'));
}
