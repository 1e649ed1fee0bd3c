import * as vscode from 'vscode';
import { HttpError } from '../../core/http/errors';
import type { Store } from '../../core/store/store';
import { plainText } from '../../shared/plainText';
import type { ChosenFiles } from './chosenFiles';
import type { Source } from '../../ui/documents/comparedText';
import { readFile } from './readFile';

/**
 * The JSON of a resource, as the service sends it now, or the text of a file that the user chose.
 * @throws HttpError where it cannot be read, kind `rejected` for a file that the user did not choose.
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
