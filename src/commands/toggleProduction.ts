import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts';
import { askToUnmark } from '../accounts/askToUnmark';
import { pickAccount, type PickContext } from '../accounts/pickAccount';
import { tellError } from '../accounts/tell';

/** Marks an account as production, or takes the mark away, which asks for the account's name. */
export function toggleProduction(
  context: PickContext & { readonly accounts: Pick<Accounts, 'update'> },
): (path?: unknown, paths?: unknown) => Promise<void> {
  return async (path, paths) => {
    const placeholder = vscode.l10n.t('Choose the account to mark or unmark as production');
    const account = await pickAccount(context, { path, paths }, placeholder);
    if (!account) return;
    if (!account.production) {
      await context.accounts.update(account.id, { production: true }).catch(tellError);
      return;
    }
    const answer = await askToUnmark(false, account);
    if (answer.go !== 'next') return;
    await context.accounts.update(account.id, { production: { typedName: answer.value } }).catch(tellError);
  };
}
