import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts';
import { pickAccount, type PickContext } from '../accounts/pickAccount';
import type { Sessions } from '../accounts/sessions';
import { tellError, tellWarning, type Action } from '../accounts/tell';
import { verify } from '../accounts/verify';
import { accountPath, type ResourcePath } from '../services/path';
import type { Account } from '../services/service';
import { showInformation } from '../ui/messages';

/** What verifying an account works with. */
export interface VerifyContext extends PickContext {
  readonly accounts: Pick<Accounts, 'list' | 'get' | 'credentials'>;
  readonly sessions: Pick<Sessions, 'tryOut'>;
  readonly editAccount: (path: ResourcePath) => unknown;
  readonly showLog: () => unknown;
}

/** Asks the service whether an account's credentials work, and tells the user. */
export function verifyAccount(context: VerifyContext): (path?: unknown, paths?: unknown) => Promise<void> {
  return async (path, paths) => {
    const account = await pickAccount(
      context,
      { path, paths },
      vscode.l10n.t('Choose the account to verify'),
    );
    if (!account) return;
    try {
      const saved = await context.accounts.credentials(account.id);
      const identity = await verify(context.sessions, saved.account, saved.secrets);
      if (!identity) return;
      const text = vscode.l10n.t('"{0}" is signed in as {1}.', account.name, identity.name);
      if (identity.warning) tellWarning(identity.warning);
      else void showInformation(text);
    } catch (error) {
      tellError(error, ...remedies(context, account));
    }
  };
}

function remedies({ editAccount, showLog }: VerifyContext, account: Account): readonly Action[] {
  const edit = { title: vscode.l10n.t('Edit Account'), run: () => editAccount(accountPath(account.id)) };
  const log = { title: vscode.l10n.t('Show Log'), run: showLog };
  return account.sample ? [log] : [edit, log];
}
