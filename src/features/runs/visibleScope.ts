import type { Event } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';
import { newRuns } from './newRuns';
import type { RunUpdate } from './runRegistry';

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

/**
 * Has the store show what a service told of its work: that the account answers, resources as they are by now, and runs that
 * came since their list was read.
 * @param askedAt when the service was asked, in milliseconds since 1970.
 */
export async function applyToStore(
  store: Pick<Store, 'get' | 'rows' | 'reportHealth' | 'put' | 'add'>,
  { account, runs, report }: RunUpdate,
  askedAt: number,
): Promise<void> {
  store.reportHealth(account, undefined);
  await store.put(report.updated, askedAt);
  store.add(newRuns(report.entries, runs, store), askedAt);
}
