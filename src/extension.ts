import * as vscode from 'vscode';
import type { ConnectionsExplorerApi } from './api';
import { createApi } from './api/createApi';
import type { Application } from './application';
import { DisposableStore } from './core/base/disposableStore';
import type { Disposable } from './core/base/emitter';
import { listAccounts } from './features/accounts/storedAccount';
import { commands, settings, settingsSection, tools, views, type CommandName } from './shared/contributions';
import { compareScheme, draftScheme, jsonScheme, panelType } from './shared/identifiers';
import { openUris } from './ui/documents/openUris';
import { LastTextEditor } from './ui/lastTextEditor';
import { LazyFiles } from './ui/lazyFiles';
import { storedState } from './ui/storage/storedState';
import { createLazyTree } from './ui/tree/lazyTree';

/** Returns the application, loaded once. */
type Load = () => Promise<Application>;

/**
 * Registers everything, and returns the API. Sends no request and waits for nothing. The application behind it is
 * loaded when one of the registrations is first used, or when there is something to do that nobody asks for.
 */
export function activate(context: vscode.ExtensionContext): ConnectionsExplorerApi {
  const registered = new DisposableStore();
  context.subscriptions.push(registered);
  const editors = registered.add(new LastTextEditor());
  const changedAccounts = registered.add(new vscode.EventEmitter<readonly string[]>());
  const changedRows = registered.add(new vscode.EventEmitter<readonly string[]>());
  const changedJson = registered.add(new vscode.EventEmitter<vscode.Uri>());

  let loading: Promise<Application> | undefined;
  let loaded: Application | undefined;
  const load = async (): Promise<Application> => {
    const { createApplication } = await import('./application');
    loaded = registered.add(createApplication({ context, connections, runs, editors }));
    loaded.accounts.onDidChange((ids) => {
      changedAccounts.fire(ids);
    });
    loaded.store.onDidChange((paths) => {
      changedRows.fire(paths);
    });
    loaded.documents.onDidChange((uri) => {
      changedJson.fire(uri);
    });
    return loaded;
  };
  const application: Load = () => {
    // After a failure the next use tries again.
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };

  const connections = createLazyTree(views.connections, async () => (await application()).tree, {
    showCollapseAll: true,
    drag: async (paths, transfer) => (await application()).drag(paths, transfer),
  });
  const runs = createLazyTree(views.runs, async () => (await application()).runs);
  registered.add(
    connections,
    runs,
    registerCommands(application),
    registerDocuments(application, changedJson.event),
    registerTools(application),
    startWhenNeeded(context, application),
  );
  exploreSampleInDevelopment(context.extensionMode);
  return createApi({
    accounts: () => (loaded ? loaded.accounts.list() : listAccounts(storedState(context))),
    onDidChangeAccounts: changedAccounts.event,
    onDidChangeRows: changedRows.event,
    members: async () => (await application()).apiMembers(),
  });
}

function registerCommands(application: Load): vscode.Disposable {
  const names = Object.keys(commands) as CommandName[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(commands[name], async (...args: readonly unknown[]) =>
        (await application()).run(name, args),
      ),
    ),
  );
}

/** Registers what VS Code opens and restores by itself: documents, panels and URIs. */
function registerDocuments(application: Load, onDidChangeJson: vscode.Event<vscode.Uri>): vscode.Disposable {
  const drafts = new LazyFiles(async () => (await application()).draftFiles());
  const compared = new LazyFiles(async () => (await application()).comparedFiles());
  const isReadonly = new vscode.MarkdownString(vscode.l10n.t('The sides of a comparison are read-only.'));
  return vscode.Disposable.from(
    drafts,
    compared,
    vscode.workspace.registerFileSystemProvider(draftScheme, drafts, { isCaseSensitive: true }),
    vscode.workspace.registerFileSystemProvider(compareScheme, compared, {
      isCaseSensitive: true,
      isReadonly,
    }),
    vscode.workspace.registerTextDocumentContentProvider(jsonScheme, {
      onDidChange: onDidChangeJson,
      provideTextDocumentContent: async (uri, token) =>
        (await application()).documents.provideTextDocumentContent(uri, token),
    }),
    vscode.window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async (panel, state) =>
        (await application()).panels.deserializeWebviewPanel(panel, state),
    }),
    vscode.window.registerUriHandler({
      handleUri: async (uri) => (await application()).links.handleUri(uri),
    }),
  );
}

function registerTools(application: Load): vscode.Disposable {
  return vscode.Disposable.from(
    ...tools.map((name) =>
      vscode.lm.registerTool<object>(name, {
        prepareInvocation: async ({ input }) => (await application()).tools.prepare(name, input),
        invoke: async ({ input }, token) => (await application()).tools.invoke(name, input, token),
      }),
    ),
  );
}

/**
 * Loads the application when there is something to do that nobody asks for: {@link isNeeded}, or another window stored
 * something. VS Code waits for activation before it goes on, so this begins after it.
 */
function startWhenNeeded(context: vscode.ExtensionContext, application: Load): Disposable {
  const watching = new DisposableStore();
  const start = async (): Promise<Application | undefined> => {
    watching.dispose();
    try {
      return await application();
    } catch (error) {
      const { reportError } = await import('./ui/messages');
      reportError(error);
      return undefined;
    }
  };
  const look = (): void => {
    if (isNeeded(context)) void start();
  };
  const first = setTimeout(look);
  watching.add(
    new vscode.Disposable(() => {
      clearTimeout(first);
    }),
    vscode.workspace.onDidChangeConfiguration(look),
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.window.tabGroups.onDidChangeTabs(look),
    vscode.window.onDidChangeWindowState(look),
    context.secrets.onDidChange(async () => {
      const application = await start();
      // What another window stored may arrive later than this.
      application?.rescan();
    }),
  );
  return watching;
}

/** Whether anything is stored, such as accounts, which may be watched; a document of ours is open; or a setting wants it. */
function isNeeded(context: vscode.ExtensionContext): boolean {
  if (storedState(context).keys().length > 0) return true;
  const schemes: readonly string[] = [draftScheme, compareScheme, jsonScheme];
  if (openUris().some(({ scheme }) => schemes.includes(scheme))) return true;
  const section = vscode.workspace.getConfiguration(settingsSection);
  return [settings.mcpServer, settings.syncAccounts].some((key) => section.get(key) === true);
}

/** Shows the sample data of `npm start` without a click. Installed extensions never do. */
function exploreSampleInDevelopment(mode: vscode.ExtensionMode): void {
  if (mode !== vscode.ExtensionMode.Development || process.env.CONNECTIONS_EXPLORER_SAMPLE !== '1') return;
  void vscode.commands.executeCommand(commands.exploreSample, 'cja');
}
