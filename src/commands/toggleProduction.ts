import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts';
import { pickAccount, type PickContext } from '../accounts/pickAccount';
import { tellError } from '../accounts/tell';

/** Marks an account as production, or takes the mark away. */
export function toggleProduction(
  context: PickContext & { readonly accounts: Pick<Accounts, 'update'> },
): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const placeholder = vscode.l10n.t('Choose the account to mark or unmark as production');
    const account = await pickAccount(context, argument, placeholder);
    if (!account) return;
    await context.accounts.update(account.id, { production: !account.production }).catch(tellError);
  };
}
