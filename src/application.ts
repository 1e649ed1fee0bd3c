import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { accessQuestions } from './api/accessQuestions';
import type { ApiMembers } from './api/apiMembers';
import { DisposableStore } from './core/base/disposableStore';
import type { Disposable } from './core/base/emitter';
import { KnownSecrets } from './core/redaction/knownSecrets';
import type { ResourcePath } from './core/services/contract/path';
import { findService, services } from './core/services/registry';
import { Store } from './core/store/store';
import { AccountKeys } from './features/accounts/accountKeys';
import { Accounts } from './features/accounts/accounts';
import { sampleStarter } from './features/accounts/sampleAccount';
import { Sessions } from './features/accounts/sessions';
import { createSyncSwitch } from './features/accounts/syncSwitch';
import { ActionLoader } from './features/actions/actionLoader';
import { RunningActions } from './features/actions/runningActions';
import { ChosenFiles } from './features/compare/chosenFiles';
import { Comparisons } from './features/compare/comparisons';
import { TreeFilter } from './features/connections/filter';
import { TreeGroups } from './features/connections/groups';
import { ConnectionsTree } from './features/connections/provider';
import { UnseenChanges } from './features/connections/unseenChanges';
import { ConnectionsView } from './features/connections/view';
import { Panels } from './features/details/panels';
import { JsonDocuments } from './features/editor/jsonDocuments';
import { LanguageFeatureLoader } from './features/editor/languageFeatureLoader';
import { Links } from './features/links/links';
import { NotificationSuppressor } from './features/runs/notificationSuppressor';
import { RunsView } from './features/runs/runsView';
import { createScreen } from './features/runs/screen';
import { WatchList } from './features/runs/watchList';
import { McpLoader } from './features/tools/mcpLoader';
import { LanguageTools } from './features/tools/languageTools';
import { commandRunner, type RunCommand } from './ui/commands/commandRunner';
import { freshnessContext, logCorrectedSettings, readSettings } from './ui/configuration';
import { AccountTabs } from './ui/documents/openTabs';
import { loadHttpClients } from './ui/httpClients';
import type { LastTextEditor } from './ui/lastTextEditor';
import type { Files } from './ui/lazyFiles';
import { Log } from './ui/log';
import { LastSelection } from './ui/tree/lastSelection';
import { withStaleness } from './ui/tree/freshness';
import type { LazyTree } from './ui/tree/lazyTree';
import { WindowStorage } from './ui/storage/windowStorage';
import { WorkspacePaths } from './ui/storage/workspacePaths';

/** The number of recently used resources that a workspace remembers, of all kinds. */
const MAX_RECENT = 20;

/** What activation has created. */
export interface ApplicationContext {
  readonly context: vscode.ExtensionContext;
  readonly connections: LazyTree;
  readonly runs: LazyTree;
  readonly editors: LastTextEditor;
}

/** What activation has registered, loaded by the first use of one of them. */
export interface Application extends Disposable {
  readonly run: RunCommand;
  readonly accounts: Pick<Accounts, 'list' | 'onDidChange'>;
  readonly store: Pick<Store, 'onDidChange'>;
  readonly tree: ConnectionsTree;
  readonly runs: RunsView;
  /** Fills what is dragged from the tree. */
  readonly drag: (paths: readonly ResourcePath[], transfer: vscode.DataTransfer) => Promise<void>;
  readonly documents: JsonDocuments;
  readonly comparedFiles: () => Promise<Files>;
  readonly draftFiles: () => Promise<Files>;
  readonly panels: Panels;
  readonly links: Links;
  readonly tools: LanguageTools;
  readonly apiMembers: () => Promise<ApiMembers>;
  /** Looks for what other windows changed, now and when it may have arrived. */
  readonly rescan: () => void;
}

/**
 * Builds the object graph. Sends no requests and waits for nothing. If it throws, nothing is left, so that the next use
 * can try again.
 */
export function createApplication(context: ApplicationContext): Application {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const disposables = new DisposableStore();
  try {
    return build(context, disposables);
  } catch (error) {
    disposables.dispose();
    throw error;
  }
}

/** @param disposables gets everything that has an end, as soon as it is there. */
function build(
  { context, connections, runs: runsTree, editors }: ApplicationContext,
  disposables: DisposableStore,
): Application {
  const secrets = new KnownSecrets();
  const log = disposables.add(new Log(secrets));
  const sample = disposables.add(sampleStarter());
  const storage = disposables.add(new WindowStorage(context));
  const accounts = disposables.add(new Accounts(storage.accountState, context.secrets, services));
  disposables.add(new AccountKeys(accounts, services));
  disposables.add(createSyncSwitch({ accounts, services, storage }));
  const sessions = disposables.add(
    new Sessions({
      accounts,
      services,
      startSample: sample.start,
      knownSecrets: secrets,
      http: () => loadHttpClients(log, secrets),
      resolveSecrets: async (given) =>
        (await import('./features/accounts/secretSources')).resolveUserSecrets(given),
    }),
  );
  const store = disposables.add(
    new Store(
      {
        list: () => accounts.list(),
        session: (id) => sessions.of(id),
        idPattern: (id) => findService(id)?.idPattern,
        onDidChange: accounts.onDidChange,
      },
      () => readSettings().pageSize,
    ),
  );

  const suppressor = disposables.add(new NotificationSuppressor(storage));
  const watches = disposables.add(new WatchList(storage, accounts));
  const treeFilter = disposables.add(
    new TreeFilter(store, storage, (row) => withStaleness(freshnessContext(store), row)),
  );
  const treeGroups = disposables.add(new TreeGroups(storage));
  const ongoing = new RunningActions();
  const pins = disposables.add(new WorkspacePaths(storage, accounts, { prefix: 'pinned:' }));
  const unseen = disposables.add(new UnseenChanges());
  const tree = disposables.add(
    new ConnectionsTree(store, treeFilter, treeGroups, watches, ongoing, pins, unseen),
  );
  const recent = disposables.add(
    new WorkspacePaths(storage, accounts, { prefix: 'recent:', limit: MAX_RECENT }),
  );
  const view = disposables.add(new ConnectionsView(store, treeFilter, tree, connections.view));
  disposables.add(connections.follow(tree));
  disposables.add(new LanguageFeatureLoader(store));
  const documents = disposables.add(new JsonDocuments(store));
  const comparisons = disposables.add(new Comparisons(store, new ChosenFiles(storage), secrets));
  disposables.add(new AccountTabs(store));
  const actions = disposables.add(
    new ActionLoader({
      store,
      suppressor,
      ongoing,
      secrets,
      extensionId: context.extension.id,
      storage: context.globalStorageUri,
    }),
  );
  const panels = disposables.add(
    new Panels({ store, view, actions, storage, extension: context.extensionUri }),
  );
  const links = new Links({ store, panels, extensionId: context.extension.id }, actions);
  unseen.follow(view, panels);
  const screen = createScreen(tree, view, panels);
  const runs = disposables.add(
    new RunsView(
      {
        store,
        accounts,
        watches,
        suppressor,
        screen,
        storage,
        settings: readSettings,
        markChanged: (paths) => {
          unseen.mark(paths);
        },
        openedAt: Date.now(),
      },
      runsTree.view,
    ),
  );
  disposables.add(runsTree.follow(runs));

  const selected = disposables.add(new LastSelection([view, runs]));

  disposables.add(logCorrectedSettings(log));
  // globalState does not report changes of other windows, and SecretStorage may report them too early or not at all.
  // Entries that were written shortly before this window got the focus may arrive later.
  const rescan = (): void => {
    accounts.rescan();
    storage.rescanSoon();
  };
  disposables.add(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) rescan();
    }),
  );
  const mcp = disposables.add(new McpLoader({ store, secrets, extension: context.extension }));
  const graph = { accounts, sessions, services, store, tree, treeFilter, treeGroups, view, documents };
  const commandContext = {
    ...graph,
    comparisons,
    watches,
    runs,
    panels,
    editors,
    recent,
    pins,
    log,
    secrets,
    storage,
    unseen,
    selected,
    mcp,
    links,
  };
  const run = commandRunner(async () => {
    const { drafts, runner } = await actions.load();
    const { createHandlers } = await import('./commandHandlers');
    return createHandlers({ ...commandContext, drafts, runner });
  }, log);
  return {
    ...{ run, accounts, store, tree, runs, documents, panels, links, rescan },
    tools: new LanguageTools(store, secrets),
    drag: async (paths, transfer) => {
      const { dragIds } = await import('./features/connections/idDrag');
      dragIds(store, editors, tree.withMembers(paths), transfer);
    },
    comparedFiles: () => comparisons.documents(),
    draftFiles: async () => (await actions.load()).drafts,
    apiMembers: async () =>
      (await import('./api/apiMembers')).createMembers({
        ...{ accounts, sessions, services, store },
        confirmApiAccess: accessQuestions(context.extensionMode),
        unexpected: (error) => {
          void log.unexpected('api', error);
        },
      }),
    dispose: () => {
      disposables.dispose();
    },
  };
}
