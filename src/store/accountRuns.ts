import type { RunEntry, RunTimes } from '../services/runs';
import type { Resource } from '../services/service';
import type { Store } from './store';

/** Work that takes time, with its moments. */
export interface TimedRun extends RunEntry {
  readonly times: RunTimes;
}

/**
 * The work of an account as the service tells it now, the newest first; empty where the service has none.
 * @throws as `Runs.current` does.
 */
export async function accountRuns(
  store: Pick<Store, 'session'>,
  account: Resource,
  signal?: AbortSignal,
): Promise<readonly TimedRun[]> {
  const { runs } = await store.session(account.path);
  if (!runs) return [];
  const { entries } = await runs.current(account, [], { priority: 'interactive', ...(signal && { signal }) });
  return entries.map((entry) => ({ ...entry, times: runs.times(entry.run) }));
}
