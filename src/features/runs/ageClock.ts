import type { Disposable } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import { passed } from '../../shared/relativeTime';
import type { Clock } from '../../core/base/clock';

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
