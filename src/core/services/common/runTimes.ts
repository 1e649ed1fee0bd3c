import { toDate } from './dates';
import type { RunTimes } from '../contract/runs';

/** The moments of a run as a service tells them: any text, or nothing. */
interface RawTimes {
  readonly created?: string | undefined;
  readonly started?: string | undefined;
  readonly completed?: string | undefined;
}

/** When a run was last heard of, in milliseconds since 1970: where it is alive that it began, else that it ended. */
export function lastActivity({ completed, started, created }: RunTimes): number | undefined {
  const time = Date.parse(completed ?? started ?? created ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** The moments of a run that are known: texts that are no dates are left out. */
export function parseTimes(told: RawTimes): Pick<RunTimes, keyof RawTimes> {
  const created = toDate(told.created);
  const started = toDate(told.started);
  const completed = toDate(told.completed);
  return {
    ...(created !== undefined && { created }),
    ...(started !== undefined && { started }),
    ...(completed !== undefined && { completed }),
  };
}
