import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts';
import { pickAccount, type PickContext } from '../accounts/pickAccount';
import { signIn, type SignInContext } from '../accounts/signIn';
import { formOf } from '../accounts/signInForm';
import { tellError, tellWarning } from '../accounts/tell';
import type { Secrets } from '../services/service';

/** What editing an account works with. */
export interface EditContext extends SignInContext, PickContext {
  readonly accounts: Pick<Accounts, 'list' | 'get' | 'secrets' | 'update'>;
}

/** Asks all questions of an account again, its answers filled in, verifies it, and saves it. */
export function editAccount(context: EditContext): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const account = await pickAccount(context, argument, vscode.l10n.t('Choose the account to edit'));
    const service = context.services.find(({ id }) => id === account?.service);
    if (!account || !service) return;
    if (account.sample) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The sample account has no credentials to edit.'),
      );
      return;
    }
    const kept = await savedSecrets(context.accounts, account.id);
    const signedIn = await signIn(context, formOf(account, service, kept));
    if (!signedIn) return;
    try {
      const { name, production = false, settings } = signedIn.definition;
      await context.accounts.update(account.id, { name, production, settings }, signedIn.secrets);
      tellWarning(signedIn.identity?.warning);
    } catch (error) {
      tellError(error);
    }
  };
}

/** Damaged secrets are what an edit mends: they are all asked for. */
async function savedSecrets(accounts: Pick<Accounts, 'secrets'>, id: string): Promise<Secrets> {
  return accounts.secrets(id).catch(() => ({}));
}
