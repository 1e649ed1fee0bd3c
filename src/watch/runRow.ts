import { momentOf } from '../services/runTimes';
import { age } from '../tree/age';
import { render, type Row } from '../tree/render';
import { plainText } from '../tree/plainText';
import type { KnownRun } from './runBook';

/**
 * The row of a run in the list of all runs: what it belongs to, how it stands, how old it is, what it counted and which
 * one. What a backfill is described by is its date, of which the age tells already.
 * @param watched whether the user watches it, for its menu. @param language such as `de`.
 * @param now milliseconds since 1970.
 */
export function runRow({ run, of, judge }: KnownRun, watched: boolean, language: string, now: number): Row {
  const times = judge.times(run);
  const { progress } = times;
  const moment = momentOf(times);
  const row = render(run, [watched ? 'unwatch' : 'watch']);
  const label = of.length > 0 ? of.map((name) => plainText(name)).join(' › ') : row.label;
  const description = [
    run.status?.word,
    progress === undefined
      ? undefined
      : new Intl.NumberFormat(language, { style: 'percent' }).format(progress),
    moment === undefined ? undefined : age(moment, language, now),
    run.kind === 'run' ? run.description : undefined,
    of.length > 0 ? run.label : undefined,
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
