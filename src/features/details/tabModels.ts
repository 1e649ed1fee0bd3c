import type { Disposable } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Session } from '../../core/services/contract/service';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import type { Lists } from './listModel';
import type {
  LaneModel,
  OverviewModel,
  StructureModel,
  TableModel,
  TimelineModel,
} from '../../shared/models';
import { toOverview } from './overview';
import { toStructure } from './structure';
import { toTimeline } from './timeline';
import { TimelineLoader } from './timelineLoader';

/** A tab beside the JSON. */
export type ModelTab = 'overview' | 'timeline' | 'structure';

/** Nothing more comes to the lists of a resource that is gone, and their problems are none any more. */
const ENDED_LIST = { loading: false, stale: false, more: false } as const;

function withoutMore({ id, source, title, columns, rows }: TableModel): TableModel {
  return { id, source, title, columns, rows, ...ENDED_LIST };
}

function laneWithoutMore({ path, label, bars }: LaneModel): LaneModel {
  return { path, label, bars, ...ENDED_LIST };
}

/**
 * What the tabs beside the JSON show of one resource. A model is made of what the store knows at that moment; asking for
 * one has the store read what is missing, so that only tabs that are open cost requests.
 */
export class TabModels implements Disposable {
  readonly #timeline: TimelineLoader;
  /** Lists that are being read for a tab. */
  readonly #pending = new Set<ResourcePath>();
  /** Lists that were not there to be read. */
  readonly #missing = new Set<ResourcePath>();
  #controller = new AbortController();
  /** What was shown last, while the resource was there. */
  readonly #lastShown: { overview?: OverviewModel; timeline?: TimelineModel; structure?: StructureModel } =
    {};

  /** @param changed is called where a reading begins, waits or ends; what it reads, the store tells. */
  constructor(
    private readonly store: Store,
    private readonly changed: () => void,
  ) {
    this.#timeline = new TimelineLoader(store, changed);
  }

  dispose(): void {
    this.#timeline.dispose();
    this.#controller.abort();
  }

  /** The tabs that the resource has something for. */
  tabs(session: Session, resource: Resource): readonly ModelTab[] {
    const { detailViews } = session;
    const overview =
      session.properties(resource).length > 0 || (detailViews?.tables(resource).length ?? 0) > 0;
    return [
      ...(overview ? (['overview'] as const) : []),
      ...(detailViews?.timeline(resource) ? (['timeline'] as const) : []),
      ...((detailViews?.structureInputs(resource).length ?? 0) > 0 ? (['structure'] as const) : []),
    ];
  }

  overview(session: Session, resource: Resource): OverviewModel {
    if (this.#isGone(resource)) {
      const { facts, tables } = this.#lastShown.overview ?? toOverview(this.#lists, session, resource);
      return { facts, tables: tables.filter(({ rows }) => rows.length > 0).map(withoutMore) };
    }
    this.#ensureLoaded((session.detailViews?.tables(resource) ?? []).map(({ source }) => source));
    return (this.#lastShown.overview = toOverview(this.#lists, session, resource));
  }

  /** @returns undefined where the resource has no structure. */
  structure(session: Session, resource: Resource): StructureModel | undefined {
    const sources = session.detailViews?.structureInputs(resource) ?? [];
    if (sources.length === 0) return undefined;
    if (this.#isGone(resource)) {
      const { nodes = [], edges = [] } = this.#lastShown.structure ?? {};
      return { nodes, edges, ...ENDED_LIST };
    }
    this.#ensureLoaded(sources);
    return (this.#lastShown.structure = toStructure(this.#lists, session, resource));
  }

  /** @returns undefined where the resource has no timeline. */
  timeline(session: Session, resource: Resource): TimelineModel | undefined {
    const timeline = session.detailViews?.timeline(resource);
    if (!timeline) return undefined;
    if (this.#isGone(resource))
      return { lanes: (this.#lastShown.timeline?.lanes ?? []).map(laneWithoutMore) };
    this.#timeline.load(timeline);
    const reading = this.#timeline.reading(timeline);
    return (this.#lastShown.timeline = toTimeline(this.store, session, timeline, reading));
  }

  /** Loads what lies below a resource, the rest of its list, or what failed there. Problems become rows of the list. */
  async load(path: ResourcePath): Promise<void> {
    this.reset();
    const { signal } = this.#controller;
    const rows = this.store.rows(path);
    if (rows?.some(({ problem }) => problem?.retryable)) await this.store.retry(path);
    else if (rows?.some(({ kind }) => kind === 'more')) await this.store.loadMore(path, { signal });
    else await this.store.load(path, { asked: true, signal }).catch(() => undefined);
  }

  /** Stops what is being read. What was read stays. */
  cancel(): void {
    this.#timeline.stop();
    this.#controller.abort();
    this.#pending.clear();
    this.changed();
  }

  /** Has the next model read what is missing, also where that was stopped before. */
  reset(): void {
    this.#timeline.reset();
    this.#missing.clear();
    if (this.#controller.signal.aborted) this.#controller = new AbortController();
  }

  /** With a resource go the lists below it; what was shown of them stays. */
  #isGone({ path }: Resource): boolean {
    return this.store.get(path) === undefined;
  }

  /** What the store knows, save that a list counts as being read from the moment on that it is wanted. */
  get #lists(): Lists {
    const store = this.store;
    return {
      get: (path) => store.get(path),
      rows: (path) => store.rows(path),
      state: (path) => {
        const state = store.state(path);
        return { ...state, reading: state.reading || this.#pending.has(path) };
      },
    };
  }

  /** Reads the lists that are not known, or are to be read again. */
  #ensureLoaded(sources: readonly ResourcePath[]): void {
    for (const path of new Set(sources)) {
      const known = this.store.rows(path) !== undefined && !this.store.state(path).dirty;
      if (known || this.#pending.has(path) || this.#missing.has(path)) continue;
      if (!this.#controller.signal.aborted) void this.#read(path);
    }
  }

  async #read(path: ResourcePath): Promise<void> {
    const { signal } = this.#controller;
    this.#pending.add(path);
    try {
      await this.store.load(path, { signal });
    } catch {
      // What could not be read stands in its list; here is only what leads nowhere, or was stopped.
      this.#missing.add(path);
    }
    if (signal.aborted) return;
    this.#pending.delete(path);
    this.changed();
  }
}
