import * as vscode from 'vscode';
import type { Secrets, Identity } from '../../core/services/contract/signIn';
import type { AccountDefinition } from './accounts';
import { cancellable } from '../../ui/cancellation';
import type { Sessions } from './sessions';

/**
 * Verifies a sign-in, with a progress message that can cancel it.
 * @returns undefined where the user cancelled.
 * @throws HttpError where the sign-in fails.
 */
export function verify(
  sessions: Pick<Sessions, 'verify'>,
  definition: AccountDefinition,
  secrets: Secrets,
): Promise<Identity | undefined> {
  const title = vscode.l10n.t('Verifying "{0}"', definition.name);
  return cancellable(title, (call) => sessions.verify(definition, secrets, call));
}
