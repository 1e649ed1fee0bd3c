import * as vscode from 'vscode';
import type { SignInMethod } from '../services/service';
import { showError } from '../ui/messages';

/** Far above any credentials file, in bytes. */
const largestFile = 1_000_000;

/**
 * Lets the user choose a credentials file, and reads its fields. What is wrong with the file is shown.
 * @returns undefined where the user chose none, or one that is unusable.
 */
export async function importCredentials(
  method: SignInMethod,
): Promise<Readonly<Record<string, string>> | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import a Credentials File'),
      openLabel: vscode.l10n.t('Import'),
      filters: { JSON: ['json'] },
    })) ?? [];
  if (!file) return undefined;
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > largestFile) throw new Error(vscode.l10n.t('The file is too large to hold credentials.'));
    return await method.importFile?.(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  } catch (error) {
    void showError(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
