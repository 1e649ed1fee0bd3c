import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts';
import { askName } from '../accounts/askName';
import { pickAccount, type PickContext } from '../accounts/pickAccount';
import { tellError } from '../accounts/tell';

/** Asks for another name of an account. */
export function renameAccount(
  context: PickContext & { readonly accounts: Pick<Accounts, 'update'> },
): (path?: unknown, paths?: unknown) => Promise<void> {
  return async (path, paths) => {
    const account = await pickAccount(
      context,
      { path, paths },
      vscode.l10n.t('Choose the account to rename'),
    );
    if (!account) return;
    const others = context.accounts.list().filter(({ id }) => id !== account.id);
    const title = vscode.l10n.t('Rename Account "{0}"', account.name);
    const answer = await askName({ title, back: false }, account.name, others);
    if (answer.go !== 'next' || answer.value === account.name) return;
    await context.accounts.update(account.id, { name: answer.value }).catch(tellError);
  };
}
