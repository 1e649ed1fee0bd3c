import { isWithin, type ResourcePath } from '../services/path';
import type { Runs } from '../services/runs';
import type { Store } from '../store/store';
import type { RunBook } from './runBook';
import type { Scope } from './scope';
import type { Watches } from './watches';

/** Where live work is looked for. */
export interface Surroundings {
  readonly store: Pick<Store, 'get' | 'rows' | 'rootPath'>;
  readonly book: Pick<RunBook, 'live'>;
  readonly scope: Scope;
  readonly watches: Pick<Watches, 'list'>;
}

/**
 * The work of an account that somebody looks at and that is not over: rows on screen, resources that
 * are watched or shown in a panel with all that is loaded below them, and all known work while the Runs view shows it.
 * @param looked the watched resources that were asked for already: what nothing is known of is asked for once.
 */
export function liveWork(
  account: ResourcePath,
  runs: Pick<Runs, 'isLive'>,
  { store, book, scope, watches }: Surroundings,
  looked: ReadonlySet<ResourcePath>,
): readonly ResourcePath[] {
  const watched = watches.list().filter((path) => isWithin(path, account));
  const found = new Set<ResourcePath>(scope.runsVisible ? book.live(account) : []);
  const collect = (path: ResourcePath, opens: (path: ResourcePath) => boolean): void => {
    if (!opens(path)) return;
    for (const row of store.rows(path) ?? []) {
      if (runs.isLive(row)) found.add(row.path);
      collect(row.path, opens);
    }
  };
  const collectWhole = (path: ResourcePath): void => {
    const row = store.get(path);
    if (row && runs.isLive(row)) found.add(path);
    collect(path, () => true);
  };
  const isOpen = (path: ResourcePath): boolean => path === store.rootPath() || scope.isExpanded(path);
  if (scope.treeVisible) collect(account, isOpen);
  for (const path of scope.panels) if (isWithin(path, account)) collectWhole(path);
  for (const path of watched) {
    if (!looked.has(path)) found.add(path);
    for (const live of book.live(path)) found.add(live);
    collectWhole(path);
  }
  return [...found];
}
