import { age } from '../tree/age';
import { render, type Row } from '../tree/render';
import { plainText } from '../tree/plainText';
import type { KnownRun } from './runBook';

/**
 * The row of a run in the list of all runs: what it belongs to, how it stands, how old it is and which one.
 * @param watched whether the user watches it, for its menu. @param language such as `de`.
 * @param now milliseconds since 1970.
 */
export function runRow({ run, of, judge }: KnownRun, watched: boolean, language: string, now: number): Row {
  const { completed, started, created, progress } = judge.times(run);
  const moment = completed ?? started ?? created;
  const row = render(run, [watched ? 'unwatch' : 'watch']);
  const label = of.length > 0 ? of.map((name) => plainText(name)).join(' › ') : row.label;
  const description = [
    run.status?.word,
    progress === undefined
      ? undefined
      : new Intl.NumberFormat(language, { style: 'percent' }).format(progress),
    moment === undefined ? undefined : age(Date.parse(moment), language, now),
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
