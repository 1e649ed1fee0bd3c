import * as vscode from 'vscode';
import type { Account } from '../../core/services/contract/signIn';
import { askText, type Answer, type WizardStep } from '../../ui/multiStepInput';
import { isSameName } from '../../shared/plainText';

/** Asks for the name of an account. `others` are the accounts that may not have the same. */
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

/** Asks for the name of an account before its production mark is taken off. @returns the name as it was typed. */
export function promptToUnmark(back: WizardStep['back'], { name }: Account): Promise<Answer<string>> {
  const title = vscode.l10n.t('Unmark "{0}" as Production', name);
  return askText(
    { title, back },
    {
      prompt: vscode.l10n.t(
        'Runs, links and other changes on this account will no longer require typing a name. Type the account name to confirm: {0}',
        name,
      ),
      value: '',
      validate: (text) =>
        isSameName(text, name) ? undefined : vscode.l10n.t('The account name does not match: {0}', name),
    },
  );
}
