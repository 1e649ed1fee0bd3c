import * as vscode from 'vscode';
import type { Store } from '../../core/store/store';
import { forEachRow, inParents } from '../../ui/commands/rows';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { parentPath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { kindsThat, traitsOfKind } from '../../shared/kinds';
import { inView } from '../../ui/cancellation';
import { showInformation } from '../../ui/messages';
import type { Targets } from '../../ui/commands/targets';
import type { WindowStorage } from '../../ui/storage/windowStorage';
import { refreshAccounts, refreshRows, type RefreshStatusContext } from './refreshStatus';
import { StatusMemory } from './statusMemory';

interface RefreshContext {
  readonly targets: Targets;
  readonly store: Store;
  readonly view: RefreshStatusContext['view'];
  readonly unseen: RefreshStatusContext['unseen'];
  readonly storage: Pick<WindowStorage, 'files' | 'workspace'>;
}

/** Commands that load lists and statuses. */
export const refreshCommands = {
  /** Reloads the list below a row. Caches of the service are bypassed. */
  refresh: { rows: 'several', handler: refresh },
  /** Reloads everything that the tree shows. */
  refreshAll: { rows: 'none', handler: refreshAll },
  /** Reloads the status of backfills and runs: of the rows, else of the selected rows, else of all accounts. Tells what changed since the last time. */
  refreshStatus: { rows: 'several', handler: refreshStatus },
  /** Reloads the status of all backfills and runs. Adobe CJA: one request for each page of connections. */
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
    const named = listedRows(store, targets.selected(kindsThat('hasChildren'), path, paths));
    if (named.length === 0) {
      await inView((signal) => store.refresh(undefined, signal));
      return;
    }
    const pressedAt = performance.now();
    await forEachRow(
      vscode.l10n.t('Refresh'),
      named,
      (row, signal) => store.refresh(row.path, signal, pressedAt),
      { getFailure: (row) => store.getFailure(row.path) },
    );
  };
}

/** The rows whose lists are reloaded. A group of the tree has none: the list that it is in tells of its connections. */
function listedRows(store: Pick<Store, 'get'>, rows: readonly Resource[]): readonly Resource[] {
  const listed = rows.flatMap((row) => {
    const list = traitsOfKind(row.kind).isOfTree ? parentPath(row.path) : row.path;
    return row.path === list ? row : ((list && store.get(list)) ?? []);
  });
  return [...new Map(listed.map((row) => [row.path, row])).values()];
}

/** A command of its own for the title bar of the view, to which VS Code passes the focused row. */
function refreshAll({ store }: RefreshContext): Handler {
  return () => inView((signal) => store.refresh(undefined, signal));
}

function refreshStatus(context: RefreshContext): Handler {
  const status = statusContext(context);
  return (path, paths) => refreshRows(status, path, paths);
}

/** A command of its own, as `refreshAll`. */
function refreshAllStatus(context: RefreshContext): Handler {
  const status = statusContext(context);
  return () => refreshAccounts(status);
}

function statusContext({ targets, store, view, unseen, storage }: RefreshContext): RefreshStatusContext {
  return { targets, store, view, unseen, memory: new StatusMemory(storage) };
}

function retry({ targets, store }: RefreshContext): Handler {
  return async (path, paths) => {
    const failures = await targets.given(['problem'], path, paths);
    if (failures.length === 0) {
      void showInformation(vscode.l10n.t('Nothing to retry. Select a row that shows a problem.'));
      return;
    }
    await inParents(store, vscode.l10n.t('Retry'), failures, (parent, signal) =>
      store.retry(parent, { signal }),
    );
  };
}

function loadMore(context: RefreshContext): Handler {
  return loadPages(context, vscode.l10n.t('Load More'), false);
}

function loadAll(context: RefreshContext): Handler {
  return loadPages(context, vscode.l10n.t('Load All'), true);
}

function loadPages({ targets, store }: RefreshContext, title: string, all: boolean): Handler {
  return async (path, paths) => {
    const rows = await targets.given(['more'], path, paths);
    if (rows.length === 0) {
      void showInformation(
        vscode.l10n.t('Nothing to load. Select the row "Load More" at the end of a list.'),
      );
      return;
    }
    await inParents(store, title, rows, (parent, signal) => store.loadMore(parent, { all, signal }));
  };
}
