import * as vscode from 'vscode';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';
import { showStatusMessage } from '../ui/messages';

/** Copies the ids of the selected resources, one a line. */
export function copyId(targets: Targets): Handler {
  return async (path, paths) => {
    const resources = await targets.some(identified, path, paths, vscode.l10n.t('Copy the ID of'));
    await copyLines(resources.map(({ id }) => id));
  };
}

/** Puts lines on the clipboard and says so. Nothing to copy: nothing is done. */
export async function copyLines(lines: readonly string[]): Promise<void> {
  const [first] = lines;
  if (first === undefined) return;
  await vscode.env.clipboard.writeText(lines.join('\n'));
  showStatusMessage(
    lines.length === 1 ? vscode.l10n.t('Copied {0}', first) : vscode.l10n.t('Copied {0} lines', lines.length),
  );
}
