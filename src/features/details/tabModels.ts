import * as l10n from '@vscode/l10n';
import type { Disposable } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Session } from '../../core/services/contract/service';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import type { FreshnessContext } from '../../ui/tree/freshness';
import type { Lists } from './listModel';
import type {
  LaneModel,
  LogId,
  LogModel,
  OverviewModel,
  StructureModel,
  TableModel,
  TimelineModel,
} from '../../shared/models';
import type { AccountSummary } from './accountSummary';
import { toOverview } from './overview';
import { FailureReasons } from '../../ui/tree/failureReasons';
import { LogLoader } from './logLoader';
import { ReportLoader } from './reportLoader';
import { toStructure } from './structure';
import { timelineTitle, toTimeline, TimelineLoader } from './timeline';

export type ModelTab = 'overview' | 'timeline' | 'structure' | LogId;

/** The logs, in the order of their tabs. */
const LOG_IDS: readonly LogId[] = ['history', 'batches'];

/** The lists of a deleted resource no longer load, and have no problems. */
const ENDED_LIST = { loading: false, stale: false, more: false } as const;

/** Of a resource that was deleted first. */
const NOTHING_READ = { columns: [], entries: [], empty: '' } as const;

function withoutMore({ id, source, title, columns, rows }: TableModel): TableModel {
  return { id, source, title, columns, rows, ...ENDED_LIST };
}

function laneWithoutMore({ path, label, bars }: LaneModel): LaneModel {
  return { path, label, bars, ...ENDED_LIST };
}

/**
 * View models of all tabs except JSON. A model is created from what the store has; requesting one makes the store load
 * what is missing, so that only open tabs cause requests.
 */
export class TabModels implements Disposable {
  readonly #timeline: TimelineLoader;
  readonly #report: ReportLoader;
  readonly #logs: ReadonlyMap<LogId, LogLoader>;
  readonly #reasons = new FailureReasons();
  readonly #pending = new Set<ResourcePath>();
  /** Lists that could not be loaded. */
  readonly #missing = new Set<ResourcePath>();
  #controller = new AbortController();
  /** The last models before the resource was deleted. */
  readonly #lastShown: { overview?: OverviewModel; timeline?: TimelineModel; structure?: StructureModel } =
    {};
  readonly #lastLogs = new Map<LogId, LogModel>();

  /**
   * @param changed is called when loading starts, pauses or ends; the store reports the data.
   * @param account counts what an account has. Absent if none is shown.
   */
  constructor(
    private readonly store: Store,
    private readonly changed: () => void,
    private readonly freshness: () => FreshnessContext | undefined = () => undefined,
    private readonly account?: AccountSummary,
  ) {
    this.#timeline = new TimelineLoader(store, changed);
    this.#report = new ReportLoader(changed);
    this.#logs = new Map(LOG_IDS.map((id) => [id, new LogLoader(id, changed)]));
  }

  dispose(): void {
    this.#timeline.dispose();
    this.#report.dispose();
    for (const log of this.#logs.values()) log.dispose();
    this.#controller.abort();
  }

  /** The tabs that have content for the resource. */
  tabs(session: Session, resource: Resource): readonly ModelTab[] {
    const { detailViews } = session;
    const overview =
      resource.kind === 'account' ||
      session.reports?.title(resource) !== undefined ||
      session.properties(resource).length > 0 ||
      (detailViews?.tables(resource).length ?? 0) > 0;
    return [
      ...(overview ? (['overview'] as const) : []),
      ...(detailViews?.timeline(resource) ? (['timeline'] as const) : []),
      ...((detailViews?.structureInputs(resource).length ?? 0) > 0 ? (['structure'] as const) : []),
      ...LOG_IDS.filter((id) => session.logs?.[id]?.appliesTo(resource)),
    ];
  }

  overview(session: Session, resource: Resource): OverviewModel {
    if (this.#isGone(resource)) {
      const { facts, report, tables } = this.#lastShown.overview ?? this.#toOverview(session, resource);
      return {
        facts,
        ...(report && report.rows.length > 0 && { report: { ...report, ...ENDED_LIST } }),
        tables: tables.filter(({ rows }) => rows.length > 0).map(withoutMore),
      };
    }
    this.#ensureLoaded((session.detailViews?.tables(resource) ?? []).map(({ source }) => source));
    if (resource.kind === 'account') return this.#accountOverview(session, resource);
    const report = this.#report.model(session, resource);
    const overview = this.#toOverview(session, resource);
    return (this.#lastShown.overview = { ...overview, ...(report && { report }) });
  }

  #toOverview(session: Session, resource: Resource): OverviewModel {
    return toOverview(this.#lists, session, resource, this.freshness());
  }

  #accountOverview(session: Session, account: Resource): OverviewModel {
    this.#ensureLoaded([account.path]);
    const { facts, tables } = this.#toOverview(session, account);
    const parts = this.account?.parts(this.#lists, session, account);
    if (!parts) return { facts, tables };
    const { summary, chosen, changes } = parts;
    const changed = changes ? [changes] : [];
    const counted = new Set(summary.levels.map(({ title }) => title));
    const all = tables.map((table) =>
      counted.has(table.title) ? { ...table, title: l10n.t('All {0}', table.title) } : table,
    );
    return { facts, summary, tables: chosen ? [chosen, ...changed] : [...changed, ...all] };
  }

  /** Loads the resources of a level of an account. */
  async loadLevel(session: Session, account: Resource, level: string): Promise<void> {
    this.reset();
    await this.account?.load(session, account, level, this.#controller.signal);
  }

  /** @returns undefined if the resource has no structure. */
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

  /** @returns undefined if the resource has no timeline. */
  timeline(session: Session, resource: Resource): TimelineModel | undefined {
    const timeline = session.detailViews?.timeline(resource);
    if (!timeline) return undefined;
    if (this.#isGone(resource)) {
      const { title, lanes } = this.#lastShown.timeline ?? { title: timelineTitle(timeline), lanes: [] };
      return { title, lanes: lanes.map(laneWithoutMore) };
    }
    this.#timeline.load(timeline);
    const reading = this.#timeline.reading(timeline);
    return (this.#lastShown.timeline = toTimeline(this.store, session, timeline, reading, this.#reasons));
  }

  /** @returns undefined if the resource has no such log. */
  log(id: LogId, session: Session, resource: Resource): LogModel | undefined {
    const model = this.#isGone(resource) ? undefined : this.#logs.get(id)?.model(session, resource);
    if (model) this.#lastLogs.set(id, model);
    if (model || !this.#isGone(resource)) return model;
    const last = this.#lastLogs.get(id) ?? NOTHING_READ;
    const { columns, entries, empty } = last;
    return {
      columns,
      entries,
      empty: entries.length > 0 ? empty : l10n.t('Not read before it was deleted'),
      ...ENDED_LIST,
    };
  }

  /** Loads the next entries of a log. @param again true: the newest ones again. */
  loadLog(id: LogId, again: boolean): void {
    this.#logs.get(id)?.load(again);
  }

  /** Loads the children of a resource, the rest of its list, or retries what failed. Errors become rows of the list. */
  async load(path: ResourcePath): Promise<void> {
    this.reset();
    const { signal } = this.#controller;
    const rows = this.store.rows(path);
    if (rows?.some(({ problem }) => problem?.retryable)) await this.store.retry(path);
    else if (rows?.some(({ kind }) => kind === 'more')) await this.store.loadMore(path, { signal });
    else await this.store.load(path, { asked: true, signal }).catch(() => undefined);
  }

  /** Cancels all loading. What is loaded stays. */
  cancel(): void {
    this.#timeline.stop();
    this.#report.stop();
    for (const log of this.#logs.values()) log.stop();
    this.#controller.abort();
    this.#pending.clear();
    this.changed();
  }

  /** Makes the next model load what is missing, even if loading was cancelled. */
  reset(): void {
    this.#timeline.reset();
    this.#report.retry();
    this.#missing.clear();
    if (this.#controller.signal.aborted) this.#controller = new AbortController();
  }

  /** Asks why a run failed, for the next timeline. */
  async explain(session: Session, path: ResourcePath): Promise<void> {
    const run = this.store.get(path);
    if (!run || this.#reasons.known(run)) return;
    await this.#reasons.of(session, run);
    this.changed();
  }

  /** Makes the next model read again what the service tells besides. */
  refreshReport(): void {
    this.#report.reset();
    for (const log of this.#logs.values()) log.invalidate();
  }

  #isGone({ path }: Resource): boolean {
    return this.store.get(path) === undefined;
  }

  /** The store's lists, but a list counts as loading as soon as it is requested. */
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

  /** Loads lists that are missing or invalidated. */
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
      // Failed requests become rows of the list; only unknown paths and cancellation throw.
      this.#missing.add(path);
    }
    if (signal.aborted) return;
    this.#pending.delete(path);
    this.changed();
  }
}
