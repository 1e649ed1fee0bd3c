import type { Drafts } from './features/actions/drafts';
import type { ActionRunner } from './features/actions/actionRunner';
import type { Accounts } from './features/accounts/accounts';
import type { Sessions } from './features/accounts/sessions';
import type { Comparisons } from './features/compare/comparisons';
import type { JsonDocuments } from './features/editor/jsonDocuments';
import type { KnownSecrets } from './core/redaction/knownSecrets';
import type { Log } from './ui/log';
import type { Panels } from './features/details/panels';
import type { Service } from './core/services/contract/service';
import type { Store } from './core/store/store';
import type { TreeFilter } from './features/connections/filter';
import type { ConnectionsTree } from './features/connections/provider';
import type { ConnectionsView } from './features/connections/view';
import type { LastTextEditor } from './ui/lastTextEditor';
import type { RunsView } from './features/runs/runsView';
import type { WatchList } from './features/runs/watchList';
import { actHandlers, keepEditing, sendDraft, sendReviewed } from './features/actions/commands';
import {
  addAccount,
  editAccount,
  exploreSample,
  removeAccount,
  renameAccount,
  toggleProduction,
  verifyAccount,
} from './features/accounts/commands';
import { clearFilter, filter } from './features/connections/filterCommands';
import {
  compare,
  compareWithSelected,
  compareWithSnapshot,
  saveSnapshot,
  selectForCompare,
  toggleServerMade,
  refreshComparison,
} from './features/compare/commands';
import { copyCurl, copyId, copyJson, copyName, copyShortId } from './features/connections/copyCommands';
import { exportInventory } from './features/export/commands';
import {
  goToConnection,
  openInBrowser,
  showGlossary,
  showLog,
  revealInTree,
} from './features/connections/openCommands';
import { insertId, openJson, revealId } from './features/editor/commands';
import {
  loadAll,
  loadMore,
  refresh,
  refreshAll,
  refreshAllStatus,
  refreshStatus,
  retry,
} from './features/connections/refreshCommands';
import { showDetails } from './features/details/commands';
import { Targets } from './ui/commands/targets';
import { refreshRuns, showRuns, unwatch, watch } from './features/runs/commands';
import type { Handlers } from './ui/commands/register';

/** What the commands work with. */
export interface CommandContext {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly services: readonly Service[];
  readonly store: Store;
  readonly tree: ConnectionsTree;
  readonly treeFilter: TreeFilter;
  readonly view: ConnectionsView;
  readonly documents: JsonDocuments;
  readonly comparisons: Comparisons;
  readonly drafts: Drafts;
  readonly performer: ActionRunner;
  readonly watches: WatchList;
  readonly runs: RunsView;
  readonly panels: Panels;
  readonly editors: LastTextEditor;
  readonly log: Log;
  readonly secrets: KnownSecrets;
}

/** The handler of every command. */
export function commandHandlers(context: CommandContext): Handlers {
  const { store, treeFilter, view, documents, comparisons, performer, panels, watches, runs, log } = context;
  const targets = new Targets(store, context.tree, view, runs);
  const edit = editAccount(context);
  const remedies = { addAccount: addAccount(context), showLog: showLog(log) };
  return {
    addAccount: addAccount(context),
    editAccount: edit,
    renameAccount: renameAccount(context),
    toggleProduction: toggleProduction(context),
    verifyAccount: verifyAccount({ ...context, editAccount: edit, showLog: showLog(log) }),
    removeAccount: removeAccount(context),
    exploreSample: exploreSample(context),
    refresh: refresh(targets, store),
    refreshAll: refreshAll(store),
    refreshStatus: refreshStatus(targets, store, remedies),
    refreshAllStatus: refreshAllStatus(store, remedies),
    goToConnection: goToConnection(targets, store, view),
    filter: filter(treeFilter),
    clearFilter: clearFilter(treeFilter),
    copyId: copyId(targets),
    copyShortId: copyShortId(targets, store),
    copyName: copyName(targets),
    copyJson: copyJson(targets, store),
    copyCurl: copyCurl(targets, store),
    insertId: insertId(targets, context.editors),
    revealId: revealId(targets, store, revealInTree(targets, view)),
    showDetails: showDetails(targets, panels),
    openJson: openJson(targets, documents),
    openInBrowser: openInBrowser(targets, store),
    showGlossary: showGlossary(targets, store),
    showLog: showLog(log),
    retry: retry(targets, store),
    loadMore: loadMore(targets, store),
    loadAll: loadAll(targets, store),
    watch: watch(targets, store, watches),
    watchForRuns: watch(targets, store, watches),
    unwatch: unwatch(store, watches),
    showRuns: showRuns(),
    refreshRuns: refreshRuns(runs),
    revealInTree: revealInTree(targets, view),
    compare: compare(targets, comparisons),
    selectForCompare: selectForCompare(targets, comparisons),
    compareWithSelected: compareWithSelected(targets, comparisons),
    compareWithSnapshot: compareWithSnapshot(targets, comparisons),
    saveSnapshot: saveSnapshot(targets, store, context.secrets),
    toggleServerMade,
    refreshComparison: refreshComparison(comparisons),
    sendDraft: sendDraft(performer),
    sendReviewed: sendReviewed(performer),
    keepEditing: keepEditing(performer),
    exportInventory: exportInventory(targets, store, context.secrets),
    ...actHandlers({ performer, targets, store }),
  };
}
