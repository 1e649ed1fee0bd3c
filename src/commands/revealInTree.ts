import * as vscode from 'vscode';
import type { ConnectionsView } from '../tree/view';
import type { Handler } from './handler';
import { identified } from './kinds';
import { inView } from './progress';
import { pathsOf, type Targets } from './targets';

/**
 * Shows a resource in the tree of connections, loading what leads to it; without a path the user chooses one.
 * The handler throws as `ConnectionsView.reveal` does.
 */
export function revealInTree(targets: Targets, view: ConnectionsView): Handler {
  return async (path) => {
    const [named] = pathsOf(path, undefined);
    const wanted = named ?? (await targets.choose(identified, vscode.l10n.t('Reveal in the tree')))?.path;
    if (wanted) await inView(() => view.reveal(wanted));
  };
}
