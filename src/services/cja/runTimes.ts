import * as v from 'valibot';
import { dateOf } from '../dates';
import type { Coverage, RunTimes } from '../runs';
import { knownTimes } from '../runTimes';
import type { Resource } from '../service';
import { type Backfill, backfillSchema } from './schemas';

/**
 * When a backfill was asked for, and the data that it loads (guide "GET backfills"). The service tells neither when it
 * began nor when it ended, nor how far it is.
 * @returns nothing for a resource that is no backfill.
 */
export function timesOf({ kind, json }: Resource): RunTimes {
  const decoded = v.safeParse(backfillSchema, json);
  if (kind !== 'backfill' || !decoded.success) return {};
  const covers = coverageOf(decoded.output);
  return { ...knownTimes({ created: decoded.output.createdDate }), ...(covers && { covers }) };
}

/** Without dates it is all data, unless the service denies that; dates that cannot be read tell nothing. */
function coverageOf({ startDate, endDate, allData }: Backfill): Coverage | undefined {
  if (startDate === undefined && endDate === undefined) return allData === false ? undefined : { all: true };
  const from = dateOf(startDate);
  const to = dateOf(endDate);
  if (from === undefined && to === undefined) return undefined;
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }), all: false };
}
