import { pictures } from 'tab-icons';
import * as vscode from 'vscode';

/** VS Code's own colors of icons, one for each kind of theme. */
const COLORS = { light: '#424242', dark: '#C5C5C5' };

/** The icon of a panel in its tab. @param name of a codicon that some kind has. */
export function tabIcon(name: string): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
  const picture = pictures[name] ?? '';
  return { light: toUri(picture, COLORS.light), dark: toUri(picture, COLORS.dark) };
}

/** In Base64, because VS Code writes the address into a style sheet as it is. */
function toUri(picture: string, color: string): vscode.Uri {
  const svg = picture.replaceAll('currentColor', color);
  const path = `image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return vscode.Uri.from({ scheme: 'data', path });
}
