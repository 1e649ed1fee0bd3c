import { lastActivity } from '../../core/services/common/runTimes';
import { age, passed } from '../../shared/relativeTime';
import { render, type TreeRow } from '../../ui/tree/render';
import { plainText } from '../../shared/plainText';
import type { KnownRun } from './runRegistry';
import type { Disposable } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Clock } from '../../core/base/clock';

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

/** Milliseconds between two looks at the rows: an age is behind by no more than that. */
const TICK_MS = 15_000;

/** An age as a row shows it. */
interface Shown {
  /** Milliseconds since 1970. */
  readonly moment: number;
  readonly words: string;
}

/** Finds the rows that tell another age than when they were drawn. One timer runs while somebody can see them, else none. */
export class AgeClock implements Disposable {
  readonly #shown = new Map<ResourcePath, Shown>();
  #cancel: (() => void) | undefined;

  /** @param redraw draws rows anew, which calls `drawn` for each. */
  constructor(
    private readonly clock: Clock,
    private readonly redraw: (paths: readonly ResourcePath[]) => void,
  ) {}

  dispose(): void {
    this.#cancel?.();
  }

  /** Notes that a row was drawn, with the age of a moment where it tells one. */
  drawn(path: ResourcePath, moment: number | undefined): void {
    if (moment === undefined) this.#shown.delete(path);
    else this.#shown.set(path, { moment, words: this.#words(moment) });
  }

  /** Forgets all rows, for those that are still there are drawn anew. */
  clear(): void {
    this.#shown.clear();
  }

  /** Begins to look at the rows, at once, or ends it. */
  run(visible: boolean): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (visible) this.#look();
  }

  #look(): void {
    const old = [...this.#shown].filter(([, { moment, words }]) => this.#words(moment) !== words);
    if (old.length > 0) this.redraw(old.map(([path]) => path));
    this.#cancel = this.clock.after(TICK_MS, () => {
      this.#look();
    });
  }

  #words(moment: number): string {
    const { unit, count } = passed(moment, this.clock.now());
    return `${count} ${unit}`;
  }
}
