import type { RunEntry, RunTimes } from '../services/contract/runs';
import type { Resource } from '../services/contract/resource';
import type { Store } from './store';

/** Work that takes time, with its moments. */
export interface TimedRun extends RunEntry {
  readonly times: RunTimes;
}

/** The work of an account. */
export interface AccountRuns {
  readonly entries: readonly TimedRun[];
  /** Rows for work that cannot be told, of kind `problem`. */
  readonly problems: readonly Resource[];
}

/**
 * The work of an account as the service tells it now, the newest first; empty where the service has none.
 * @throws as `Runs.current` does.
 */
export async function accountRuns(
  store: Pick<Store, 'session'>,
  account: Resource,
  signal?: AbortSignal,
): Promise<AccountRuns> {
  const { runs } = await store.session(account.path);
  if (!runs) return { entries: [], problems: [] };
  const { entries, problems = [] } = await runs.fetchRuns(account, [], {
    priority: 'interactive',
    ...(signal && { signal }),
  });
  return { entries: entries.map((entry) => ({ ...entry, times: runs.times(entry.run) })), problems };
}
