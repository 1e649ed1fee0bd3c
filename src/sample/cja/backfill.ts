import type { ResolvedOptions } from '../common/options';
import type { Connection } from './connection';
import { day } from '../common/dates';
import type { DataSet } from './dataSet';
import type { hostileStatus } from './hostile';
import { draw, drawUuid } from '../common/random';
import { timelines, type BackfillStatus, type Mood } from './words';

/** A documented status, or the one that only a hostile service sends. */
export type Status = BackfillStatus | typeof hostileStatus;

/** A backfill of one dataset below one connection. */
export interface Backfill {
  readonly place: number;
  readonly id: string;
  readonly dataSetId: string;
  readonly status: Status;
  /** The span of the data; both are undefined if all data is backfilled. */
  readonly startDate: number | undefined;
  readonly endDate: number | undefined;
  readonly createdDate: number;
  readonly allData: boolean;
}

/**
 * The status of the backfill at a position below the dataset at a position, 0 being the newest.
 * @param moment how many steps of time have passed since the start, or that everything is to be finished.
 */
export function getStatus(
  mood: Mood,
  dataSetPlace: number,
  place: number,
  moment: number | 'finished',
): BackfillStatus {
  if (dataSetPlace % 3 !== 0) return 'COMPLETED';
  if (place === 0) return timelines[mood][moment === 'finished' ? 3 : clampStep(moment)];
  return mood === 'failing' && place % 4 === 1 ? 'FAILED' : 'COMPLETED';
}

/** The backfill at a position, 0 being the newest. The oldest took in all data, the others a span of days. */
export function makeBackfill(
  options: ResolvedOptions,
  start: number,
  connection: Connection,
  dataSet: DataSet,
  place: number,
  status: Status,
): Backfill {
  const position = [connection.index, dataSet.place, place] as const;
  const age = draw(options.seed, 'date', ...position);
  const createdDate = start - place * 9 * day - (age % day);
  const allData = place === options.backfills - 1;
  return {
    place,
    id: drawUuid(options.seed, 'backfill', ...position),
    dataSetId: dataSet.id,
    status,
    startDate: allData ? undefined : createdDate - (30 + (age % 300)) * day,
    endDate: allData ? undefined : createdDate - day,
    createdDate,
    allData,
  };
}

function clampStep(steps: number): 0 | 1 | 2 {
  if (steps < 1) return 0;
  return steps < 2 ? 1 : 2;
}
