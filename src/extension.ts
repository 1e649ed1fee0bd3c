import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Accounts } from './accounts/accounts';
import { Sessions } from './accounts/sessions';
import type { ConnectionsExplorerApi } from './api';
import { addAccount } from './commands/addAccount';
import { clearFilter } from './commands/clearFilter';
import { copyCurl } from './commands/copyCurl';
import { copyId } from './commands/copyId';
import { copyJson } from './commands/copyJson';
import { copyName } from './commands/copyName';
import { copyShortId } from './commands/copyShortId';
import { editAccount } from './commands/editAccount';
import { exploreSample } from './commands/exploreSample';
import { filter } from './commands/filter';
import { goToConnection } from './commands/goToConnection';
import { insertId } from './commands/insertId';
import { loadAll } from './commands/loadAll';
import { loadMore } from './commands/loadMore';
import { openInBrowser } from './commands/openInBrowser';
import { openJson } from './commands/openJson';
import { refresh } from './commands/refresh';
import { refreshAll } from './commands/refreshAll';
import { refreshAllStatus } from './commands/refreshAllStatus';
import { refreshStatus } from './commands/refreshStatus';
import { registerCommands } from './commands/register';
import { removeAccount } from './commands/removeAccount';
import { renameAccount } from './commands/renameAccount';
import { retry } from './commands/retry';
import { showDataSourceTypes } from './commands/showDataSourceTypes';
import { showLog } from './commands/showLog';
import { Targets } from './commands/targets';
import { toggleProduction } from './commands/toggleProduction';
import { verifyAccount } from './commands/verifyAccount';
import { JsonDocuments } from './editor/jsonDocuments';
import { createApi } from './exports';
import { httpClientFactory } from './http/client';
import { formatLogEntry } from './http/requestLog';
import { sampleStarter } from './sampleStarter';
import { services } from './services/registry';
import { readSettings } from './settings';
import { Store } from './store/store';
import { TreeFilter } from './tree/filter';
import { ConnectionsTree } from './tree/provider';
import { ConnectionsView } from './tree/view';

/** Builds the graph of objects and registers it. Asks no service, and waits for nothing. */
export function activate(context: vscode.ExtensionContext): ConnectionsExplorerApi {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const log = vscode.window.createOutputChannel('Connections Explorer', { log: true });
  const http = httpClientFactory({
    log: (entry) => {
      log.info(formatLogEntry(entry));
    },
    timeouts: readSettings().timeouts,
  });
  const sample = sampleStarter();
  const accounts = new Accounts(context.globalState, context.secrets, services);
  const sessions = new Sessions({ accounts, services, http, startSample: sample.start });
  const store = new Store(
    { list: () => accounts.list(), session: (id) => sessions.of(id), onDidChange: accounts.onDidChange },
    () => readSettings().pageSize,
  );
  const treeFilter = new TreeFilter(store, context.workspaceState);
  const tree = new ConnectionsTree(store, treeFilter);
  const view = new ConnectionsView(store, treeFilter, tree);
  const targets = new Targets(store, tree, view);
  const documents = new JsonDocuments(store);
  const accountContext = { accounts, sessions, services };
  const edit = editAccount(accountContext);
  const registration = registerCommands(
    {
      addAccount: addAccount(accountContext),
      editAccount: edit,
      renameAccount: renameAccount(accountContext),
      toggleProduction: toggleProduction(accountContext),
      verifyAccount: verifyAccount({ ...accountContext, editAccount: edit, showLog: showLog(log) }),
      removeAccount: removeAccount(accountContext),
      exploreSample: exploreSample(accountContext),
      refresh: refresh(targets, store),
      refreshAll: refreshAll(store),
      refreshStatus: refreshStatus(targets, store),
      refreshAllStatus: refreshAllStatus(store),
      goToConnection: goToConnection(targets, store, view),
      filter: filter(treeFilter),
      clearFilter: clearFilter(treeFilter),
      copyId: copyId(targets),
      copyShortId: copyShortId(targets, store),
      copyName: copyName(targets),
      copyJson: copyJson(targets, store),
      copyCurl: copyCurl(targets, store),
      insertId: insertId(targets),
      openJson: openJson(targets, documents),
      openInBrowser: openInBrowser(targets, store),
      showDataSourceTypes: showDataSourceTypes(targets, store),
      showLog: showLog(log),
      retry: retry(targets, store),
      loadMore: loadMore(targets, store),
      loadAll: loadAll(targets, store),
    },
    log,
  );
  // globalState tells nothing of changes in other windows, and SecretStorage may tell them before they are there.
  const rescan = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) accounts.rescan();
  });
  // Disposed from the last to the first: what is used outlives its users.
  context.subscriptions.push(
    log,
    sample,
    accounts,
    sessions,
    store,
    treeFilter,
    tree,
    view,
    documents,
    rescan,
    registration,
  );
  if (wantsSample(context)) void vscode.commands.executeCommand('connectionsExplorer.exploreSample');
  return createApi({ accounts, sessions, services, store, allow: permission(context) });
}

/** `npm start` shows the sample data without a click. Never in an installed extension. */
function wantsSample(context: vscode.ExtensionContext): boolean {
  const development = context.extensionMode === vscode.ExtensionMode.Development;
  return development && process.env.CONNECTIONS_EXPLORER_SAMPLE === '1';
}

/** Other extensions need the user's word; tests and development do not. */
function permission(context: vscode.ExtensionContext): (question: string) => Promise<boolean> {
  if (context.extensionMode !== vscode.ExtensionMode.Production) return () => Promise.resolve(true);
  return async (question) => {
    const allow = vscode.l10n.t('Allow');
    return (await vscode.window.showWarningMessage(question, { modal: true }, allow)) === allow;
  };
}
