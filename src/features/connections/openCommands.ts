import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { inSlices } from '../../core/base/turns';
import type { Store } from '../../core/store/store';
import type { ConnectionsView } from './view';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { loadedItems } from '../../ui/commands/loadedItems';
import { confirmMany } from '../../ui/commands/rows';
import {
  type ResourceItem,
  type Targets,
  reportLeftOut,
  copyLines,
  toPaths,
} from '../../ui/commands/targets';
import { createQuickPick, type Entry, type QuickPick, showQuickPick } from '../../ui/quickInput';
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
  showGlossary: { rows: 'one', handler: showGlossary },
  /** Opens the log of all requests. */
  showLog: { rows: 'none', handler: showLog },
  /** Selects the resource of a run or hover in the tree. */
  revealInTree: { rows: 'one', handler: revealInTree },
} satisfies CommandTable<OpenContext>;

function goToConnection({ targets, store, view }: OpenContext): Handler {
  return async () => {
    const path = await chooseConnection(targets, store);
    if (path) await view.reveal(path);
  };
}

/** Lists loaded connections and datasets at once, and adds the others while the user types. */
async function chooseConnection(targets: Targets, store: Store): Promise<ResourceItem['path'] | undefined> {
  const pick = createQuickPick<ResourceItem>();
  pick.setTexts({
    title: vscode.l10n.t('Go to Connection'),
    placeholder: vscode.l10n.t('Name or ID of a connection or dataset'),
  });
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  const controller = new AbortController();
  let latest = 0;
  const show = async (): Promise<void> => {
    const own = (latest += 1);
    const isOutdated = (): boolean => controller.signal.aborted || own !== latest;
    const making = loadedItems(store.loaded(), ['connection', 'dataset'], (resource) =>
      pick.entryOf(targets.item(resource)),
    );
    const entries = await inSlices(making, isOutdated);
    if (entries) replaceEntries(pick, entries);
  };
  pick.busy = true;
  void loadEverything(store, controller.signal, show).finally(() => (pick.busy = false));
  return new Promise((resolve) => {
    const registration = vscode.Disposable.from(
      pick,
      pick.onDidAccept(() => {
        const chosen = pick.getActiveItem();
        if (!chosen) return;
        resolve(chosen.path);
        pick.hide();
      }),
      pick.onDidHide(() => {
        controller.abort();
        resolve(undefined);
        registration.dispose();
      }),
    );
    pick.show();
  });
}

/** Replaces the entries, unless they are the same. The active entry stays active. */
function replaceEntries(pick: QuickPick<ResourceItem>, entries: readonly Entry<ResourceItem>[]): void {
  const shown = pick.getEntries();
  if (entries.length === shown.length && entries.every((entry, at) => isSame(entry, shown[at]))) return;
  const active = pick.getActiveItem()?.path;
  pick.setEntries(entries);
  pick.setActiveItem(entries.find(({ item }) => item.path === active)?.item);
}

function isSame({ item, ...entry }: Entry<ResourceItem>, other: Entry<ResourceItem> | undefined): boolean {
  if (item.path !== other?.item.path || !isDeepStrictEqual(entry.iconPath, other.iconPath)) return false;
  const texts = ['label', 'description', 'detail'] as const;
  return texts.every((text) => entry[text] === other[text]);
}

/** Loads all connections, then their datasets with one request per page. Failures appear in the tree. */
async function loadEverything(store: Store, signal: AbortSignal, show: () => Promise<void>): Promise<void> {
  const paths = store.accounts().map(({ path }) => path);
  try {
    await show();
    await Promise.all(paths.map((path) => store.load(path, { all: true, asked: true, signal })));
    await show();
    const deeper = { depth: 1, scope: 'all' } as const;
    const how = { refresh: true, all: true, asked: true, priority: 'background' } as const;
    await Promise.all(paths.map((path) => store.load(path, { ...how, prefetch: deeper, signal })));
    await show();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
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
    const given = targets.among(['account'], path, paths);
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
