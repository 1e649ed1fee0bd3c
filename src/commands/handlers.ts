import type { Drafts } from '../actions/drafts';
import type { Performer } from '../actions/performer';
import type { Accounts } from '../accounts/accounts';
import type { Sessions } from '../accounts/sessions';
import type { Comparisons } from '../compare/comparisons';
import type { JsonDocuments } from '../editor/jsonDocuments';
import type { KnownSecrets } from '../http/knownSecrets';
import type { Log } from '../log';
import type { Panels } from '../panel/panels';
import type { Service } from '../services/service';
import type { Store } from '../store/store';
import type { TreeFilter } from '../tree/filter';
import type { ConnectionsTree } from '../tree/provider';
import type { ConnectionsView } from '../tree/view';
import type { LastTextEditor } from '../ui/lastTextEditor';
import type { RunsView } from '../watch/runsView';
import type { Watches } from '../watch/watches';
import { actHandlers } from './act';
import { addAccount } from './addAccount';
import { clearFilter } from './clearFilter';
import { compare } from './compare';
import { compareWithSelected } from './compareWithSelected';
import { compareWithSnapshot } from './compareWithSnapshot';
import { copyCurl } from './copyCurl';
import { copyId } from './copyId';
import { copyJson } from './copyJson';
import { copyName } from './copyName';
import { copyShortId } from './copyShortId';
import { editAccount } from './editAccount';
import { exploreSample } from './exploreSample';
import { exportInventory } from './exportInventory';
import { filter } from './filter';
import { goToConnection } from './goToConnection';
import { insertId } from './insertId';
import { loadAll } from './loadAll';
import { loadMore } from './loadMore';
import { openInBrowser } from './openInBrowser';
import { openJson } from './openJson';
import { refresh } from './refresh';
import { refreshAll } from './refreshAll';
import { refreshAllStatus } from './refreshAllStatus';
import { refreshStatus } from './refreshStatus';
import { removeAccount } from './removeAccount';
import { renameAccount } from './renameAccount';
import { revealId } from './revealId';
import { retry } from './retry';
import { saveSnapshot } from './saveSnapshot';
import { selectForCompare } from './selectForCompare';
import { keepEditing } from './keepEditing';
import { sendDraft } from './sendDraft';
import { sendReviewed } from './sendReviewed';
import { showDetails } from './showDetails';
import { showGlossary } from './showGlossary';
import { showLog } from './showLog';
import { Targets } from './targets';
import { toggleProduction } from './toggleProduction';
import { toggleServerMade } from './toggleServerMade';
import { verifyAccount } from './verifyAccount';
import { refreshComparison } from './refreshComparison';
import { refreshRuns } from './refreshRuns';
import { revealInTree } from './revealInTree';
import { showRuns } from './showRuns';
import { unwatch } from './unwatch';
import { watch } from './watch';
import { watchForRuns } from './watchForRuns';
import type { Handlers } from './register';

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
  readonly performer: Performer;
  readonly watches: Watches;
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
    watchForRuns: watchForRuns(targets, store, watches),
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
