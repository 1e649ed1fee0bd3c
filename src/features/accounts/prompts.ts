import * as vscode from 'vscode';
import { getAccountId, parsePath } from '../../core/services/contract/path';
import type { Account } from '../../core/services/contract/signIn';
import type { Accounts } from './accounts';
import { accountItem } from '../../ui/text';
import { showInformation } from '../../ui/messages';
import { showQuickPick } from '../../ui/quickInput';
import { askText, askTypedName, type Answer, type WizardStep } from '../../ui/multiStepInput';

export interface PickContext {
  readonly accounts: Pick<Accounts, 'list' | 'get'>;
}

/** Arguments that VS Code passes to a command: the path of a tree row, and of all rows if several are selected. */
export interface RowArguments {
  readonly path?: unknown;
  readonly paths?: unknown;
}

/** Which accounts a command can do its work on. */
interface Choice {
  readonly fits: (account: Account) => boolean;
  /** Said if none fits. */
  readonly none: string;
}

/**
 * Returns the account of the rows that a command was called with, or lets the user pick one.
 * @returns undefined if the user canceled, or no account fits.
 */
export async function pickAccount(
  context: PickContext,
  { path, paths }: RowArguments,
  texts: Readonly<Record<'title' | 'placeHolder', string>>,
  choice?: Choice,
): Promise<Account | undefined> {
  const named: readonly unknown[] = Array.isArray(paths) && paths.length > 0 ? paths : [path];
  const ids = new Set(named.flatMap(idIn));
  const [only] = ids;
  if (!choice && only !== undefined && ids.size === 1) return context.accounts.get(only);
  const all = context.accounts.list();
  const offered = all.filter(
    (account) => (ids.size === 0 || ids.has(account.id)) && choice?.fits(account) !== false,
  );
  if (ids.size === 1 && offered.length === 1) return offered[0];
  if (offered.length === 0) {
    const isEmpty = all.length === 0 || !choice;
    void showInformation(
      isEmpty ? vscode.l10n.t('There are no accounts. Add an account first.') : choice.none,
    );
    return undefined;
  }
  const items = offered.map((account) => ({ ...accountItem(account), account }));
  return (await showQuickPick(items, { ...texts, matchOnDescription: true }))?.account;
}

/** The account ID in a path, or an empty list if it is not a path. */
function idIn(path: unknown): readonly string[] {
  const known = typeof path === 'string' ? parsePath(path) : undefined;
  return known ? [getAccountId(known)] : [];
}

/** Prompts for the name of an account. @param others accounts whose names are taken. */
export function promptName(
  frame: WizardStep,
  value: string,
  others: readonly Account[],
): Promise<Answer<string>> {
  return askText(frame, {
    prompt: vscode.l10n.t('The name of the account, shown in the tree'),
    value,
    validate: (text) => {
      if (text === '') return vscode.l10n.t('Enter a name.');
      return others.some(({ name }) => name === text)
        ? vscode.l10n.t('An account with this name already exists. Enter a different name.')
        : undefined;
    },
  });
}

/** Prompts for the account name before its production mark is removed. @returns the name as typed. */
export function promptToUnmark(back: WizardStep['back'], { name }: Account): Promise<Answer<string>> {
  const title = vscode.l10n.t('Remove the Production Mark of "{0}"', name);
  const prompt = vscode.l10n.t(
    'Runs, links and other changes on this account will no longer require typing a name. Type the account name to confirm: {0}',
    name,
  );
  return askTypedName({ title, back }, name, prompt);
}
