import type { RunTimes } from '../contract/runs';

/**
 * Dates as services write them: ISO 8601, with day precision or finer. A time without a zone is UTC, as documented by
 * all four services. Text that is not such a date, including impossible days, stays as it is.
 */
const ISO_DATE =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(?<zone>Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** A day, or a time with its zone: kept, because it may be finer than milliseconds. */
const PORTABLE_DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

const DAY_LENGTH = '2024-03-31'.length;
const MINUTE_MS = 60_000;

/** The day of an ISO date, as `2024-03-31`. Other text is returned unchanged. */
export function day(text: string): string {
  return iso(text)?.slice(0, 10) ?? text;
}

/**
 * The minute of an ISO date in local time, with its zone: `2024-03-31 16:06 UTC+2`. Formatted without
 * Intl, because there may be a hundred thousand dates. A day without a time stays as it is, as does other text. The
 * ends of the calendar, which services use for "never", stay in UTC.
 */
export function minute(text: string): string {
  const date = iso(text);
  if (date === undefined || text.length === DAY_LENGTH) return text;
  const moment = new Date(date);
  const ahead = -moment.getTimezoneOffset();
  const local = utcText(moment.getTime() + ahead * MINUTE_MS);
  const zone = local === undefined ? 'UTC' : `UTC${offsetText(ahead)}`;
  const shown = local ?? date;
  // Joined, because V8 keeps the parts of other concatenations beside the whole.
  return [shown.slice(0, DAY_LENGTH), shown.slice(11, 16), zone].join(' ');
}

/** `+2`, `-3:30`, or nothing for UTC. @param ahead minutes. */
function offsetText(ahead: number): string {
  if (ahead === 0) return '';
  const size = Math.abs(ahead);
  const minutes = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `${ahead < 0 ? '-' : '+'}${Math.trunc(size / 60)}${minutes}`;
}

/** An ISO date in a form that can be sorted and that every Date.parse accepts. Undefined for any other text. */
export function toDate(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const date = iso(text);
  return date !== undefined && PORTABLE_DATE.test(text) ? text : date;
}

function iso(text: string): string | undefined {
  const { date, time = '00:00', zone } = ISO_DATE.exec(text)?.groups ?? {};
  // Date.parse reads 31 February as 2 March.
  if (date === undefined || utc(`${date}T00:00Z`)?.slice(0, 10) !== date) return undefined;
  return utc(`${date}T${time}${zoneOffset(zone)}`);
}

function utc(text: string): string | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : utcText(time);
}

/** An ISO date in UTC; undefined for a year that does not have four digits, which others write differently. */
function utcText(time: number): string | undefined {
  const text = new Date(time).toISOString();
  return /^\d/.test(text) ? text : undefined;
}

/** Normalizes `+0200` and `+02` to `+02:00`, the only form that Date.parse has to accept. */
function zoneOffset(zone = 'Z'): string {
  if (/^(?:Z|UTC)$/i.test(zone)) return 'Z';
  const [, hours = '', minutes = '00'] = /^([+-]\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return `${hours}:${minutes}`;
}

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
