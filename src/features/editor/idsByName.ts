import { type Clock, Debouncer } from '../../core/base/clock';
import { DisposableStore } from '../../core/base/disposableStore';
import type { Disposable } from '../../core/base/emitter';
import type { Identified } from '../../core/store/idIndex';
import { sortedInSteps } from '../../core/store/sorting';
import type { Store } from '../../core/store/store';

/** For so many milliseconds the order is kept. */
const KEPT_MS = 60_000;

/**
 * The loaded IDs in the order of their names, in which a search finds the first ones without comparing them. Sorting takes
 * longer than a search, so the order is kept for the next letters, until a resource changes or a minute is over.
 */
export class IdsByName implements Disposable {
  readonly #disposables = new DisposableStore();
  readonly #kept: Debouncer;
  #sorted: readonly Identified[] | undefined;
  /** Number of changes so far. */
  #changes = 0;

  constructor(
    private readonly store: Pick<Store, 'identified' | 'onDidChange'>,
    clock?: Pick<Clock, 'after'>,
  ) {
    const forget = (): void => {
      this.#sorted = undefined;
    };
    this.#kept = new Debouncer(KEPT_MS, forget, clock);
    this.#disposables.add(
      this.#kept,
      store.onDidChange(() => {
        this.#changes += 1;
        this.#sorted = undefined;
      }),
    );
  }

  dispose(): void {
    this.#sorted = undefined;
    this.#disposables.dispose();
  }

  /** All of them. Sends no request. A generator for `inSlices`. */
  *all(): Generator<void, readonly Identified[]> {
    if (!this.#sorted) {
      const changes = this.#changes;
      const sorted = yield* sortedByName(this.store.identified());
      if (changes !== this.#changes) return sorted;
      this.#sorted = sorted;
    }
    this.#kept.schedule();
    return this.#sorted;
  }
}

/** After this many resources the work may be interrupted. */
const STRIDE = 500;

/** IDs in the order of their names, in which numbers count as numbers. A generator for `inSlices`. */
export function* sortedByName(ids: Iterable<Identified>): Generator<void, readonly Identified[]> {
  const all: Identified[] = [];
  for (const id of ids) if (all.push(id) % STRIDE === 0) yield;
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return yield* sortedInSteps(all, (a, b) => compare(a.resource.label, b.resource.label));
}
