import * as vscode from 'vscode';
import type { Store } from '../store/store';
import { forEachRow } from './forEachRow';
import type { Handler } from './handler';
import { listing } from './kinds';
import { inView } from './progress';
import type { Targets } from './targets';

/** Reads again what lies below the given resources, else below the selection, else everything. */
export function refresh(targets: Targets, store: Store): Handler {
  return async (path, paths) => {
    const named = targets.given(listing, path, paths);
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
