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

/** The text itself where it is an ISO date, so that it may be sorted and drawn; undefined for any other text. */
export function dateOf(text: string | undefined): string | undefined {
  return text !== undefined && iso(text) !== undefined ? text : undefined;
}

function iso(text: string): string | undefined {
  // Date.parse reads almost anything ("5" is a month): only the ISO form counts.
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
