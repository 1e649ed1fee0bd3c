import * as vscode from 'vscode';
import { serviceOf } from '../services/registry';
import type { Glossary, Resource, Term } from '../services/service';
import type { Store } from '../store/store';
import { plainText } from '../text/plainText';
import { idLines } from '../tree/idLines';
import { nameOf } from '../tree/nameOf';
import { copyLines } from './copyLines';
import type { Handler } from './handler';
import { inView } from './progress';
import type { Targets } from './targets';
import { showInformation } from '../ui/messages';
import { showQuickPick } from '../ui/quickInput';

interface GlossaryItem extends vscode.QuickPickItem {
  readonly account: Resource;
  readonly glossary: Glossary;
}

/** Lists the words that the service of an account publishes; choosing one copies its id. */
export function showGlossary(targets: Targets, store: Store): Handler {
  return async (path, paths) => {
    const given = targets.among(['account'], path, paths);
    const offered = given.flatMap((account) => glossariesOf(store, account));
    // The title of the view hands over the focused row, whose service need not publish any.
    const all = store.accounts().flatMap((account) => glossariesOf(store, account));
    const chosen = await choose(offered.length > 0 ? offered : all);
    if (!chosen) return;
    const { account, glossary } = chosen;
    const terms = await inView(async (signal) => {
      const session = await store.session(account.path);
      return (await session.terms?.(glossary.id, { signal, priority: 'interactive' })) ?? [];
    });
    const term = await showQuickPick(terms.map(entry), {
      title: vscode.l10n.t('{0} of {1}', glossary.title, plainText(account.label)),
      placeHolder: vscode.l10n.t('Choose one to copy its ID'),
      matchOnDescription: true,
    });
    if (!term || term.of.problem) return;
    await copyLines(idLines([term.of]), () => vscode.l10n.t('Copied ID of {0}', nameOf(term.of)));
  };
}

function glossariesOf(store: Store, account: Resource): readonly GlossaryItem[] {
  const service = serviceOf(store.account(account.path)?.service ?? '');
  return (service?.glossaries ?? []).map((glossary) => ({
    label: glossary.title,
    description: plainText(account.label),
    account,
    glossary,
  }));
}

async function choose(items: readonly GlossaryItem[]): Promise<GlossaryItem | undefined> {
  const [only, another] = items;
  if (only && another) return showQuickPick(items, { matchOnDescription: true });
  if (!only) void showInformation(vscode.l10n.t('No service of these accounts publishes a list of words.'));
  return only;
}

function entry(of: Term): vscode.QuickPickItem & { readonly of: Term } {
  const { id, label, description, problem } = of;
  return {
    of,
    label: plainText(label),
    description: plainText(id),
    ...(problem && { iconPath: new vscode.ThemeIcon('warning') }),
    ...(description && { detail: plainText(description) }),
  };
}
