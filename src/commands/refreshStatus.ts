import * as vscode from 'vscode';
import type { Resource } from '../services/service';
import { mergeRefreshes, type StatusRefresh } from '../store/statusRefresh';
import type { Store } from '../store/store';
import { forEachRow } from './forEachRow';
import type { Handler } from './handler';
import { statusBearing } from './kinds';
import { inView } from './progress';
import type { Targets } from './targets';
import { showQuickPick } from '../ui/quickInput';
import { showError, showInformation, showStatusMessage } from '../ui/messages';
import { statusReport } from './statusReport';

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
    const chosen = path === undefined ? await choose(targets) : targets.given(statusBearing, path, paths);
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
  const selected = targets.among(statusBearing, undefined, undefined);
  if (selected.length === 0) return [];
  const all = vscode.l10n.t('All connections');
  const labels = selected.map(({ label }) => label).join(', ');
  const choice = await showQuickPick(
    [{ label: all }, { label: labels, description: vscode.l10n.t('selected') }],
    {
      title: vscode.l10n.t('Refresh the backfill status of'),
    },
  );
  return choice && (choice.label === all ? [] : selected);
}
