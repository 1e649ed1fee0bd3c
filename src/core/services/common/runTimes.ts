import { toDate } from './dates';
import type { RunTimes } from '../contract/runs';

/** The times of a run as a service sends them: any text, or nothing. */
interface RawTimes {
  readonly created?: string | undefined;
  readonly started?: string | undefined;
  readonly completed?: string | undefined;
}

/** The last known activity of a run, in milliseconds since 1970: its end, else its start or creation. */
export function lastActivity({ completed, started, created }: RunTimes): number | undefined {
  const time = Date.parse(completed ?? started ?? created ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** The known times of a run. Texts that are not dates are left out. */
export function parseTimes(times: RawTimes): Pick<RunTimes, keyof RawTimes> {
  const created = toDate(times.created);
  const started = toDate(times.started);
  const completed = toDate(times.completed);
  return {
    ...(created !== undefined && { created }),
    ...(started !== undefined && { started }),
    ...(completed !== undefined && { completed }),
  };
}
