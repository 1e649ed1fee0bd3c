import * as vscode from 'vscode';
import { showStatusMessage } from '../ui/messages';

/**
 * Puts lines on the clipboard and says so. Nothing to copy: nothing is done.
 * @param lines one-line texts. @param told names what was copied.
 */
export async function copyLines(lines: readonly string[], told: () => string): Promise<void> {
  if (lines.length === 0) return;
  await vscode.env.clipboard.writeText(lines.join('\n'));
  showStatusMessage(told());
}
