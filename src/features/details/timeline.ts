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

/** Shared evenly among the lanes, with at least MIN_BARS_PER_LANE each. */
const MAX_BARS = 5000;
const MIN_BARS_PER_LANE = 20;

const MAX_LANES = 250;

const MAX_REASON_CHARS = 300;

/** Why runs failed, as far as it was read. */
type Reasons = Pick<FailureReasons, 'known'>;

/** Loading state of a timeline. */
export interface TimelineReading {
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
    ...(reading.going && { progress: { done, total: resources.length } }),
    ...(reading.going && reading.wait && { waiting: waitText(reading.wait) }),
    ...(problem !== undefined && { problem }),
    ...(note !== '' && { note }),
  };
}

/** What the bars are, localized. */
export function timelineTitle({ bars }: Pick<Timeline, 'bars'>): string {
  return bars === 'backfill' ? l10n.t('Backfills') : l10n.t('Runs');
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
