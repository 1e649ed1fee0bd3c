import type * as vscode from 'vscode';

/**
 * The globalState, for what has to be known of it before `WindowStorage` is loaded, which alone may write it and knows
 * what other windows write.
 */
export function storedState({
  globalState,
}: Pick<vscode.ExtensionContext, 'globalState'>): Pick<vscode.Memento, 'keys' | 'get'> {
  return globalState;
}
