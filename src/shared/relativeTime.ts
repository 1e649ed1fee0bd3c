const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** A time that has passed, in the largest unit that it fills. Below zero: a time to come. */
export interface Passed {
  readonly unit: Intl.RelativeTimeFormatUnit;
  /** Less than a minute counts as nothing. */
  readonly count: number;
}

/**
 * How long ago a moment was: two that are equal read alike in every language.
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
 * How long ago a moment was, in words: `3 hours ago`.
 * @param moment milliseconds since 1970, as is `now`. @param language such as `de`.
 */
export function age(moment: number, language: string, now: number): string {
  const { unit, count } = passed(moment, now);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-count, unit);
}
