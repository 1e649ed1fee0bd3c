import * as vscode from 'vscode';
import type { Account, Action, Resource } from '../services/service';
import { plainText } from '../text/plainText';
import { ask } from '../ui/messages';
import { showInputBox } from '../ui/quickInput';

/** What the user is asked to agree to. */
export interface Intent {
  readonly action: Action;
  readonly resource: Resource;
  readonly account: Account;
  /** The name of the service, for people. */
  readonly service: string;
}

/**
 * How much is asked before an action: on a production account always the name, else what the action calls for.
 */
export function caution({ action, account }: Pick<Intent, 'action' | 'account'>): Action['danger'] {
  return account.production ? 'typeName' : action.danger;
}

/** Asks the user, naming resource, service and account, as far as the action calls for it. @returns true to go on. */
export async function agree(intent: Intent): Promise<boolean> {
  switch (caution(intent)) {
    case 'harmless':
      return true;
    case 'confirm':
      return confirm(intent);
    case 'typeName':
      return typeName(intent);
  }
}

async function confirm(intent: Intent): Promise<boolean> {
  const title = verbPhrase(intent.action);
  return (await ask({ message: question(intent), buttons: [title] })) === title;
}

async function typeName(intent: Intent): Promise<boolean> {
  const name = plainText(intent.resource.label);
  const typed = await showInputBox({
    title: question(intent),
    prompt: vscode.l10n.t('Type its name to go on: {0}', name),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === '' || text === name ? undefined : vscode.l10n.t('This is not the name: {0}', name),
  });
  return typed === name;
}

function question({ action, resource, account, service }: Intent): string {
  const name = plainText(resource.label);
  const production = account.production ? ` – ${vscode.l10n.t('Production')}` : '';
  return vscode.l10n.t(
    '{0} "{1}" of {2} ({3}{4})?',
    verbPhrase(action),
    name,
    service,
    account.name,
    production,
  );
}

/** The title of an action inside a sentence or on a button: without the dots that promise a question. */
export function verbPhrase({ title }: Pick<Action, 'title'>): string {
  return title.replace(/(…|\.\.\.)$/, '');
}
