import type { Wait } from '../../core/http/types';
import type { Disposable } from '../../core/base/emitter';
import { isWithin, type ResourcePath } from '../../core/services/contract/path';
import type { Timeline } from '../../core/services/contract/detailViews';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { toLanes, type TimelineReading } from './timeline';

/** Shorter pauses, in milliseconds, are not worth a word. */
const NOTABLE_WAIT_MS = 1000;

/** Reads what a timeline shows, by the fewest requests, and can be stopped. Failures stand in the lists themselves. */
export class TimelineLoader implements Disposable {
  readonly #registration: Disposable;
  readonly #waits = new Map<ResourcePath, Wait>();
  #controller: AbortController | undefined;
  #stopped = false;
  /** When the list of lanes was read that the last reading was about; undefined before there was one. */
  #readAt: number | undefined;

  /** @param changed is called when the reading begins, waits or ends. What it reads, the store tells. */
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

  /** How the reading of a timeline stands. */
  reading({ source }: Timeline): TimelineReading {
    const wait = [...this.#waits].find(([path]) => isWithin(path, source))?.[1];
    return { going: this.#controller !== undefined, stopped: this.#stopped, wait };
  }

  /** Reads what is missing, unless it is being read, was stopped, or was read since the lanes were. */
  load(timeline: Timeline): void {
    if (this.#controller || this.#stopped || this.#readAt === this.#readAtOf(timeline)) return;
    void this.#run(timeline);
  }

  /** Ends the reading. What was read stays. */
  stop(): void {
    if (!this.#controller) return;
    this.#stopped = true;
    this.#controller.abort();
  }

  /** Has the next look read what is missing, also where the reading was stopped or failed. */
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
    // Another reading may have taken its place.
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

  /** 0 where it was never read: a list that cannot be read is not asked for again and again. */
  #readAtOf({ source }: Timeline): number {
    return this.store.state(source).readAt ?? 0;
  }

  /** The lanes whose runs are not known, or are to be read again. */
  #missing(timeline: Timeline): readonly Resource[] {
    return toLanes(this.store, timeline).filter(
      ({ path }) => this.store.rows(path) === undefined || this.store.state(path).dirty,
    );
  }
}
