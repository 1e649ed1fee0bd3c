import * as l10n from '@vscode/l10n';
import { problemItem } from './problem';
import type { Resource } from '../contract/resource';
import { ancestry, type ResourcePath } from '../contract/path';
import type { RunEntry, Runs } from '../contract/runs';
import { lastActivity } from './dates';

/** The row that reports runs of an account that have no ID; none for 0. */
export function brokenRuns(account: Pick<Resource, 'path'>, count: number): readonly Resource[] {
  if (count === 0) return [];
  const problem = {
    title: count === 1 ? l10n.t('A run cannot be shown.') : l10n.t('{0} runs cannot be shown.', count),
    detail: l10n.t('An ID is missing or not in the documented format.'),
    advice: l10n.t('The other runs are shown. Refresh later to check whether the service has fixed it.'),
    retryable: false,
  };
  return [problemItem(account, 'brokenRuns', problem).resource];
}

/** The row that reports runs of an account that belong to no listed resource; none for 0. */
export function strayRuns(account: Pick<Resource, 'path'>, count: number): readonly Resource[] {
  if (count === 0) return [];
  const problem = {
    title:
      count === 1 ? l10n.t('A run could not be assigned.') : l10n.t('{0} runs could not be assigned.', count),
    detail: l10n.t('The resources they belong to are not in any list of the account.'),
    advice: l10n.t(
      'They may have been deleted, or the account may not have permission to see them. Refresh the view.',
    ),
    retryable: false,
  };
  return [problemItem(account, 'strayRuns', problem).resource];
}

/** How long finished runs count as recent, in milliseconds. */
const RECENT_MS = 7 * 24 * 3_600_000;

/** Maximum number of finished runs: schedules of minutes create thousands. */
const MAX_RUNS = 500;

/**
 * Selects queued, active and recent runs, newest first.
 * @param within only runs at or below these; empty: all.
 * @param now milliseconds since 1970.
 */
export function latestRuns(
  entries: readonly RunEntry[],
  within: readonly ResourcePath[],
  { isActive, times }: Pick<Runs, 'isActive' | 'times'>,
  now = Date.now(),
): readonly RunEntry[] {
  const moments = new Map(entries.map((entry) => [entry, lastActivity(times(entry.run))]));
  const moment = (entry: RunEntry): number => moments.get(entry) ?? now;
  const places = new Set(within);
  const wanted = entries.filter(
    ({ run }) => places.size === 0 || ancestry(run.path).some((above) => places.has(above)),
  );
  const live = wanted.filter(({ run }) => isActive(run));
  const over = wanted.filter((entry) => !isActive(entry.run) && now - moment(entry) <= RECENT_MS);
  const newestFirst = (a: RunEntry, b: RunEntry): number => moment(b) - moment(a);
  return [...live, ...over.toSorted(newestFirst).slice(0, MAX_RUNS)].toSorted(newestFirst);
}
