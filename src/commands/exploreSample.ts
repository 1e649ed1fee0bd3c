import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts';
import { tellError } from '../accounts/tell';

/** Shows the sample data: its account is added where there is none; the service is started by the first session. */
export function exploreSample(context: {
  readonly accounts: Pick<Accounts, 'list' | 'add'>;
}): () => Promise<void> {
  return async () => {
    try {
      if (!context.accounts.list().some(({ sample }) => sample)) {
        const name = vscode.l10n.t('Sample Data');
        await context.accounts.add({ service: 'cja', name, sample: true, settings: {} }, {});
      }
      await vscode.commands.executeCommand('connectionsExplorer.connections.focus');
    } catch (error) {
      tellError(error);
    }
  };
}
