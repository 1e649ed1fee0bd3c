import * as vscode from 'vscode';
import type { Icon } from './render';

/** The icon of a row as VS Code takes it. */
export function themeIcon({ id, color }: Icon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}
