import * as vscode from 'vscode';
import type { ResourcePath } from '../services/path';
import type { Store } from '../store/store';
import { plainText } from '../text/plainText';
import type { Watches } from '../watch/watches';
import type { Handler } from './handler';
import { pathsOf } from './targets';
import { showQuickPickMany } from '../ui/quickInput';

/** Watches resources no longer: the given ones, or the user's choice among those that are watched. */
export function unwatch(store: Store, watches: Watches): Handler {
  return async (path, paths) => {
    const named = pathsOf(path, paths);
    watches.set(named.length > 0 ? named : await choose(store, watches), false);
  };
}

async function choose(store: Store, watches: Watches): Promise<readonly ResourcePath[]> {
  const items = watches.list().map((path) => ({
    label: plainText(store.get(path)?.label ?? path),
    description: store.account(path)?.name ?? '',
    path,
  }));
  const title = vscode.l10n.t('Stop watching');
  const chosen = await showQuickPickMany(items, { title });
  return (chosen ?? []).map((item) => item.path);
}
