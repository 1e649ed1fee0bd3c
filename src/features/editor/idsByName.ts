import { type Clock, Debouncer } from '../../core/base/clock';
import { DisposableStore } from '../../core/base/disposableStore';
import type { Disposable } from '../../core/base/emitter';
import type { Resource } from '../../core/services/contract/resource';
import type { Identified } from '../../core/store/idIndex';
import { insertedInSteps, sortedInSteps } from '../../core/store/sorting';
import type { Store } from '../../core/store/store';
import type { SearchedIds } from './searchIds';

/** For so many milliseconds the order is kept. */
const KEPT_MS = 60_000;

/** An order, and what it was made of. */
interface Order {
  readonly sorted: readonly Identified[];
  /** As the store lists them. */
  readonly listed: readonly Identified[];
  /** Of what is listed, at the same places. */
  readonly names: readonly string[];
}

const EMPTY: Order = { sorted: [], listed: [], names: [] };

/**
 * The loaded IDs in the order of their names, in which a search finds the first ones without comparing them. Sorting takes
 * longer than a search, so the order is kept for a minute, and after a change only what is new in it is sorted.
 */
export class IdsByName implements Disposable, SearchedIds {
  readonly #disposables = new DisposableStore();
  readonly #kept: Debouncer;
  #order: Order | undefined;
  /** Number of changes so far. */
  #changes = 0;
  /** The changes that the order has. */
  #ordered = 0;

  constructor(
    private readonly store: Pick<Store, 'identified' | 'onDidChange' | 'shortId'>,
    clock?: Pick<Clock, 'after'>,
  ) {
    const forget = (): void => {
      this.#order = undefined;
    };
    this.#kept = new Debouncer(KEPT_MS, forget, clock);
    this.#disposables.add(
      this.#kept,
      store.onDidChange(() => {
        this.#changes += 1;
      }),
    );
  }

  dispose(): void {
    this.#order = undefined;
    this.#disposables.dispose();
  }

  shortId(resource: Resource): string | undefined {
    return this.store.shortId(resource);
  }

  /** All of them. Sends no request. A generator for `inSlices`. */
  *all(): Generator<void, readonly Identified[]> {
    const changes = this.#changes;
    let order = this.#order;
    if (!order || this.#ordered !== changes) {
      order = yield* orderByName(this.store.identified(), order ?? EMPTY);
      if (changes !== this.#changes) return order.sorted;
      [this.#order, this.#ordered] = [order, changes];
    }
    this.#kept.schedule();
    return order.sorted;
  }
}

/** After this many resources the work may be interrupted. */
const STRIDE = 500;

/** IDs in the order of their names, in which numbers count as numbers. A generator for `inSlices`. */
export function* sortedByName(ids: Iterable<Identified>): Generator<void, readonly Identified[]> {
  return (yield* orderByName(ids, EMPTY)).sorted;
}

/**
 * @param before an earlier order: what is in it under the same name is not sorted again. The store lists what it had in
 * the same sequence, so both are compared side by side.
 */
function* orderByName(ids: Iterable<Identified>, before: Order): Generator<void, Order> {
  const [listed, names, added]: [Identified[], string[], Identified[]] = [[], [], []];
  const gone = new Set<Identified | undefined>();
  let next = 0;
  for (const id of ids) {
    const { label } = id.resource;
    while (next < before.listed.length && before.listed[next] !== id) gone.add(before.listed[next++]);
    if (before.names[next] === label) next += 1;
    else added.push(id);
    names.push(label);
    if (listed.push(id) % STRIDE === 0) yield;
  }
  for (const id of before.listed.slice(next)) gone.add(id);
  const kept = gone.size === 0 ? before.sorted : before.sorted.filter((id) => !gone.has(id));
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const byName = (a: Identified, b: Identified): number => compare(a.resource.label, b.resource.label);
  const sorted = yield* insertedInSteps(kept, yield* sortedInSteps(added, byName), byName);
  return { sorted, listed, names };
}
