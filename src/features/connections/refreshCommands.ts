import * as vscode from 'vscode';
import type { Store } from '../../core/store/store';
import { forEachRow, inParents } from '../../ui/commands/rows';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { commands } from '../../shared/contributions';
import { kindsThat } from '../../shared/kinds';
import { inView } from '../../ui/cancellation';
import type { Targets } from '../../ui/commands/targets';
import type { Resource } from '../../core/services/contract/resource';
import { mergeRefreshes, type StatusRefresh } from '../../core/store/statusRefresh';
import { showQuickPick } from '../../ui/quickInput';
import { showError, showInformation, showStatusMessage } from '../../ui/messages';
import { setContext } from '../../ui/setContext';
import { statusReport } from './statusReport';

interface RefreshContext {
  readonly targets: Targets;
  readonly store: Store;
}

/** Commands that load lists and statuses. */
export const refreshCommands = {
  /** Reloads the list below a row. Caches of the service are bypassed. */
  refresh: { rows: 'several', handler: refresh },
  /** Reloads everything that the tree shows. */
  refreshAll: { rows: 'none', handler: refreshAll },
  /** Adobe CJA: reloads the status of the backfills below an account, connection or dataset. */
  refreshStatus: { rows: 'several', handler: refreshStatus },
  /** Adobe CJA: reloads the status of all backfills, with one request for each page of connections. */
  refreshAllStatus: { rows: 'none', handler: refreshAllStatus },
  /** Tries again what failed. */
  retry: { rows: 'several', handler: retry },
  /** Loads the next page of a long list. */
  loadMore: { rows: 'several', handler: loadMore },
  /** Loads all remaining pages. */
  loadAll: { rows: 'several', handler: loadAll },
} satisfies CommandTable<RefreshContext>;

/** Without rows, everything is reloaded. */
function refresh({ targets, store }: RefreshContext): Handler {
  return async (path, paths) => {
    const named = targets.given(kindsThat('hasChildren'), path, paths);
    if (named.length === 0) {
      await inView((signal) => store.refresh(undefined, signal));
      return;
    }
    const pressedAt = performance.now();
    await forEachRow(
      vscode.l10n.t('Refresh'),
      named,
      (row, signal) => store.refresh(row.path, signal, pressedAt),
      { failureOf: (row) => store.failureOf(row.path) },
    );
  };
}

/** A command of its own for the title bar of the view, to which VS Code passes the focused row. */
function refreshAll({ store }: RefreshContext): Handler {
  return () => inView((signal) => store.refresh(undefined, signal));
}

function refreshStatus({ targets, store }: RefreshContext): Handler {
  return async (path, paths) => {
    if (store.accounts().length === 0) {
      await readStatus(store, []);
      return;
    }
    const chosen =
      path === undefined ? await choose(targets) : targets.given(kindsThat('hasBackfillStatus'), path, paths);
    if (chosen) await readStatus(store, chosen);
  };
}

/** Reloads the status and shows the result. @param resources empty for all connections. */
async function readStatus(store: Store, resources: readonly Resource[]): Promise<void> {
  if (store.accounts().length === 0) {
    const add = vscode.l10n.t('Add Account');
    const chosen = await showInformation(vscode.l10n.t('Add an account first.'), add);
    if (chosen === add) await vscode.commands.executeCommand(commands.addAccount);
    return;
  }
  const refresh = await refreshed(store, resources);
  const { text, failed } = await statusReport(store, refresh);
  if (!failed) {
    if (refresh.asked.length > 0) setContext('followedRuns', true);
    if (text !== '') showStatusMessage(text);
    return;
  }
  const [again, log] = [vscode.l10n.t('Retry'), vscode.l10n.t('Show Log')];
  const chosen = await showError(text, again, log);
  if (chosen === again) await readStatus(store, resources);
  else if (chosen === log) await vscode.commands.executeCommand(commands.showLog);
}

/** @param resources empty for all connections. @returns the results until the user canceled. */
async function refreshed(store: Store, resources: readonly Resource[]): Promise<StatusRefresh> {
  const [first, ...others] = resources;
  if (others.length === 0) return inView((signal) => store.refreshStatus(first?.path, signal));
  const sources = store.statusSources(resources.map(({ path }) => path));
  const rows = sources.flatMap((path) => store.get(path) ?? []);
  const title = vscode.l10n.t('Refresh Backfill Status');
  const pressedAt = performance.now();
  return mergeRefreshes(
    await forEachRow(title, rows, ({ path }, signal) => store.refreshStatusAt(path, signal, pressedAt)),
  );
}

/** @returns the chosen resources, empty for all, undefined if the user canceled. */
async function choose(targets: Targets): Promise<readonly Resource[] | undefined> {
  const selected = targets.among(kindsThat('hasBackfillStatus'), undefined, undefined);
  if (selected.length === 0) return [];
  const all = vscode.l10n.t('All connections');
  const labels = selected.map(({ label }) => label).join(', ');
  const choice = await showQuickPick(
    [{ label: all }, { label: labels, description: vscode.l10n.t('selected') }],
    {
      title: vscode.l10n.t('Refresh backfill status of'),
    },
  );
  return choice && (choice.label === all ? [] : selected);
}

/** A command of its own, as `refreshAll`. */
function refreshAllStatus({ store }: RefreshContext): Handler {
  return () => readStatus(store, []);
}

function retry({ targets, store }: RefreshContext): Handler {
  return (path, paths) => {
    const failures = targets.given(['problem'], path, paths);
    return inParents(store, vscode.l10n.t('Retry'), failures, (parent, signal) =>
      store.retry(parent, { signal }),
    );
  };
}

function loadMore({ targets, store }: RefreshContext): Handler {
  return (path, paths) => {
    const rows = targets.given(['more'], path, paths);
    return inParents(store, vscode.l10n.t('Load More'), rows, (parent, signal) =>
      store.loadMore(parent, { signal }),
    );
  };
}

function loadAll({ targets, store }: RefreshContext): Handler {
  return (path, paths) => {
    const rows = targets.given(['more'], path, paths);
    return inParents(store, vscode.l10n.t('Load All'), rows, (parent, signal) =>
      store.loadMore(parent, { all: true, signal }),
    );
  };
}
