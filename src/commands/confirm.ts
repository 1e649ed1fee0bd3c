import * as vscode from 'vscode';

/** Tells in the status bar that something small was done: no pop-up for what everybody expects. */
export function confirm(text: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${text}`, 3000);
}
