import * as vscode from 'vscode';
import { commands } from '../manifest';
import { problemOf } from '../services/problem';

/** Tells the user what went wrong, why, and what to do. A cancellation is no failure. */
export async function report(error: unknown): Promise<void> {
  if (error instanceof Error && error.name === 'AbortError') return;
  const { what, why, advice } = problemOf(error);
  const showLog = vscode.l10n.t('Show Log');
  const text = [what, why, advice].filter(Boolean).join(' ');
  const choice = await vscode.window.showErrorMessage(text, showLog);
  if (choice === showLog) await vscode.commands.executeCommand(commands.showLog);
}

/** Tells in the status bar that something small was done. */
export function confirm(text: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${text}`, 3000);
}
