import * as l10n from '@vscode/l10n';
import type { Wait } from '../../core/http/types';
import type { Timeline } from '../../core/services/contract/detailViews';
import type { Property } from '../../core/services/contract/properties';
import type { Session } from '../../core/services/contract/service';
import type { Resource, Status } from '../../core/services/contract/resource';
import { plainText } from '../../shared/plainText';
import { waitText } from '../../ui/text';
import type { FailureReasons } from '../../ui/tree/failureReasons';
import { listModel, type Lists, resourcesBelow, statusModel } from './listModel';
import type { BarModel, LaneModel, TimelineModel } from '../../shared/models';
import type { Disposable } from '../../core/base/emitter';
import { isWithin, type ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';

/** Shared evenly among the lanes, with at least MIN_BARS_PER_LANE each. */
const MAX_BARS = 5000;
const MIN_BARS_PER_LANE = 20;

const MAX_LANES = 250;

const MAX_REASON_CHARS = 300;

/** Why runs failed, as far as it was read. */
type Reasons = Pick<FailureReasons, 'known'>;

/** Loading state of a timeline. */
interface TimelineReading {
  readonly going: boolean;
  /** True if the user cancelled it. */
  readonly stopped: boolean;
  readonly wait?: Wait | undefined;
}

/** The loaded resources that are lanes. */
export function toLanes(lists: Lists, { source, lanes, laneFilter }: Timeline): readonly Resource[] {
  return resourcesBelow(lists, source)
    .filter(({ kind, path, hasChildren }) => kind === lanes && hasChildren && (laneFilter ?? path) === path)
    .slice(0, MAX_LANES);
}

/** Creates the Timeline tab: the runs of each lane, only the newest if there are very many. */
export function toTimeline(
  lists: Lists,
  session: Session,
  timeline: Timeline,
  reading: TimelineReading,
  reasons?: Reasons,
): TimelineModel {
  const resources = toLanes(lists, timeline);
  const share = Math.max(MIN_BARS_PER_LANE, Math.floor(MAX_BARS / Math.max(1, resources.length)));
  const lanes = resources.map((lane) => laneModel(lists, session, timeline, lane, { share, reasons }));
  const done = resources.filter(({ path }) => isRead(lists, path)).length;
  const { problem } = listModel(lists, timeline.source);
  const note = toNote(reading, lanes, lists.state(timeline.source).loaded);
  return {
    title: timelineTitle(timeline),
    lanes,
    ...(reading.going && { progress: toProgress(timeline, done, resources.length) }),
    ...(reading.going && reading.wait && { waiting: waitText(reading.wait) }),
    ...(problem !== undefined && { problem }),
    ...(note !== '' && { note }),
  };
}

/** What the bars are, localized. */
export function timelineTitle({ bars }: Pick<Timeline, 'bars'>): string {
  return bars === 'backfill' ? l10n.t('Backfills') : l10n.t('Runs');
}

function toProgress(
  { lanes }: Pick<Timeline, 'lanes'>,
  done: number,
  total: number,
): NonNullable<TimelineModel['progress']> {
  return { done, total, text: progressText(lanes, done, total) };
}

function progressText(lanes: Timeline['lanes'], done: number, total: number): string {
  if (total === 0) return '';
  switch (lanes) {
    case 'dataset':
      return l10n.t('{0} of {1} datasets loaded', done, total);
    case 'pipeline':
      return l10n.t('{0} of {1} pipelines loaded', done, total);
    case 'task':
      return l10n.t('{0} of {1} tasks loaded', done, total);
    default:
      return l10n.t('{0} of {1} rows loaded', done, total);
  }
}

function laneModel(
  lists: Lists,
  session: Session,
  { bars: kind }: Timeline,
  lane: Resource,
  { share, reasons }: { readonly share: number; readonly reasons: Reasons | undefined },
): LaneModel {
  const runs = resourcesBelow(lists, lane.path).filter((run) => run.kind === kind);
  return {
    ...listModel(lists, lane.path),
    path: lane.path,
    label: plainText(lane.label) || l10n.t('(no name)'),
    bars: runs.slice(0, share).map((run) => barModel(session, run, reasons)),
    ...(runs.length > share && { note: l10n.t('Showing the newest {0} of {1} runs.', share, runs.length) }),
  };
}

function barModel(session: Session, run: Resource, reasons: Reasons | undefined): BarModel {
  return {
    path: run.path,
    label: plainText(run.label) || l10n.t('(no name)'),
    status: statusModel(run.status ?? unknown),
    ...session.runs?.times(run),
    ...(session.reports?.explainsFailure(run) && { reasons: reasonModels(reasons?.known(run)) }),
  };
}

function reasonModels(reasons: readonly Property[] = []): NonNullable<BarModel['reasons']> {
  return reasons.map(({ label, value }) => ({
    label: plainText(label),
    value: plainText(value, MAX_REASON_CHARS),
  }));
}

const unknown: Status = { state: 'unknown', label: '' };

function isRead(lists: Lists, path: Resource['path']): boolean {
  return lists.rows(path) !== undefined && !lists.state(path).reading;
}

function toNote({ stopped }: TimelineReading, lanes: readonly LaneModel[], loaded: number): string {
  const cut = lanes.some(({ note }) => note !== undefined);
  return [
    stopped ? l10n.t('Loading was stopped. Some runs are missing.') : '',
    cut ? l10n.t('Too many runs. Only the newest of each row are shown.') : '',
    lanes.length === MAX_LANES && loaded > MAX_LANES ? l10n.t('Showing the first {0} rows.', MAX_LANES) : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
}

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
    if (this.#controller || this.#stopped || this.#readAt === this.#getReadAt(timeline)) return;
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
    this.#readAt = this.#getReadAt(timeline);
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
  #getReadAt({ source }: Timeline): number {
    return this.store.state(source).readAt ?? 0;
  }

  /** The lanes whose runs are missing or invalidated. */
  #missing(timeline: Timeline): readonly Resource[] {
    return toLanes(this.store, timeline).filter(
      ({ path }) => this.store.rows(path) === undefined || this.store.state(path).dirty,
    );
  }
}
