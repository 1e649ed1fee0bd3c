import * as vscode from 'vscode';
import type { SignInMethod, Field, Choice } from '../../core/services/contract/signIn';
import { decodeText } from '../../core/base/decodeText';
import { cancellable } from '../../ui/cancellation';
import type { Sessions } from './sessions';
import { partialAccount, type SignInForm } from './signInForm';
import { showError } from '../../ui/messages';

/** The choices that the service returned for a field. Without choices the user types a value. */
export interface FetchedChoices {
  readonly choices?: readonly Choice[];
  /** Why the choices could not be loaded. */
  readonly failure?: unknown;
}

/** Asks the service for the choices of a field, using the answers given so far. */
export async function fetchChoices(
  field: Field,
  form: SignInForm,
  sessions: Pick<Sessions, 'choices'>,
): Promise<FetchedChoices> {
  const draft = field.listed ? partialAccount(form, field.key) : undefined;
  if (!draft) return {};
  const { definition, secrets } = draft;
  try {
    const title = vscode.l10n.t('Loading options for {0}', field.label);
    const choices = await cancellable(title, (call) =>
      sessions.choices(definition, secrets, field.key, call),
    );
    return choices && choices.length > 0 ? { choices } : {};
  } catch (failure) {
    return { failure };
  }
}

/** In bytes. Credentials files are far smaller. */
const MAX_FILE_BYTES = 1_000_000;

/**
 * Lets the user pick a credentials file, and reads its fields. Shows an error if the file is unusable.
 * @returns undefined if the user canceled or the file is unusable.
 */
export async function importCredentials(
  method: SignInMethod,
): Promise<Readonly<Record<string, string>> | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import Credentials File'),
      openLabel: vscode.l10n.t('Import'),
      filters: {
        [vscode.l10n.t('Credentials')]: ['json', 'env'],
        // Files such as .env.local have other endings, and on macOS .env has none.
        [vscode.l10n.t('All Files')]: ['*'],
      },
    })) ?? [];
  if (!file) return undefined;
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > MAX_FILE_BYTES)
      throw new Error(vscode.l10n.t('The file is too large to be a credentials file.'));
    return await method.importFile?.(decode(await vscode.workspace.fs.readFile(file)));
  } catch (error) {
    void showError(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** @throws Error whose message says that the file holds no text. */
function decode(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch (cause) {
    throw new Error(vscode.l10n.t('The file is not a text file.'), { cause });
  }
}
