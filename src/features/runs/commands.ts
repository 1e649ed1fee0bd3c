import * as vscode from 'vscode';
import { parentPath, type ResourcePath, isRunPath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Runs } from '../../core/services/contract/runs';
import { readSettings } from '../../ui/configuration';
import type { Store } from '../../core/store/store';
import { plainText } from '../../shared/plainText';
import { kindsThat } from '../../shared/kinds';
import { showInformation, showStatusMessage } from '../../ui/messages';
import { offerNotifications } from './showRunNotification';
import type { WatchList } from './watchList';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { toPaths, reportLeftOut, type Targets } from '../../ui/commands/targets';
import { showQuickPickMany } from '../../ui/quickInput';
import { views } from '../../shared/contributions';
import type { RunsView } from './runsView';
import { askFilter } from '../../ui/filter/filterBox';
import { setContext } from '../../ui/setContext';

interface RunsContext {
  readonly targets: Targets;
  readonly store: Store;
  readonly watches: WatchList;
  readonly runs: Pick<RunsView, 'refresh' | 'clearFailures' | 'filtering' | 'parentName'>;
}

/** Commands of runs and watched resources. */
export const runsCommands = {
  /** [Notifies you](watching.md) when the work at or below the row finishes or fails. */
  watch: { rows: 'several', handler: watch },
  /** The same for a row at which nothing is running: notifies you about runs that start later. */
  watchForRuns: { rows: 'several', handler: watch },
  /** Stops the notifications for the row. */
  unwatch: { rows: 'several', handler: unwatch },
  /** Opens the view of all runs. The status bar item does the same. */
  showRuns: { rows: 'none', handler: showRuns },
  /** Asks all accounts for their runs again. */
  refreshRuns: { rows: 'none', handler: refreshRuns },
  /** Shows only the runs that match, while you type. See [Filtering](filtering.md#runs). */
  filterRuns: { rows: 'none', handler: filterRuns },
  /** Shows all runs again. */
  clearRunsFilter: { rows: 'none', handler: clearRunsFilter },
  /** Removes the failed runs that you have seen from the view. New ones are listed again. */
  clearFailedRuns: { rows: 'none', handler: clearFailedRuns },
} satisfies CommandTable<RunsContext>;

/** Confirms, or offers to turn notifications on if they are off. */
function watch({ targets, store, watches, runs }: RunsContext): Handler {
  return async (path, paths) => {
    const chosen = await targets.some(kindsThat('isWatchable'), path, paths, vscode.l10n.t('Watch'));
    const ended = await endedAmong(chosen, store);
    const watched = chosen.filter((resource) => !ended.includes(resource));
    if (watched.length > 0) reportLeftOut(ended);
    else if (ended.length > 0) void showInformation(vscode.l10n.t('A run that has ended cannot be watched.'));
    if (watched.length === 0) return;
    watches.set(
      watched.map((resource) => resource.path),
      true,
    );
    setContext('followedRuns', true);
    await confirmWatching(watched, store, runs);
  };
}

/** The runs among resources that have ended, as far as is known. */
async function endedAmong(resources: readonly Resource[], store: Store): Promise<readonly Resource[]> {
  const ended = await Promise.all(
    resources.map(async (resource) => {
      if (!isRunPath(resource.path)) return false;
      const { runs } = await store.session(resource.path).catch(() => ({ runs: undefined }));
      return runs?.isActive(resource) === false;
    }),
  );
  return resources.filter((_, at) => ended[at] === true);
}

async function confirmWatching(
  chosen: readonly Resource[],
  store: Store,
  runs: Pick<RunsView, 'parentName'>,
): Promise<void> {
  const name = toName(chosen, store, runs);
  const { notifications } = readSettings();
  if (notifications !== 'all') {
    void offerNotifications(name, notifications);
    return;
  }
  const active = await Promise.all(chosen.map((resource) => hasActiveRun(resource, store)));
  showStatusMessage(
    active.includes(true)
      ? vscode.l10n.t('Watching {0}. You will be notified when runs end.', name)
      : vscode.l10n.t('Watching {0}. Nothing is running. You will be notified when future runs end.', name),
  );
}

function toName(chosen: readonly Resource[], store: Store, runs: Pick<RunsView, 'parentName'>): string {
  const [first] = chosen;
  if (!first || chosen.length > 1) return vscode.l10n.t('{0} resources', chosen.length);
  const label = plainText(first.label);
  const parent = parentPath(first.path);
  // The label of a run is only a date.
  const above =
    isRunPath(first.path) && parent
      ? plainText(store.get(parent)?.label ?? runs.parentName(first.path) ?? '')
      : '';
  return above ? `${above} · ${label}` : label;
}

/** True if a loaded run at or below a path is queued or running. */
async function hasActiveRun(resource: Resource, store: Store): Promise<boolean> {
  const { runs } = await store.session(resource.path).catch(() => ({ runs: undefined }));
  return runs !== undefined && findsActiveRun(resource, store, runs);
}

function findsActiveRun(resource: Resource, store: Store, runs: Runs): boolean {
  if (runs.isActive(resource)) return true;
  return (store.rows(resource.path) ?? []).some((row) => findsActiveRun(row, store, runs));
}

/** From the palette, the selected rows if any is watched. */
function unwatch({ targets, store, watches }: RunsContext): Handler {
  return async (path, paths) => {
    const named = toPaths(path, paths);
    const given = named.length > 0 ? named : await watchedAtHand(targets, watches);
    watches.set(given.length > 0 ? given : await chooseWatched(store, watches), false);
  };
}

async function watchedAtHand(targets: Targets, watches: WatchList): Promise<readonly ResourcePath[]> {
  const rows = await targets.among(kindsThat('isWatchable'), undefined, undefined);
  return rows.map(({ path }) => path).filter((path) => watches.has(path));
}

async function chooseWatched(store: Store, watches: WatchList): Promise<readonly ResourcePath[]> {
  const items = watches.list().map((path) => ({
    label: plainText(store.get(path)?.label ?? path),
    description: store.account(path)?.name ?? '',
    path,
  }));
  if (items.length === 0) {
    void showInformation(vscode.l10n.t('Nothing is watched.'));
    return [];
  }
  const title = vscode.l10n.t('Stop Watching');
  const placeHolder = vscode.l10n.t('Select what to stop watching');
  const chosen = await showQuickPickMany(items, { title, placeHolder, matchOnDescription: true });
  return (chosen ?? []).map((item) => item.path);
}

function showRuns(): Handler {
  return async () => {
    await vscode.commands.executeCommand(`${views.runs}.focus`);
  };
}

function refreshRuns({ runs }: RunsContext): Handler {
  return () => runs.refresh();
}

function clearFailedRuns({ runs }: RunsContext): Handler {
  return () => runs.clearFailures();
}

function filterRuns({ runs }: RunsContext): Handler {
  return async () => {
    // A view that opens after the box may take the focus, which closes the box.
    await vscode.commands.executeCommand(`${views.runs}.focus`, { preserveFocus: true });
    const tracking = await runs.filtering();
    const { filter } = tracking;
    await askFilter(filter, {
      title: vscode.l10n.t('Filter Runs'),
      all: vscode.l10n.t('All runs'),
      count: () => {
        const listed = tracking.listed();
        return vscode.l10n.t('{0} of {1} runs', filter.apply(listed).length, listed.length);
      },
      source: () => {
        const listed = tracking.listed();
        const datasets = listed.flatMap((run) => filter.datasets(run).slice(1));
        return { of: 'runs', rows: listed.map((run) => filter.toRow(run)), datasets };
      },
    });
  };
}

function clearRunsFilter({ runs }: RunsContext): Handler {
  return async () => {
    (await runs.filtering()).filter.set('');
  };
}
