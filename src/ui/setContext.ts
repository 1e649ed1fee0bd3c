import * as vscode from 'vscode';
import { settingsSection, type contextKeys } from '../shared/contributions';

/**
 * Sets a context key of the extension in this window.
 * @param key one of the manifest, or a capability of some account: `has.runs`.
 */
export function setContext(key: keyof typeof contextKeys | `has.${string}`, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `${settingsSection}.${key}`, value);
}
