import * as vscode from 'vscode';
import { HttpError } from '../../core/http/errors';
import type { SecretValues } from '../../core/redaction/redact';
import { withoutSchemaReference } from '../../core/services/common/jsonText';
import { findService } from '../../core/services/registry';
import { plainText } from '../../shared/plainText';
import type { ComparedText, Source } from '../../ui/documents/comparedText';
import { canonicalize } from './canonicalJson';
import { JsonSyntaxError } from '../../core/base/losslessJson';

/**
 * A JSON text in the form in which it is compared.
 * @param json as the source of the side holds it.
 * @param how `keepServerMade`: what the services set by themselves stays; `secrets`: what must not be seen.
 * @throws HttpError kind `rejected` where it is no JSON: that says where.
 */
export async function sideText(
  json: string,
  side: ComparedText,
  how: { readonly keepServerMade: boolean; readonly secrets: SecretValues },
): Promise<string> {
  const forms = side.services.flatMap((id) => findService(id)?.canonicalJson ?? []);
  const serverMade = forms.flatMap((form) => form.volatileKeys);
  const ids = [...new Set(forms.flatMap((form) => form.idKeys))];
  try {
    return await canonicalize(withoutSchemaReference(json), {
      ...how,
      volatileKeys: serverMade,
      idKeys: ids,
    });
  } catch (error) {
    throw error instanceof JsonSyntaxError ? explained(error, side.source) : error;
  }
}

function explained({ line }: JsonSyntaxError, source: Source): HttpError {
  const name =
    'file' in source ? plainText(vscode.Uri.parse(source.file).path.split('/').at(-1) ?? '') : source.path;
  return new HttpError(
    'rejected',
    line === undefined
      ? vscode.l10n.t('"{0}" is nested too deeply to be compared.', name)
      : vscode.l10n.t('Line {0} of "{1}" is not valid JSON.', line, name),
  );
}
