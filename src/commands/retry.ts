import * as vscode from 'vscode';
import type { Store } from '../store/store';
import type { Handler } from './handler';
import { inParents } from './parents';
import type { Targets } from './targets';

/** Tries again what failed: the problem rows that were clicked or selected. */
export function retry(targets: Targets, store: Store): Handler {
  return (path, paths) => {
    const failures = targets.given(['problem'], path, paths);
    return inParents(store, vscode.l10n.t('Retry'), failures, (parent, signal) =>
      store.retry(parent, { signal }),
    );
  };
}
