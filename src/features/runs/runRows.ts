import { lastActivity } from '../../core/services/common/dates';
import { stateWord, statusText } from '../../shared/status';
import { age, passed } from '../../shared/relativeTime';
import { kindPresentation, render, type TreeRow } from '../../ui/tree/render';
import { plainText } from '../../shared/plainText';
import type { KnownRun } from './runRegistry';
import type { Disposable } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Clock } from '../../core/base/clock';

/**
 * The row of a run in the Runs view: its parent, age, status, remaining ancestors and name, in this order, because a
 * narrow side bar cuts off the end. A backfill's description is its date, which the age already shows.
 * @param abilities whether the user watches it, and whether it has a page in the service's own UI. Runs that have ended
 * cannot be watched.
 * @param language such as `de`.
 * @param now milliseconds since 1970.
 */
export function runRow(
  { run, ancestors, active, rules }: KnownRun,
  { watched, hasLink }: { readonly watched: boolean; readonly hasLink: boolean },
  language: string,
  now: number,
): TreeRow {
  const times = rules.times(run);
  const { progress } = times;
  const moment = lastActivity(times);
  const row = render(run, [
    ...(hasLink ? ['link'] : []),
    ...(watched ? ['unwatch'] : active ? ['watch'] : []),
  ]);
  const above = ancestors.slice(0, -1);
  const label = plainText(ancestors.at(-1) ?? '') || row.label;
  const words = [
    moment === undefined ? undefined : age(moment, language, now),
    run.status && statusText(run.status),
    progress === undefined
      ? undefined
      : new Intl.NumberFormat(language, { style: 'percent' }).format(progress),
    above.length > 0 ? above.join(' › ') : undefined,
    run.kind === 'run' ? run.description : undefined,
  ];
  // Name, state, place: the name of its parent does not identify a run.
  const spoken = [
    ...[...new Set([label, plainText(run.label)]), run.status && stateWord(run.status.state)],
    ...[kindPresentation(run).noun, joined(words)],
  ];
  return {
    ...row,
    label,
    description: joined([...words, ancestors.length > 0 ? run.label : undefined]),
    accessibilityLabel: spoken.filter(Boolean).join(', '),
  };
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.flatMap((part) => (part === undefined ? [] : [plainText(part)])).join(' · ');
}

/** Milliseconds between two checks: the longest time for which a shown age is outdated. */
const TICK_MS = 15_000;

/** An age as a row shows it. */
interface Shown {
  /** Milliseconds since 1970. */
  readonly moment: number;
  readonly text: string;
}

/** Finds rows whose age has changed since they were drawn. Uses one timer while the view is visible, otherwise none. */
export class AgeClock implements Disposable {
  readonly #shown = new Map<ResourcePath, Shown>();
  #cancel: (() => void) | undefined;

  /** @param redraw redraws rows, which calls `drawn` for each. */
  constructor(
    private readonly clock: Clock,
    private readonly redraw: (paths: readonly ResourcePath[]) => void,
  ) {}

  dispose(): void {
    this.#cancel?.();
  }

  /** Records the age that a row shows, if it shows one. */
  drawn(path: ResourcePath, moment: number | undefined): void {
    if (moment === undefined) this.#shown.delete(path);
    else this.#shown.set(path, { moment, text: this.#format(moment) });
  }

  /** Forgets all rows, because the remaining ones are redrawn. */
  clear(): void {
    this.#shown.clear();
  }

  /** Starts checking rows, immediately, or stops. */
  run(visible: boolean): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (visible) this.#check();
  }

  #check(): void {
    const old = [...this.#shown].filter(([, { moment, text: words }]) => this.#format(moment) !== words);
    if (old.length > 0) this.redraw(old.map(([path]) => path));
    this.#cancel = this.clock.after(TICK_MS, () => {
      this.#check();
    });
  }

  #format(moment: number): string {
    const { unit, count } = passed(moment, this.clock.now());
    return `${count} ${unit}`;
  }
}
