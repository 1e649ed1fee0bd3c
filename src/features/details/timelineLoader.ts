import type { Wait } from '../../core/http/types';
import type { Disposable } from '../../core/base/emitter';
import { isWithin, type ResourcePath } from '../../core/services/contract/path';
import type { Timeline } from '../../core/services/contract/detailViews';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { toLanes, type TimelineReading } from './timeline';

/** Shorter pauses are not shown. */
const NOTABLE_WAIT_MS = 1000;

/** Loads the runs of a timeline with as few requests as possible. Cancellable. Errors become rows of the lists. */
export class TimelineLoader implements Disposable {
  readonly #registration: Disposable;
  readonly #waits = new Map<ResourcePath, Wait>();
  #controller: AbortController | undefined;
  #stopped = false;
  /** When the list of lanes was loaded for which the last loading ran; undefined before the first. */
  #readAt: number | undefined;

  /** @param changed is called when loading starts, pauses or ends. The store reports the data. */
  constructor(
    private readonly store: Store,
    private readonly changed: () => void,
  ) {
    this.#registration = store.onDidPause(({ path, wait }) => {
      if (wait && wait.delay >= NOTABLE_WAIT_MS) this.#waits.set(path, wait);
      else if (!this.#waits.delete(path)) return;
      changed();
    });
  }

  dispose(): void {
    this.#registration.dispose();
    this.reset();
  }

  reading({ source }: Timeline): TimelineReading {
    const wait = [...this.#waits].find(([path]) => isWithin(path, source))?.[1];
    return { going: this.#controller !== undefined, stopped: this.#stopped, wait };
  }

  /** Loads what is missing, unless that is running, was cancelled, or already ran for these lanes. */
  load(timeline: Timeline): void {
    if (this.#controller || this.#stopped || this.#readAt === this.#readAtOf(timeline)) return;
    void this.#run(timeline);
  }

  /** Cancels loading. What is loaded stays. */
  stop(): void {
    if (!this.#controller) return;
    this.#stopped = true;
    this.#controller.abort();
  }

  /** Makes the next `load` run again, even if it was cancelled or failed. */
  reset(): void {
    this.#controller?.abort();
    this.#controller = undefined;
    this.#stopped = false;
    this.#readAt = undefined;
  }

  async #run(timeline: Timeline): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    this.changed();
    await this.#read(timeline, controller.signal).catch(() => undefined);
    // A newer one may have replaced it.
    if (this.#controller !== controller) return;
    this.#controller = undefined;
    this.#readAt = this.#readAtOf(timeline);
    this.changed();
  }

  async #read(timeline: Timeline, signal: AbortSignal): Promise<void> {
    const { source, prefetchable } = timeline;
    const known = this.store.rows(source) !== undefined;
    if (!known || (prefetchable && this.#missing(timeline).length > 1)) {
      const prefetch = prefetchable ? { prefetch: { depth: 1, scope: 'all' } as const } : {};
      await this.store.load(source, { refresh: known, signal, ...prefetch });
    }
    const work = this.#missing(timeline).map(({ path }) =>
      this.store.load(path, { signal, priority: 'background' }),
    );
    await Promise.allSettled(work);
  }

  /** 0 if it was never loaded, so that a failing list is not requested repeatedly. */
  #readAtOf({ source }: Timeline): number {
    return this.store.state(source).readAt ?? 0;
  }

  /** The lanes whose runs are missing or invalidated. */
  #missing(timeline: Timeline): readonly Resource[] {
    return toLanes(this.store, timeline).filter(
      ({ path }) => this.store.rows(path) === undefined || this.store.state(path).dirty,
    );
  }
}
