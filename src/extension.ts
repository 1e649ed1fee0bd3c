import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { AccountTabs } from './ui/documents/accountTabs';
import { Accounts } from './features/accounts/accounts';
import { Sessions } from './features/accounts/sessions';
import type { ConnectionsExplorerApi } from './api';
import { ActionLoader } from './features/actions/actionLoader';
import { RunningActions } from './features/actions/runningActions';
import { ChosenFiles } from './features/compare/chosenFiles';
import { Comparisons } from './features/compare/comparisons';
import { registerTools } from './features/tools/registerTools';
import type { CommandContext } from './commandHandlers';
import { registerCommands } from './ui/commands/register';
import { JsonDocuments } from './features/editor/jsonDocuments';
import { LanguageFeatureLoader } from './features/editor/languageFeatureLoader';
import { createApi } from './api/createApi';
import { type ApiContext } from './api/context';
import type { HttpClientDependencies } from './core/http/dependencies';
import { KnownSecrets } from './core/redaction/knownSecrets';
import { Log } from './ui/log';
import { commands, compareScheme, jsonScheme } from './shared/contributions';
import { Panels } from './features/details/panels';
import { sampleStarter } from './features/accounts/sampleAccount';
import { services } from './core/services/registry';
import { logCorrectedSettings, readSettings } from './ui/configuration';
import { Store } from './core/store/store';
import { WindowStorage } from './ui/storage/windowStorage';
import { TreeFilter } from './features/connections/filter';
import { ConnectionsTree } from './features/connections/provider';
import { ConnectionsView } from './features/connections/view';
import { vscodeEvent } from './ui/vscodeEvent';
import { NotificationSuppressor } from './features/runs/notificationSuppressor';
import { RunsView } from './features/runs/runsView';
import type { WatchContext } from './features/runs/runTracking';
import { WatchList } from './features/runs/watchList';
import { LastTextEditor } from './ui/lastTextEditor';

/** Builds the graph of objects and registers it. Asks no service, and waits for nothing. */
export function activate(context: vscode.ExtensionContext): ConnectionsExplorerApi {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const secrets = new KnownSecrets();
  const log = new Log(secrets);
  const sample = sampleStarter();
  const storage = new WindowStorage(context);
  const accounts = new Accounts(storage.accountState, context.secrets, services);
  const sessions = new Sessions({
    ...{ accounts, services, startSample: sample.start, knownSecrets: secrets },
    http: async () => (await import('./core/http/client')).httpClientFactory(surroundings(log, secrets)),
  });
  const store = new Store(
    {
      list: () => accounts.list(),
      session: (id) => sessions.of(id),
      idPattern: (id) => services.find((service) => service.id === id)?.idPattern,
      onDidChange: accounts.onDidChange,
    },
    () => readSettings().pageSize,
  );
  const treeFilter = new TreeFilter(store, storage);
  const watches = new WatchList(storage, accounts);
  const mutes = new NotificationSuppressor(storage);
  const ongoing = new RunningActions();
  const tree = new ConnectionsTree(store, treeFilter, watches, ongoing);
  const editors = new LastTextEditor(isReadOnly);
  const view = new ConnectionsView(store, treeFilter, tree, editors);
  const documents = new JsonDocuments(store);
  const comparisons = new Comparisons(store, new ChosenFiles(storage), secrets);
  const accountTabs = new AccountTabs(store);
  const actions = new ActionLoader({
    ...{ store, mutes, ongoing, secrets },
    ...{ extensionId: context.extension.id, storage: context.globalStorageUri },
  });
  const panels = new Panels({ store, view, actions, extension: context.extensionUri });
  const runs = new RunsView({
    ...{ store, accounts, watches, mutes, screen: onScreen(tree, view, panels) },
    ...{ storage, settings: readSettings, openedAt: Date.now() },
  });
  const languageFeatures = new LanguageFeatureLoader(store);
  const commandContext: Omit<CommandContext, 'drafts' | 'performer'> = {
    ...{ accounts, sessions, services, store, tree, treeFilter, view, documents, comparisons },
    ...{ watches, runs, panels, editors, log, secrets },
  };
  const registration = registerCommands(async () => {
    const { drafts, performer } = await actions.load();
    return (await import('./commandHandlers')).commandHandlers({ ...commandContext, drafts, performer });
  }, log);
  // globalState tells nothing of changes in other windows, and SecretStorage may tell them before they are there, or not at
  // all. What was written shortly before the focus came may still be on its way.
  const rescan = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (!focused) return;
    accounts.rescan();
    storage.rescanSoon();
  });
  // VS Code disposes in this order: what is used outlives its users.
  context.subscriptions.push(
    registration,
    registerTools(store, secrets),
    rescan,
    logCorrectedSettings(log),
    runs,
    panels,
    actions,
    accountTabs,
    comparisons,
    documents,
    languageFeatures,
    view,
    editors,
    tree,
    treeFilter,
    watches,
    mutes,
    storage,
    store,
    sessions,
    accounts,
    sample,
    log,
  );
  if (wantsSample(context)) void vscode.commands.executeCommand(commands.exploreSample, 'cja');
  return createApi({
    ...{ accounts, sessions, services, store, vscodeEvent },
    confirmApiAccess: accessQuestions(context),
    unexpected: (error) => {
      void log.unexpected('api', error);
    },
  });
}

/** Documents of ours that show something. */
function isReadOnly({ uri }: vscode.TextDocument): boolean {
  return [jsonScheme, compareScheme].includes(uri.scheme);
}

/** What every account's client works in. */
function surroundings(log: Log, secrets: KnownSecrets): HttpClientDependencies {
  return {
    secrets,
    log: (entry) => {
      log.request(entry);
    },
    timeouts: readSettings().timeouts,
  };
}

/** What the user sees of connections. */
function onScreen(tree: ConnectionsTree, view: ConnectionsView, panels: Panels): WatchContext['screen'] {
  return {
    get treeVisible() {
      return view.visible;
    },
    get panels() {
      return panels.visible;
    },
    isExpanded: (path) => tree.isExpanded(path),
    onDidChange: (listener) =>
      vscode.Disposable.from(
        ...[tree.onDidExpand, view.onDidChangeVisibility, panels.onDidChangeVisible].map((event) =>
          event(() => {
            listener(undefined);
          }),
        ),
      ),
  };
}

/** `npm start` shows the sample data without a click. Never in an installed extension. */
function wantsSample(context: vscode.ExtensionContext): boolean {
  const development = context.extensionMode === vscode.ExtensionMode.Development;
  return development && process.env.CONNECTIONS_EXPLORER_SAMPLE === '1';
}

/** Tests and development add and remove accounts without a question; in an installed extension the user is asked. */
function accessQuestions({ extensionMode }: vscode.ExtensionContext): ApiContext['confirmApiAccess'] {
  const asks = extensionMode === vscode.ExtensionMode.Production;
  if (!asks) return () => Promise.resolve(true);
  return async (question) => (await import('./api/confirmApiAccess')).confirmApiAccess(question);
}
