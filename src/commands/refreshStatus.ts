import * as vscode from 'vscode';
import type { Resource } from '../services/service';
import type { Store } from '../store/store';
import type { Handler } from './handler';
import { statusBearing } from './kinds';
import { inView } from './progress';
import type { Targets } from './targets';
import { showQuickPick } from '../ui/quickInput';
import { showStatusMessage } from '../ui/messages';

/** Reads the status of backfills again: of the given resources, or of what the user chooses, all connections first. */
export function refreshStatus(targets: Targets, store: Store): Handler {
  return async (path, paths) => {
    const chosen = path === undefined ? await choose(targets) : targets.given(statusBearing, path, paths);
    if (chosen) await readStatus(store, chosen);
  };
}

/** Reads the status again and says how it is now. @param resources empty for all connections. */
export async function readStatus(store: Store, resources: readonly Resource[]): Promise<void> {
  const wanted = resources.length === 0 ? [undefined] : resources.map(({ path }) => path);
  await inView((signal) => Promise.all(wanted.map((path) => store.refreshStatus(path, signal))));
  showStatusMessage(summary(store));
}

/** @returns the chosen resources, empty for all, undefined where the user changed their mind. */
async function choose(targets: Targets): Promise<readonly Resource[] | undefined> {
  const selected = targets.given(statusBearing, undefined, undefined);
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

function summary(store: Store): string {
  const states = [...store.loaded()]
    .filter(({ kind }) => kind === 'connection')
    .map(({ status }) => status?.state);
  const count = (state: string): number => states.filter((each) => each === state).length;
  return vscode.l10n.t(
    'Backfill status is up to date: {0} connections running, {1} failed.',
    count('running'),
    count('failed'),
  );
}
