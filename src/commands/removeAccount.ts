import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts';
import { pickAccount, type PickContext } from '../accounts/pickAccount';
import { serviceTitle } from '../services/registry';
import { tellError } from '../accounts/tell';
import type { Drafts } from '../actions/drafts';
import { comparedTextOf } from '../compare/comparedText';
import { compareScheme } from '../manifest';
import type { Panels } from '../panel/panels';
import { accountIdOf, type ResourcePath } from '../services/path';
import type { Account } from '../services/service';
import { plainText } from '../text/plainText';
import { ask } from '../ui/messages';
import type { Watches } from '../watch/watches';

/** What holds something of an account in this window. */
export interface AccountUsers {
  readonly drafts: Pick<Drafts, 'list'>;
  readonly panels: Pick<Panels, 'list'>;
  readonly watches: Pick<Watches, 'list'>;
}

/** Forgets an account and its secrets, after the user has agreed. */
export function removeAccount(
  context: PickContext & AccountUsers & { readonly accounts: Pick<Accounts, 'remove'> },
): (path?: unknown, paths?: unknown) => Promise<void> {
  return async (path, paths) => {
    const account = await pickAccount(
      context,
      { path, paths },
      vscode.l10n.t('Choose the account to remove'),
    );
    if (!account) return;
    const title = serviceTitle(account.service);
    const message = vscode.l10n.t('Remove the account "{0}" of {1}?', plainText(account.name), title);
    const detail = [
      vscode.l10n.t('Its saved credentials are deleted from this computer. Nothing changes at the service.'),
      ...(await consequences(account, context)),
    ].join('\n');
    const remove = vscode.l10n.t('Remove');
    if ((await ask({ message, detail, buttons: [remove] })) !== remove) return;
    await context.accounts.remove(account.id).catch(tellError);
  };
}

/** What becomes of what is open, a line for each kind. */
async function consequences(
  { id }: Account,
  { drafts, panels, watches }: AccountUsers,
): Promise<readonly string[]> {
  const isOf = (path: ResourcePath): boolean => accountIdOf(path) === id;
  const documents = (await drafts.list()).filter(({ resource }) => isOf(resource.path)).length;
  const details = panels.list().filter(isOf).length;
  const comparisons = comparedPaths().filter((paths) => paths.some(isOf)).length;
  const watched = watches.list().filter(isOf).length;
  return [
    documents > 0 &&
      vscode.l10n.t('Documents not sent: {0}. Their text stays, as documents without a file.', documents),
    details > 0 && vscode.l10n.t('Details that close: {0}.', details),
    comparisons > 0 && vscode.l10n.t('Comparisons that close: {0}.', comparisons),
    watched > 0 && vscode.l10n.t('Watched resources that are forgotten: {0}.', watched),
  ].filter((line) => line !== false);
}

/** The resources of each comparison that is open. */
function comparedPaths(): readonly (readonly ResourcePath[])[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? [input] : []))
    .map(({ original, modified }) =>
      [original, modified]
        .filter(({ scheme }) => scheme === compareScheme)
        .flatMap(({ query }) => pathOf(query)),
    );
}

function pathOf(query: string): readonly ResourcePath[] {
  const source = comparedTextOf(query)?.source;
  return source && 'path' in source ? [source.path] : [];
}
