const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/**
 * How long ago a moment was, in words: `3 hours ago`.
 * @param moment milliseconds since 1970, as is `now`. @param language such as `de`.
 */
export function age(moment: number, language: string, now: number): string {
  const passed = now - moment;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const [unit, size] = steps.find(([, milliseconds]) => Math.abs(passed) >= milliseconds) ?? [
    'second',
    Number.POSITIVE_INFINITY,
  ];
  return format.format(-Math.trunc(passed / size), unit);
}
