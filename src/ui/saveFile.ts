import * as vscode from 'vscode';
import { HttpError } from '../core/http/errors';
import { plainText } from '../shared/plainText';

/**
 * Asks where to save a file.
 * @param name proposed, without the extension; characters that file systems reject are replaced.
 */
export async function chooseTarget(
  title: string,
  name: string,
  ending: string,
): Promise<vscode.Uri | undefined> {
  const safe =
    plainText(name, 80)
      .replaceAll(/[\\/:*?"<>|]+/g, ' ')
      .replace(/^\.+|[. ]+$/g, '') || 'connection';
  const file = `${safe}.${ending}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: plainText(title),
    filters: { [ending.toUpperCase()]: [ending] },
    defaultUri: folder ? vscode.Uri.joinPath(folder, file) : vscode.Uri.file(file),
  });
}

/** Writes a file in one go. @throws HttpError `rejected` if the file system refuses. */
export async function written(file: vscode.Uri, parts: readonly Uint8Array[]): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(file, Buffer.concat(parts));
  } catch (cause) {
    const name = plainText(file.path.split('/').at(-1) ?? file.path);
    throw new HttpError('rejected', vscode.l10n.t('Unable to write "{0}".', name), {
      advice: vscode.l10n.t('Choose another location, or check the permissions of the folder.'),
      cause,
    });
  }
}
