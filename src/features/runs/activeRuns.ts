import { isWithin, type ResourcePath, isRunPath } from '../../core/services/contract/path';
import type { Runs } from '../../core/services/contract/runs';
import type { Store } from '../../core/store/store';
import type { RunRegistry } from './runRegistry';
import type { WatchList } from './watchList';
import type { Event } from '../../core/base/emitter';

export interface ActiveRunContext {
  readonly store: Pick<Store, 'get' | 'rows' | 'rootPath'>;
  readonly registry: Pick<RunRegistry, 'activePaths'>;
  readonly scope: VisibleScope;
  readonly watches: Pick<WatchList, 'list' | 'covers'>;
}

/** What to poll in an account. */
export interface ActiveRuns {
  /** Active runs that are visible or watched. */
  readonly active: readonly ResourcePath[];
  /** Watched resources that are idle as far as is known. Runs may start there. */
  readonly idle: readonly ResourcePath[];
  /** The watched runs among `active`. Their end must be noticed. */
  readonly watchedRuns: readonly ResourcePath[];
}

/**
 * Finds the active runs of an account that the user sees or watches: visible rows, everything loaded below watched
 * resources and below those shown in panels, and all known runs while the Runs view is visible.
 * @param polled the watched resources that were already polled.
 */
export function findActiveRuns(
  account: ResourcePath,
  runs: Pick<Runs, 'isActive'>,
  { store, registry, scope, watches }: ActiveRunContext,
  polled: ReadonlySet<ResourcePath>,
): ActiveRuns {
  const watched = watches.list().filter((path) => isWithin(path, account));
  const known = registry.activePaths(account);
  const found = new Set<ResourcePath>(
    scope.runsVisible ? known : known.filter((path) => watches.covers(path)),
  );
  const whole = new Set<ResourcePath>();
  const collect = (path: ResourcePath, opens: (path: ResourcePath) => boolean): void => {
    if (!opens(path)) return;
    for (const row of store.rows(path) ?? []) {
      if (runs.isActive(row)) found.add(row.path);
      collect(row.path, opens);
    }
  };
  // Each path only once, even if watched resources are nested.
  const isNew = (path: ResourcePath): boolean => !whole.has(path) && Boolean(whole.add(path));
  const collectWhole = (path: ResourcePath): void => {
    const row = store.get(path);
    if (row && runs.isActive(row)) found.add(path);
    collect(path, isNew);
  };
  const isOpen = (path: ResourcePath): boolean => path === store.rootPath() || scope.isExpanded(path);
  if (scope.treeVisible) collect(account, isOpen);
  for (const path of scope.panels) if (isWithin(path, account)) collectWhole(path);
  for (const path of watched) collectWhole(path);
  const active = [...found];
  return {
    active,
    idle: watched.filter((path) => !found.has(path) && (!isRunPath(path) || !polled.has(path))),
    watchedRuns: active.filter((path) => isRunPath(path) && watches.covers(path)),
  };
}

/** What is visible to the user. */
export interface VisibleScope {
  /** False while the user works in another window. */
  readonly focused: boolean;
  /** True while the connections view is visible. */
  readonly treeVisible: boolean;
  /** True while the Runs view is visible. */
  readonly runsVisible: boolean;
  /** The resources of visible panels. */
  readonly panels: readonly ResourcePath[];
  /** True if the rows below a path of the tree are shown, provided that the path itself is. */
  isExpanded(path: ResourcePath): boolean;
  readonly onDidChange: Event<undefined>;
}
