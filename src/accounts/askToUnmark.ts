import * as vscode from 'vscode';
import type { Account } from '../services/service';
import { isSameName } from './isSameName';
import { askText, type Answer, type Frame } from './multiStepInput';

/** Asks for the name of an account before its production mark is taken off. @returns the name as it was typed. */
export function askToUnmark(back: Frame['back'], { name }: Account): Promise<Answer<string>> {
  const title = vscode.l10n.t('Remove the Production Mark of "{0}"', name);
  return askText(
    { title, back },
    {
      prompt: vscode.l10n.t(
        'Runs, links and other changes on this account will no longer ask for a name. Type its name to confirm: {0}',
        name,
      ),
      value: '',
      validate: (text) =>
        isSameName(text, name) ? undefined : vscode.l10n.t('This is not the name of the account: {0}', name),
    },
  );
}
