import * as vscode from 'vscode';

/** The URIs of all open tabs and documents. A tab that VS Code restored has no document until it is shown. */
export function openUris(): readonly vscode.Uri[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return [
    ...tabs.flatMap(({ input }) => urisOfTab(input)),
    ...vscode.workspace.textDocuments.map(({ uri }) => uri),
  ];
}

/** The documents of a tab with one text or two. @param input of `vscode.Tab`. */
export function urisOfTab(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.original, input.modified];
  return input instanceof vscode.TabInputText ? [input.uri] : [];
}
