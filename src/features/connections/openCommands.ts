import * as vscode from 'vscode';
import type { Store } from '../../core/store/store';
import { chooseConnection } from './goToConnection';
import type { ConnectionsView } from './view';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { confirmMany } from '../../ui/commands/rows';
import { type Targets, reportLeftOut, copyLines, toPaths } from '../../ui/commands/targets';
import { showQuickPick } from '../../ui/quickInput';
import type { Glossary, GlossaryTerm } from '../../core/services/contract/properties';
import type { Resource } from '../../core/services/contract/resource';
import { kindsThat } from '../../shared/kinds';
import { findService } from '../../core/services/registry';
import { plainText } from '../../shared/plainText';
import { idLines } from '../../ui/idLines';
import { getName } from '../../ui/text';
import { inView } from '../../ui/cancellation';
import { showInformation } from '../../ui/messages';
import type { Log } from '../../ui/log';

interface OpenContext {
  readonly targets: Targets;
  readonly store: Store;
  readonly view: Pick<ConnectionsView, 'reveal'>;
  readonly log: Pick<Log, 'show'>;
}

/** Commands that show something elsewhere. */
export const openCommands = {
  /** Finds a connection or dataset of any account by name or ID, and selects it in the tree. */
  goToConnection: { rows: 'none', handler: goToConnection },
  /** Opens the page in the web interface of the service, if it has one. */
  openInBrowser: { rows: 'several', handler: openInBrowser },
  /** Lists words that a service publishes, such as data source types or connectors. Choose one to copy its ID. */
  showGlossary: { rows: 'one', inTitleBar: true, handler: showGlossary },
  /** Opens the log of all requests. */
  showLog: { rows: 'none', handler: showLog },
  /** Selects the resource of a run or hover in the tree. */
  revealInTree: { rows: 'one', handler: revealInTree },
} satisfies CommandTable<OpenContext>;

function goToConnection({ targets, store, view }: OpenContext): Handler {
  return async () => {
    const path = await chooseConnection(targets, store);
    if (!path) return;
    await inView(async () => {
      await targets.take(path);
      await view.reveal(path);
    });
  };
}

function openInBrowser({ targets, store }: OpenContext): Handler {
  return async (path, paths) => {
    const resources = await targets.some(kindsThat('hasLink'), path, paths, vscode.l10n.t('Open in browser'));
    const pages = await Promise.all(resources.map((resource) => toPage(resource, store)));
    const links = pages.flatMap(({ link }) => link ?? []);
    if (links.length > 0) reportLeftOut(pages.filter(({ link }) => link === undefined));
    if (!(await confirmMany(links.length, vscode.l10n.t('Open {0} pages in the browser?', links.length))))
      return;
    // VS Code opens a string unchanged, but encodes a Uri: the second `#` of Adobe's links would become `%23`.
    for (const link of links) await vscode.commands.executeCommand('vscode.open', link);
  };
}

async function toPage(
  resource: Resource,
  store: Store,
): Promise<Pick<Resource, 'label'> & { readonly link: string | undefined }> {
  const session = await store.session(resource.path);
  return { label: resource.label, link: session.webLink(resource) };
}

interface GlossaryItem extends vscode.QuickPickItem {
  readonly account: Resource;
  readonly glossary: Glossary;
}

function showGlossary({ targets, store }: OpenContext): Handler {
  return async (path, paths) => {
    const given = await targets.among(['account'], path, paths);
    const offered = given.flatMap((account) => listGlossaries(store, account));
    // The title bar of the view passes the focused row, whose service may have no glossary.
    const all = store.accounts().flatMap((account) => listGlossaries(store, account));
    const chosen = await choose(offered.length > 0 ? offered : all);
    if (!chosen) return;
    const { account, glossary } = chosen;
    const terms = await inView(async (signal) => {
      const session = await store.session(account.path);
      return (await session.glossaryTerms?.(glossary.id, { signal, priority: 'interactive' })) ?? [];
    });
    const term = await showQuickPick(terms.map(entry), {
      title: vscode.l10n.t('{0} of {1}', glossary.title, plainText(account.label)),
      placeHolder: vscode.l10n.t('Select an entry to copy its ID'),
      matchOnDescription: true,
    });
    if (!term || term.of.problem) return;
    await copyLines(idLines([term.of]), () => vscode.l10n.t('Copied ID of {0}', getName(term.of)));
  };
}

function listGlossaries(store: Store, account: Resource): readonly GlossaryItem[] {
  const service = findService(store.account(account.path)?.service ?? '');
  return (service?.glossaries?.() ?? []).map((glossary) => ({
    label: glossary.title,
    description: plainText(account.label),
    account,
    glossary,
  }));
}

async function choose(items: readonly GlossaryItem[]): Promise<GlossaryItem | undefined> {
  const [only, another] = items;
  if (only && another) {
    const title = vscode.l10n.t('Show Glossary');
    const placeHolder = vscode.l10n.t('Select a glossary');
    return showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  }
  if (!only) void showInformation(vscode.l10n.t('No glossary is available for these accounts.'));
  return only;
}

function entry(of: GlossaryTerm): vscode.QuickPickItem & { readonly of: GlossaryTerm } {
  const { id, label, description, problem } = of;
  return {
    of,
    label: plainText(label),
    description: plainText(id),
    ...(problem && { iconPath: new vscode.ThemeIcon('warning') }),
    ...(description && { detail: plainText(description) }),
  };
}

function showLog({ log }: OpenContext): Handler {
  return () => {
    log.show();
  };
}

/** The handler throws as `ConnectionsView.reveal`. */
function revealInTree({ targets, view }: OpenContext): Handler {
  return async (path) => {
    const [named] = toPaths(path, undefined);
    const wanted = named ?? (await targets.choose(kindsThat('hasId'), vscode.l10n.t('Reveal in tree')))?.path;
    if (wanted) await inView(() => view.reveal(wanted));
  };
}
