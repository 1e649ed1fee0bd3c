import * as vscode from 'vscode';
import type { Identity, Secrets } from '../services/service';
import type { AccountDefinition } from './accounts';
import type { Sessions } from './sessions';

/**
 * Verifies a sign-in, with a progress message that can cancel it.
 * @returns undefined where the user cancelled.
 * @throws HttpError where the sign-in fails.
 */
export async function verify(
  sessions: Pick<Sessions, 'tryOut'>,
  definition: AccountDefinition,
  secrets: Secrets,
): Promise<Identity | undefined> {
  const title = vscode.l10n.t('Verifying "{0}"', definition.name);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      controller.abort();
    });
    try {
      return await sessions.tryOut(definition, secrets, {
        signal: controller.signal,
        priority: 'interactive',
      });
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
}
