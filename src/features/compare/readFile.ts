import * as vscode from 'vscode';
import { HttpError } from '../../core/http/errors';
import { plainText } from '../../shared/plainText';

/** Larger files are refused: VS Code compares no more than 50 MB, and a workspace may hold anything. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

/**
 * Reads a file that the user chose as text.
 * @throws HttpError `rejected` where it is no ordinary file, too large or no UTF-8 text, `notFound` where it is gone.
 */
export async function readFile(uri: vscode.Uri): Promise<string> {
  const name = plainText(uri.path.split('/').at(-1) ?? uri.path);
  const { size, type } = await found(uri, name);
  if ((type & vscode.FileType.File) === 0) {
    throw new HttpError('rejected', vscode.l10n.t('"{0}" is not a file.', name));
  }
  if (size > MAX_FILE_BYTES) throw tooLarge(name);
  const bytes = await vscode.workspace.fs.readFile(uri);
  // A file may grow between the two, and some file systems tell no size.
  if (bytes.length > MAX_FILE_BYTES) throw tooLarge(name);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HttpError('rejected', vscode.l10n.t('"{0}" is not a UTF-8 text file.', name), {
      advice: vscode.l10n.t('Save it as UTF-8, then compare again.'),
    });
  }
}

async function found(uri: vscode.Uri, name: string): Promise<vscode.FileStat> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (cause) {
    throw new HttpError('notFound', vscode.l10n.t('"{0}" was not found.', name), { cause });
  }
}

function tooLarge(name: string): HttpError {
  return new HttpError(
    'rejected',
    vscode.l10n.t('"{0}" is larger than {1} MB.', name, MAX_FILE_BYTES / 1024 / 1024),
  );
}
