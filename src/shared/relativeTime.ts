const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** Elapsed time in the largest unit that fits. Negative for a time in the future. */
export interface Passed {
  readonly unit: Intl.RelativeTimeFormatUnit;
  /** 0 for less than a minute. */
  readonly count: number;
}

/**
 * Elapsed time since a moment. Equal results give equal texts in every language.
 * @param moment milliseconds since 1970, as is `now`.
 */
export function passed(moment: number, now: number): Passed {
  const time = now - moment;
  const [unit, size] = steps.find(([, milliseconds]) => Math.abs(time) >= milliseconds) ?? [
    'second',
    Number.POSITIVE_INFINITY,
  ];
  return { unit, count: Math.trunc(time / size) };
}

const dayAlone = /^\d{4}-\d\d-\d\d$/;

/** Formats moments in full, in local time with its zone. Create once for many: a format costs as much as a hundred uses. */
export class ExactTime {
  readonly #moment: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;

  /** @param language such as `de`. */
  constructor(language: string) {
    this.#moment = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long' });
    this.#day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  }

  /**
   * `21 November 2026 at 14:10:04 CEST`. A date without time is the same day in every time zone.
   * @param date ISO 8601, or milliseconds since 1970. @returns undefined if it is no date.
   */
  format(date: string | number): string | undefined {
    const moment = typeof date === 'number' ? date : Date.parse(date);
    if (Number.isNaN(moment)) return undefined;
    return (typeof date === 'string' && dayAlone.test(date) ? this.#day : this.#moment).format(moment);
  }
}

/**
 * Relative time in words: `3 hours ago`.
 * @param moment milliseconds since 1970, as is `now`. @param language such as `de`.
 */
export function age(moment: number, language: string, now: number): string {
  const { unit, count } = passed(moment, now);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-count, unit);
}
