import type { Resource } from '../services/contract/resource';
import type { LookUp } from './remoteIdLookup';
import type { Store } from './store';
import type { RunEntry, RunTimes } from '../services/contract/runs';
import type { ResourcePath } from '../services/contract/path';

/**
 * The resources with an ID: the loaded ones, or else those that the services return, which are not added to the store.
 * @throws the signal's reason.
 */
export async function findById(
  store: Pick<Store, 'find' | 'lookUp'>,
  id: string,
  signal?: AbortSignal,
): Promise<LookUp> {
  const loaded = store.find(id);
  return loaded.length > 0 ? { found: loaded, failures: [] } : store.lookUp(id, signal);
}

/** A run with its times. */
export interface TimedRun extends RunEntry {
  readonly times: RunTimes;
}

/** The runs of an account. */
interface AccountRuns {
  readonly entries: readonly TimedRun[];
  /** Rows of kind `problem` for runs that cannot be shown. */
  readonly problems: readonly Resource[];
}

/**
 * The current runs of an account, newest first; empty if the service has no runs.
 * @param within only runs at or below these resources; empty: all.
 * @throws as `Runs.fetchRuns` does.
 */
export async function accountRuns(
  store: Pick<Store, 'session'>,
  account: Resource,
  { signal, within = [] }: { readonly signal?: AbortSignal; readonly within?: readonly ResourcePath[] } = {},
): Promise<AccountRuns> {
  const { runs } = await store.session(account.path);
  if (!runs) return { entries: [], problems: [] };
  const { entries, problems = [] } = await runs.fetchRuns(account, within, {
    priority: 'interactive',
    ...(signal && { signal }),
  });
  return { entries: entries.map((entry) => ({ ...entry, times: runs.times(entry.run) })), problems };
}
