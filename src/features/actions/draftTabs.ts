import * as vscode from 'vscode';

/** True if a text editor of any group shows the document. */
export function isOpenInTab(uri: vscode.Uri): boolean {
  return getTabs(uri).length > 0;
}

/** Closes all text editors of a document. */
export async function closeTabs(uri: vscode.Uri): Promise<void> {
  await vscode.window.tabGroups.close(getTabs(uri), true);
}

function getTabs(uri: vscode.Uri): readonly vscode.Tab[] {
  const key = uri.toString();
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === key);
}
