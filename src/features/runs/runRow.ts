import { lastActivity } from '../../core/services/common/runTimes';
import { age } from '../../shared/relativeTime';
import { render, type TreeRow } from '../../ui/tree/render';
import { plainText } from '../../shared/plainText';
import type { KnownRun } from './runRegistry';

/**
 * The row of a run in the list of all runs: the last of what it belongs to, how old it is, how it stands, the rest of what
 * it belongs to, and which one it is: in a narrow side bar the end is cut off. What a backfill is described by is its date,
 * of which the age tells already.
 * @param watched whether the user watches it, for its menu: what is over cannot be watched. @param language such as `de`.
 * @param now milliseconds since 1970.
 */
export function runRow(
  { run, ancestors, live, judge }: KnownRun,
  watched: boolean,
  language: string,
  now: number,
): TreeRow {
  const times = judge.times(run);
  const { progress } = times;
  const moment = lastActivity(times);
  const row = render(run, watched ? ['unwatch'] : live ? ['watch'] : []);
  const above = ancestors.slice(0, -1);
  const label = plainText(ancestors.at(-1) ?? '') || row.label;
  const description = [
    moment === undefined ? undefined : age(moment, language, now),
    run.status?.label,
    progress === undefined
      ? undefined
      : new Intl.NumberFormat(language, { style: 'percent' }).format(progress),
    above.length > 0 ? above.join(' › ') : undefined,
    run.kind === 'run' ? run.description : undefined,
    ancestors.length > 0 ? run.label : undefined,
  ]
    .filter((part) => part !== undefined)
    .map((part) => plainText(part))
    .join(' · ');
  return {
    ...row,
    label,
    description,
    accessibilityLabel: `${row.accessibilityLabel}, ${label}, ${description}`,
  };
}
