import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts';
import { knownService } from '../accounts/knownService';
import { pickAccount, type PickContext } from '../accounts/pickAccount';
import { signIn, type SignInContext } from '../accounts/signIn';
import { formOf } from '../accounts/signInForm';
import { tellError, tellWarning } from '../accounts/tell';
import type { Account } from '../services/service';
import { showInformation } from '../ui/messages';

/** What editing an account works with. */
export interface EditContext extends SignInContext, PickContext {
  readonly accounts: Pick<Accounts, 'list' | 'get' | 'credentials' | 'update'>;
}

/** Asks all questions of an account again, its answers filled in, verifies it, and saves it. */
export function editAccount(context: EditContext): (path?: unknown, paths?: unknown) => Promise<void> {
  return async (path, paths) => {
    const account = await pickAccount(context, { path, paths }, vscode.l10n.t('Choose the account to edit'));
    if (!account) return;
    if (account.sample) {
      void showInformation(vscode.l10n.t('The sample account has no credentials to edit.'));
      return;
    }
    try {
      await edit(context, account);
    } catch (error) {
      tellError(error);
    }
  };
}

async function edit(context: EditContext, chosen: Account): Promise<void> {
  const service = knownService(context.services, chosen.service);
  // Secrets that cannot be used are what an edit repairs: they are all asked for.
  const { account, secrets } = await context.accounts
    .credentials(chosen.id)
    .catch(() => ({ account: chosen, secrets: {} }));
  const signedIn = await signIn(context, formOf(account, service, secrets));
  if (!signedIn) return;
  const { definition, secrets: entered, production } = signedIn;
  const { name, settings } = definition;
  await context.accounts.update(account.id, { name, settings, ...(production && { production }) }, entered);
  tellWarning(signedIn.identity?.warning);
}
