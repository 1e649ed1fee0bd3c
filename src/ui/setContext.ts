import * as vscode from 'vscode';
import { contextKeys } from '../shared/contributions';

/** Sets a context key of ours in this window. */
export function setContext(key: keyof typeof contextKeys, value: boolean): void {
  void vscode.commands.executeCommand('setContext', contextKeys[key], value);
}
