import * as vscode from 'vscode';
import { problemOf } from '../services/problem';
import type { Problem } from '../services/service';
import { problemText } from './problemText';

/** Something to do about a message. */
export interface Action {
  readonly title: string;
  readonly run: () => unknown;
}

/** Shows an error as a message that does not block, with what can be done about it. Does not wait for the user. */
export function tellError(error: unknown, ...actions: readonly Action[]): void {
  void vscode.window
    .showErrorMessage(problemText(problemOf(error)), ...actions)
    .then((action) => action?.run());
}

/** Shows what the user should know although signing in worked. */
export function tellWarning(warning: Problem | undefined): void {
  if (warning) void vscode.window.showWarningMessage(problemText(warning));
}
