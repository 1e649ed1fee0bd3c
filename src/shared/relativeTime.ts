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

/**
 * Relative time in words: `3 hours ago`.
 * @param moment milliseconds since 1970, as is `now`. @param language such as `de`.
 */
export function age(moment: number, language: string, now: number): string {
  const { unit, count } = passed(moment, now);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-count, unit);
}
