import * as v from 'valibot';
import type { RunTimes } from '../runs';
import { knownTimes } from '../runTimes';
import type { Resource } from '../service';
import { runSchema } from './schemas';

/**
 * When a run of a task was made, began and was over (OpenAPI, TaskRun). The service does not tell how far it is.
 * @returns nothing for a resource that is no run.
 */
export function timesOf({ kind, json }: Resource): RunTimes {
  const decoded = v.safeParse(runSchema, json);
  if (kind !== 'run' || !decoded.success) return {};
  const { createdAt, startedAt, completedAt } = decoded.output;
  return knownTimes({ created: createdAt, started: startedAt, completed: completedAt });
}
