import { isWithin, type ResourcePath, isRunPath } from '../../core/services/contract/path';
import type { Runs } from '../../core/services/contract/runs';
import type { Store } from '../../core/store/store';
import type { RunRegistry } from './runRegistry';
import type { WatchList } from './watchList';
import type { Event } from '../../core/base/emitter';

/** Where live work is looked for. */
export interface ActiveRunContext {
  readonly store: Pick<Store, 'get' | 'rows' | 'rootPath'>;
  readonly book: Pick<RunRegistry, 'live'>;
  readonly scope: VisibleScope;
  readonly watches: Pick<WatchList, 'list' | 'covers'>;
}

/** What is to be asked for in an account. */
export interface ActiveRuns {
  /** Work that somebody looks at or watches, and that is not over. */
  readonly live: readonly ResourcePath[];
  /** What is watched and at rest as far as is known: work may begin there. */
  readonly idle: readonly ResourcePath[];
  /** Runs among `live` that are watched: their end is to be noticed. */
  readonly watchedRuns: readonly ResourcePath[];
}

/**
 * Finds the work of an account that somebody looks at and that is not over: rows on screen, resources that are watched
 * or shown in a panel with all that is loaded below them, and all known work while the Runs view shows it.
 * @param looked the watched resources that were asked for already.
 */
export function findActiveRuns(
  account: ResourcePath,
  runs: Pick<Runs, 'isActive'>,
  { store, book, scope, watches }: ActiveRunContext,
  looked: ReadonlySet<ResourcePath>,
): ActiveRuns {
  const watched = watches.list().filter((path) => isWithin(path, account));
  const known = book.live(account);
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
  // Each once, also where what is watched lies below what is watched.
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
  const live = [...found];
  return {
    live,
    idle: watched.filter((path) => !found.has(path) && (!isRunPath(path) || !looked.has(path))),
    watchedRuns: live.filter((path) => isRunPath(path) && watches.covers(path)),
  };
}

/** What the user looks at, and how. */
export interface VisibleScope {
  /** False: the user works in another window. */
  readonly focused: boolean;
  /** True while the tree of connections is on screen. */
  readonly treeVisible: boolean;
  /** True while the Runs view is on screen. */
  readonly runsVisible: boolean;
  /** The resources whose panels are on screen. */
  readonly panels: readonly ResourcePath[];
  /** The rows below a path of the tree are shown, as far as the path itself is. */
  isExpanded(path: ResourcePath): boolean;
  /** Something of this changed. */
  readonly onDidChange: Event<undefined>;
}
