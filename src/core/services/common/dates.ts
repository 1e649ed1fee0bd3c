/**
 * Dates as services write them: ISO 8601, to the day or finer. A time without a zone is UTC, as the documents of all
 * four services have it. Text that is no such date, impossible days included, stays as it came.
 */
const ISO_DATE =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(?<zone>Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** A day, or a time with its zone: kept as it is, for it may be finer than milliseconds. */
const PORTABLE_DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * The day of an ISO date, as `2024-03-31`. Text that is no date is given back as it is.
 */
export function day(text: string): string {
  return iso(text)?.slice(0, 10) ?? text;
}

/**
 * The minute of an ISO date, as `2024-03-31 14:06 UTC`. Text that is no date is given back as it is.
 */
export function minute(text: string): string {
  const date = iso(text);
  return date === undefined ? text : `${date.slice(0, 10)} ${date.slice(11, 16)} UTC`;
}

/** An ISO date to be sorted and drawn, in the one form that every Date.parse takes. Undefined for any other text. */
export function toDate(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const date = iso(text);
  return date !== undefined && PORTABLE_DATE.test(text) ? text : date;
}

function iso(text: string): string | undefined {
  const { date, time = '00:00', zone } = ISO_DATE.exec(text)?.groups ?? {};
  // Date.parse takes 31 February for 2 March.
  if (date === undefined || utc(`${date}T00:00Z`)?.slice(0, 10) !== date) return undefined;
  return utc(`${date}T${time}${zoneOffset(zone)}`);
}

function utc(text: string): string | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** `+0200` and `+02` as `+02:00`, the only form that Date.parse has to take. */
function zoneOffset(zone = 'Z'): string {
  if (/^(?:Z|UTC)$/i.test(zone)) return 'Z';
  const [, hours = '', minutes = '00'] = /^([+-]\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return `${hours}:${minutes}`;
}
