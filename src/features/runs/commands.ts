import * as vscode from 'vscode';
import { parentPath, pathSegments, type ResourcePath, isRunPath } from '../../core/services/contract/path';
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
import { setContext } from '../../ui/setContext';

interface RunsContext {
  readonly targets: Targets;
  readonly store: Store;
  readonly watches: WatchList;
  readonly runs: Pick<RunsView, 'refresh'>;
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
} satisfies CommandTable<RunsContext>;

/** Confirms, or offers to turn notifications on if they are off. */
function watch({ targets, store, watches }: RunsContext): Handler {
  return async (path, paths) => {
    const all = toPaths(path, paths);
    const named = all.filter(isWatchable);
    if (named.length > 0)
      reportLeftOut(all.filter((each) => !isWatchable(each)).flatMap((each) => store.get(each) ?? []));
    const chosen = named.length > 0 ? named : await choose(targets, path, paths);
    if (chosen.length === 0) return;
    watches.set(chosen, true);
    setContext('followedRuns', true);
    await confirmWatching(chosen, store);
  };
}

async function choose(targets: Targets, path: unknown, paths: unknown): Promise<readonly ResourcePath[]> {
  const chosen = await targets.some(kindsThat('isWatchable'), path, paths, vscode.l10n.t('Watch'));
  return chosen.map((resource) => resource.path);
}

function isWatchable(path: ResourcePath): boolean {
  const kind = pathSegments(path).at(-1)?.kind;
  return kindsThat('isWatchable').some((known) => known === kind);
}

async function confirmWatching(chosen: readonly ResourcePath[], store: Store): Promise<void> {
  const name = toName(chosen, store);
  const { notifications } = readSettings();
  if (notifications !== 'all') {
    void offerNotifications(name, notifications);
    return;
  }
  const active = await Promise.all(chosen.map((path) => hasActiveRun(path, store)));
  showStatusMessage(
    active.includes(true)
      ? vscode.l10n.t('Watching {0}. You will be notified when runs end.', name)
      : vscode.l10n.t('Watching {0}. Nothing is running. You will be notified when future runs end.', name),
  );
}

function toName(chosen: readonly ResourcePath[], store: Store): string {
  const [first] = chosen;
  if (!first || chosen.length > 1) return vscode.l10n.t('{0} resources', chosen.length);
  const label = plainText(store.get(first)?.label ?? '');
  const parent = parentPath(first);
  // The label of a run is only a date.
  const above = isRunPath(first) && parent ? plainText(store.get(parent)?.label ?? '') : '';
  return above ? `${above} · ${label}` : label;
}

/** True if a loaded run at or below a path is queued or running. */
async function hasActiveRun(path: ResourcePath, store: Store): Promise<boolean> {
  const { runs } = await store.session(path).catch(() => ({ runs: undefined }));
  return runs !== undefined && findsActiveRun(path, store, runs);
}

function findsActiveRun(path: ResourcePath, store: Store, runs: Runs): boolean {
  const resource = store.get(path);
  if (resource && runs.isActive(resource)) return true;
  return (store.rows(path) ?? []).some((row) => findsActiveRun(row.path, store, runs));
}

function unwatch({ store, watches }: RunsContext): Handler {
  return async (path, paths) => {
    const named = toPaths(path, paths);
    watches.set(named.length > 0 ? named : await chooseWatched(store, watches), false);
  };
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
  const chosen = await showQuickPickMany(items, { title });
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
