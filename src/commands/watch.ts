import * as vscode from 'vscode';
import { pathSegments, type ResourcePath } from '../services/path';
import { watchable } from '../tree/watchable';
import type { Watches } from '../watch/watches';
import type { Handler } from './handler';
import { pathsOf, type Targets } from './targets';

/** Watches resources, so that the end of their work is told also when they are not on screen. */
export function watch(targets: Targets, watches: Watches): Handler {
  return async (path, paths) => {
    const named = pathsOf(path, paths).filter(isWatchable);
    const chosen = named.length > 0 ? named : await choose(targets, path, paths);
    watches.set(chosen, true);
  };
}

async function choose(targets: Targets, path: unknown, paths: unknown): Promise<readonly ResourcePath[]> {
  const chosen = await targets.some(watchable, path, paths, vscode.l10n.t('Watch'));
  return chosen.map((resource) => resource.path);
}

function isWatchable(path: ResourcePath): boolean {
  const kind = pathSegments(path).at(-1)?.kind;
  return watchable.some((known) => known === kind);
}
