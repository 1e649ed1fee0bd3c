import * as v from 'valibot';
import type { RunTimes } from '../runs';
import { knownTimes } from '../runTimes';
import type { Resource } from '../service';
import { runSchema } from './schemas';

/**
 * When a run of a pipeline began and ended (GET /v1/pipelines/runs, recorded). The service tells neither when it was
 * asked for nor how far it is.
 * @returns nothing for a resource that is no run.
 */
export function timesOf({ kind, json }: Resource): RunTimes {
  const decoded = v.safeParse(runSchema, json);
  if (kind !== 'run' || !decoded.success) return {};
  const { startTime, endTime } = decoded.output;
  return knownTimes({ started: startTime, completed: endTime });
}
