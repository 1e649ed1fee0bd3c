import * as vscode from 'vscode';
import type { ApiContext } from './context';

/** Asks the user before another extension changes accounts. In tests and development, nothing is asked. */
export function accessQuestions(mode: vscode.ExtensionMode): ApiContext['confirmApiAccess'] {
  if (mode !== vscode.ExtensionMode.Production) return () => Promise.resolve(true);
  return async (question) => (await import('./confirmApiAccess')).confirmApiAccess(question);
}
