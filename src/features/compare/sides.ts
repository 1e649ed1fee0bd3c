import * as vscode from 'vscode';
import { HttpError } from '../../core/http/errors';
import type { Store } from '../../core/store/store';
import { plainText } from '../../shared/plainText';
import type { ChosenFiles } from './chosenFiles';
import type { Source, ComparedText } from '../../ui/documents/comparedText';
import { toValues, type SecretValues } from '../../core/redaction/redact';
import { findService } from '../../core/services/registry';
import { makeText } from './textThread';
import { JsonSyntaxError } from '../../core/base/losslessJson';

/**
 * Returns the current JSON of a resource, or the text of a file that the user chose.
 * @throws HttpError if it cannot be read; kind `rejected` for a file that the user did not choose.
 */
export async function readSource(
  source: Source,
  { store, chosen }: { readonly store: Store; readonly chosen: ChosenFiles },
  signal: AbortSignal,
): Promise<string> {
  if ('path' in source) {
    return store.read(source.path, signal, { asked: true, notBefore: performance.now() });
  }
  if (chosen.has(source.file)) return readFile(vscode.Uri.parse(source.file, true));
  throw new HttpError(
    'rejected',
    vscode.l10n.t('"{0}" was not selected for comparison in this workspace.', plainText(source.file)),
    { advice: vscode.l10n.t('Select it with Compare with Snapshot….') },
  );
}

/** Larger files are rejected: VS Code compares at most 50 MB, and a workspace may contain anything. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

/**
 * Reads a file that the user chose as text.
 * @throws HttpError kind `rejected` if it is not a regular file, too large or not UTF-8, `notFound` if it does not
 * exist.
 */
async function readFile(uri: vscode.Uri): Promise<string> {
  const name = plainText(uri.path.split('/').at(-1) ?? uri.path);
  const { size, type } = await found(uri, name);
  if ((type & vscode.FileType.File) === 0) {
    throw new HttpError('rejected', vscode.l10n.t('"{0}" is not a file.', name));
  }
  if (size > MAX_FILE_BYTES) throw tooLarge(name);
  const bytes = await vscode.workspace.fs.readFile(uri);
  // A file may grow in between, and some file systems do not report a size.
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

/**
 * Returns the text of a side: its canonical JSON in UTF-8, behind a byte order mark.
 * @param json the JSON of the source.
 * @param how `keepServerMade` keeps server-managed fields; `secrets` are masked.
 * @throws HttpError kind `rejected` with the line at which it is not JSON.
 */
export async function sideText(
  json: string,
  side: ComparedText,
  how: { readonly keepServerMade: boolean; readonly secrets: SecretValues },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const forms = side.services.flatMap((id) => findService(id)?.canonicalJson ?? []);
  const serverMade = forms.flatMap((form) => form.volatileKeys);
  const ids = [...new Set(forms.flatMap((form) => form.idKeys))];
  try {
    const canonical = { idKeys: ids, volatileKeys: serverMade, keepServerMade: how.keepServerMade };
    return await makeText({ json, secrets: toValues(how.secrets), canonical }, signal);
  } catch (error) {
    throw error instanceof JsonSyntaxError ? toHttpError(error, side.source) : error;
  }
}

function toHttpError({ line }: JsonSyntaxError, source: Source): HttpError {
  const name =
    'file' in source ? plainText(vscode.Uri.parse(source.file).path.split('/').at(-1) ?? '') : source.path;
  return new HttpError(
    'rejected',
    line === undefined
      ? vscode.l10n.t('"{0}" is nested too deeply to be compared.', name)
      : vscode.l10n.t('Line {0} of "{1}" is not valid JSON.', line, name),
  );
}
