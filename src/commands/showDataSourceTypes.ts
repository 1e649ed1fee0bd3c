import * as vscode from 'vscode';
import { serviceOf } from '../services/registry';
import type { Resource, Term } from '../services/service';
import type { Store } from '../store/store';
import { plainText } from '../tree/plainText';
import { copyLines } from './copyId';
import type { Handler } from './handler';
import { inView } from './progress';
import type { Targets } from './targets';

const glossary = 'dataSourceTypes';

/** Lists the data source types of an account; choosing one copies its id. */
export function showDataSourceTypes(targets: Targets, store: Store): Handler {
  return async (path) => {
    const account = await accountFor(targets, store, path);
    if (!account) return;
    const terms = await inView(async (signal) =>
      (await store.session(account.path)).terms(glossary, { signal, priority: 'interactive' }),
    );
    const chosen = await vscode.window.showQuickPick(terms.map(entry), {
      title: vscode.l10n.t('Data Source Types of {0}', plainText(account.label)),
      placeHolder: vscode.l10n.t('Choose one to copy its ID'),
      matchOnDescription: true,
    });
    if (chosen) await copyLines([chosen.description]);
  };
}

/** The account in question: the given one, or the only one that has such a list, or the user's choice. */
async function accountFor(targets: Targets, store: Store, path: unknown): Promise<Resource | undefined> {
  const able = store.accounts().filter((account) => has(store, account));
  const [only, another] = able;
  if (only && !another) return only;
  const account = await targets.one(['account'], path, vscode.l10n.t('Show the data source types of'));
  return account && has(store, account) ? account : undefined;
}

function has(store: Store, { path }: Resource): boolean {
  const account = store.account(path);
  return serviceOf(account?.service ?? '')?.glossaries.some(({ id }) => id === glossary) ?? false;
}

function entry({ id, label, description }: Term): vscode.QuickPickItem & { readonly description: string } {
  return {
    label: plainText(label),
    description: plainText(id),
    ...(description && { detail: plainText(description) }),
  };
}
