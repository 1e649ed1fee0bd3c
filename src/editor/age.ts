const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/**
 * How long ago a moment was, in words: `3 hours ago`.
 * @param date ISO 8601. @param language such as `de`. @param now milliseconds since 1970.
 */
export function age(date: string, language: string, now: number): string {
  const passed = now - Date.parse(date);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const [unit, size] = steps.find(([, milliseconds]) => Math.abs(passed) >= milliseconds) ?? [
    'second',
    Number.POSITIVE_INFINITY,
  ];
  return format.format(-Math.trunc(passed / size), unit);
}
