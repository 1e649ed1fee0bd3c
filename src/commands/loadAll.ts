import * as vscode from 'vscode';
import type { Store } from '../store/store';
import type { Handler } from './handler';
import { inParents } from './parents';
import type { Targets } from './targets';

/** Reads every further page of the lists whose `Load more` row was clicked or selected. */
export function loadAll(targets: Targets, store: Store): Handler {
  return (path, paths) => {
    const rows = targets.given(['more'], path, paths);
    return inParents(store, vscode.l10n.t('Load All'), rows, (parent, signal) =>
      store.loadMore(parent, { all: true, signal }),
    );
  };
}
