import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts';
import { pickAccount, serviceTitle, type PickContext } from '../accounts/pickAccount';
import { tellError } from '../accounts/tell';
import { ask } from '../ui/messages';

/** Forgets an account and its secrets, after the user has agreed. */
export function removeAccount(
  context: PickContext & { readonly accounts: Pick<Accounts, 'remove'> },
): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const account = await pickAccount(context, argument, vscode.l10n.t('Choose the account to remove'));
    if (!account) return;
    const title = serviceTitle(context.services, account);
    const message = vscode.l10n.t('Remove the account "{0}" of {1}?', account.name, title);
    const detail = vscode.l10n.t(
      'Its saved credentials are deleted from this computer. Nothing changes at the service.',
    );
    const remove = vscode.l10n.t('Remove');
    if ((await ask({ message, detail, buttons: [remove] })) !== remove) return;
    await context.accounts.remove(account.id).catch(tellError);
  };
}
