import * as vscode from 'vscode';
import { settingsSection, type contextKeys } from '../shared/contributions';

/** One of the manifest, or a capability of some account: `has.runs`. */
type ContextKey = keyof typeof contextKeys | `has.${string}`;

/** Sets a context key of the extension in this window. */
export function setContext(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `${settingsSection}.${key}`, value);
}

/** The context keys that only one object sets, each time it draws. A message is sent only when a value changes. */
export class ContextKeys {
  readonly #last = new Map<ContextKey, boolean>();

  /** As the function of that name, unless the last call set that value. */
  setContext(key: ContextKey, value: boolean): void {
    if (this.#last.get(key) === value) return;
    this.#last.set(key, value);
    setContext(key, value);
  }
}
