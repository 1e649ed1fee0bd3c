import * as vscode from 'vscode';
import { HttpError } from '../http/errors';
import { serviceOf } from '../services/registry';
import type { Store } from '../store/store';
import { plainText } from '../tree/plainText';
import type { Source } from './comparedText';
import { normalJson } from './normalJson';
import { readFile } from './readFile';
import { JsonFlaw } from './writtenJson';

/** Whose rules apply, and whether what these services set by themselves stays. */
export interface Rules {
  readonly services: readonly string[];
  readonly keepServerMade: boolean;
}

/**
 * The JSON of one side of a comparison in normal form.
 * @throws HttpError where it cannot be read, or is no JSON: that says where.
 */
export async function readNormal(
  store: Store,
  source: Source,
  { services, keepServerMade }: Rules,
  signal: AbortSignal,
): Promise<string> {
  const text =
    'path' in source
      ? await store.read(source.path, signal)
      : await readFile(vscode.Uri.parse(source.file, true));
  const forms = services.flatMap((id) => serviceOf(id)?.normalForm ?? []);
  const serverMade = forms.flatMap((form) => form.serverMade);
  const ids = [...new Set(forms.flatMap((form) => form.ids))];
  try {
    return await normalJson(text, { serverMade, ids, keepServerMade });
  } catch (error) {
    throw error instanceof JsonFlaw ? explained(error, source) : error;
  }
}

function explained({ line }: JsonFlaw, source: Source): HttpError {
  const name =
    'file' in source ? plainText(vscode.Uri.parse(source.file).path.split('/').at(-1) ?? '') : source.path;
  return new HttpError(
    'rejected',
    line === undefined
      ? vscode.l10n.t('"{0}" nests too deep to be compared.', name)
      : vscode.l10n.t('Line {0} of "{1}" is not valid JSON.', line, name),
  );
}
