import * as vscode from 'vscode';
import { views } from '../manifest';
import type { Handler } from './handler';

/** Opens the view of all runs. */
export function showRuns(): Handler {
  return async () => {
    await vscode.commands.executeCommand(`${views.runs}.focus`);
  };
}
