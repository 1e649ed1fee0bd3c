import * as vscode from 'vscode';
import type { Account } from '../services/service';
import { askText, type Answer, type Frame } from './multiStepInput';

/** Asks for the name of an account. `others` are the accounts that may not have the same. */
export function askName(frame: Frame, value: string, others: readonly Account[]): Promise<Answer<string>> {
  return askText(frame, {
    prompt: vscode.l10n.t('The name of the account, as the tree shows it'),
    value,
    validate: (text) => {
      if (text === '') return vscode.l10n.t('Enter a name.');
      return others.some(({ name }) => name === text)
        ? vscode.l10n.t('Another account has this name. Choose a different one.')
        : undefined;
    },
  });
}
