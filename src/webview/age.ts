import { age as ageIn } from '../tree/age';

/**
 * How long ago a moment was, in the page's language: `5 minutes ago`, `now`.
 * @param moment milliseconds since 1970.
 */
export function age(moment: number, now = Date.now()): string {
  return ageIn(moment, document.documentElement.lang, now);
}

/** A moment in full, in the page's language: `21 November 2026 at 12:10:04 UTC`. */
export function exactly(moment: number): string {
  const style = { dateStyle: 'long', timeStyle: 'long' } as const;
  return new Intl.DateTimeFormat(document.documentElement.lang, style).format(moment);
}
