import * as vscode from 'vscode';

/** The addresses of everything that is open, in a tab or as a document. */
export function openAddresses(): ReadonlySet<string> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const documents = vscode.workspace.textDocuments.map(({ uri }) => uri);
  return new Set([...tabs.flatMap(({ input }) => urisOfTab(input)), ...documents].map(String));
}

/** The documents that a tab with one text or two shows. @param input of `vscode.Tab`. */
export function urisOfTab(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.original, input.modified];
  return input instanceof vscode.TabInputText ? [input.uri] : [];
}
