import * as vscode from 'vscode';
import type { Store } from '../../core/store/store';
import { forEachRow, inParents } from '../../ui/commands/rows';
import type { Handler } from '../../ui/commands/register';
import { kindsThat } from '../../shared/kinds';
import { inView } from '../../ui/cancellation';
import type { Targets } from '../../ui/commands/targets';
import type { Resource } from '../../core/services/contract/resource';
import { mergeRefreshes, type StatusRefresh } from '../../core/store/statusRefresh';
import { showQuickPick } from '../../ui/quickInput';
import { showError, showInformation, showStatusMessage } from '../../ui/messages';
import { statusReport } from './statusReport';

/** Reads again what lies below the given resources, else below the selection, else everything. */
export function refresh(targets: Targets, store: Store): Handler {
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

/**
 * Reads everything again that the tree shows. The button of the view has a command of its own, for VS Code hands the
 * focused row over to it, as it does to the command of a row.
 */
export function refreshAll(store: Store): Handler {
  return () => inView((signal) => store.refresh(undefined, signal));
}

/** What can be done about a status that could not be read. */
export interface StatusRemedies {
  readonly addAccount: () => unknown;
  readonly showLog: () => unknown;
}

/** Reads the status of backfills again: of the given resources, or of what the user chooses, all connections first. */
export function refreshStatus(targets: Targets, store: Store, remedies: StatusRemedies): Handler {
  return async (path, paths) => {
    if (store.accounts().length === 0) {
      await readStatus(store, [], remedies);
      return;
    }
    const chosen =
      path === undefined ? await choose(targets) : targets.given(kindsThat('hasBackfillStatus'), path, paths);
    if (chosen) await readStatus(store, chosen, remedies);
  };
}

/** Reads the status again and says how it is now, or what could not be read. @param resources empty for all connections. */
export async function readStatus(
  store: Store,
  resources: readonly Resource[],
  remedies: StatusRemedies,
): Promise<void> {
  if (store.accounts().length === 0) {
    const add = vscode.l10n.t('Add Account');
    const chosen = await showInformation(vscode.l10n.t('Add an account first.'), add);
    if (chosen === add) await remedies.addAccount();
    return;
  }
  const { text, failed } = await statusReport(store, await refreshed(store, resources));
  if (!failed) {
    if (text !== '') showStatusMessage(text);
    return;
  }
  const [retry, log] = [vscode.l10n.t('Retry'), vscode.l10n.t('Show Log')];
  const chosen = await showError(text, retry, log);
  if (chosen === retry) await readStatus(store, resources, remedies);
  else if (chosen === log) await remedies.showLog();
}

/** @param resources as of `readStatus`. @returns what came of those that were read before the user canceled. */
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

/** @returns the chosen resources, empty for all, undefined where the user changed their mind. */
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

/** Reads the status of all backfills again. For the title of the view, which hands over the focused row. */
export function refreshAllStatus(store: Store, remedies: StatusRemedies): Handler {
  return () => readStatus(store, [], remedies);
}

/** Tries again what failed: the problem rows that were clicked or selected. */
export function retry(targets: Targets, store: Store): Handler {
  return (path, paths) => {
    const failures = targets.given(['problem'], path, paths);
    return inParents(store, vscode.l10n.t('Retry'), failures, (parent, signal) =>
      store.retry(parent, { signal }),
    );
  };
}

/** Reads the next page of the lists whose `Load more` row was clicked or selected. */
export function loadMore(targets: Targets, store: Store): Handler {
  return (path, paths) => {
    const rows = targets.given(['more'], path, paths);
    return inParents(store, vscode.l10n.t('Load More'), rows, (parent, signal) =>
      store.loadMore(parent, { signal }),
    );
  };
}

/** Reads every further page of the lists whose `Load more` row was clicked or selected. */
export function loadAll(targets: Targets, store: Store): Handler {
  return (path, paths) => {
    const rows = targets.given(['more'], path, paths);
    return inParents(store, vscode.l10n.t('Load All'), rows, (parent, signal) =>
      store.loadMore(parent, { all: true, signal }),
    );
  };
}
