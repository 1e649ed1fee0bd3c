import { setTimeout as wait } from 'node:timers/promises';
import type * as vscode from 'vscode';

/** Between two looks at the selection. */
const RETRY_MS = 25;

/** After this the row is taken for gone. */
const GIVE_UP_MS = 2000;

/**
 * The row that was clicked or opened with Enter: VS Code selects it before it runs the row's command.
 *
 * Such a command has no arguments, because VS Code keeps arguments in a table that it clears whenever a row is drawn
 * again, and a click meanwhile would fail. For as long it knows no selection either: that is waited for.
 * @returns undefined for a row that has gone, or if several are selected.
 */
export async function clickedRow<T>(view: Pick<vscode.TreeView<T>, 'selection'>): Promise<T | undefined> {
  for (let waited = 0; view.selection.length === 0 && waited < GIVE_UP_MS; waited += RETRY_MS) {
    await wait(RETRY_MS);
  }
  return view.selection.length === 1 ? view.selection[0] : undefined;
}
