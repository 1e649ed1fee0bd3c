import * as vscode from 'vscode';
import { accountIdOf, parsePath } from '../services/path';
import type { Account, Service } from '../services/service';
import type { Accounts } from './accounts';
import { showInformation } from '../ui/messages';
import { showQuickPick } from '../ui/quickInput';

/** What choosing an account works with. */
export interface PickContext {
  readonly accounts: Pick<Accounts, 'list' | 'get'>;
  readonly services: readonly Service[];
}

/**
 * The account that a command is for: that of the path it was called with, else the one that the user chooses.
 * @param argument what VS Code hands to the command: the path of a row of the tree, or nothing.
 * @returns undefined where the user chose none, or there is none.
 */
export async function pickAccount(
  context: PickContext,
  argument: unknown,
  placeholder: string,
): Promise<Account | undefined> {
  const path = typeof argument === 'string' ? parsePath(argument) : undefined;
  if (path) return context.accounts.get(accountIdOf(path));
  const items = context.accounts.list().map((account) => itemOf(context.services, account));
  if (items.length === 0) {
    void showInformation(vscode.l10n.t('There is no account yet. Add one first.'));
    return undefined;
  }
  const options = { placeHolder: placeholder, matchOnDescription: true };
  return (await showQuickPick(items, options))?.account;
}

/** What people call the service of an account. */
export function serviceTitle(services: readonly Service[], account: Account): string {
  return services.find(({ id }) => id === account.service)?.title ?? account.service;
}

function itemOf(services: readonly Service[], account: Account): vscode.QuickPickItem & { account: Account } {
  const marks = [
    serviceTitle(services, account),
    ...(account.production ? [vscode.l10n.t('production')] : []),
  ];
  return { label: account.name, description: marks.join(' · '), account };
}
