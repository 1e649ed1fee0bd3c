import { ancestry, type ResourcePath } from './path';
import type { RunEntry, Runs } from './runs';
import { momentOf } from './runTimes';

/** Work that is over counts as recent for a week, in milliseconds. */
const recent = 7 * 24 * 3_600_000;
/** Of work that is over no more is told: schedules of minutes leave thousands of runs. */
const most = 500;

/**
 * What a report tells of all the work that a service named: queued, running and lately over, the newest first.
 * @param within only what lies at or below these; empty: everything.
 * @param now milliseconds since 1970.
 */
export function latestRuns(
  entries: readonly RunEntry[],
  within: readonly ResourcePath[],
  { isLive, times }: Pick<Runs, 'isLive' | 'times'>,
  now = Date.now(),
): readonly RunEntry[] {
  const moments = new Map(entries.map((entry) => [entry, momentOf(times(entry.run))]));
  const moment = (entry: RunEntry): number => moments.get(entry) ?? now;
  const places = new Set(within);
  const wanted = entries.filter(
    ({ run }) => places.size === 0 || ancestry(run.path).some((above) => places.has(above)),
  );
  const live = wanted.filter(({ run }) => isLive(run));
  const over = wanted.filter((entry) => !isLive(entry.run) && now - moment(entry) <= recent);
  const newestFirst = (a: RunEntry, b: RunEntry): number => moment(b) - moment(a);
  return [...live, ...over.toSorted(newestFirst).slice(0, most)].toSorted(newestFirst);
}
