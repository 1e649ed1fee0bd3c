import * as vscode from 'vscode';
import { settingsSection, type contextKeys } from '../shared/contributions';

/**
 * Sets a context key of ours in this window.
 * @param key one that the manifest names, or what some account offers: `has.runs`.
 */
export function setContext(key: keyof typeof contextKeys | `has.${string}`, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `${settingsSection}.${key}`, value);
}
