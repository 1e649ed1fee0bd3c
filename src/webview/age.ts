const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/**
 * How long ago a moment was, in the page's language: `5 minutes ago`, `now`.
 * @param moment milliseconds since 1970.
 */
export function age(moment: number, now = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto' });
  const passed = now - moment;
  const [unit, size] = steps.find(([, milliseconds]) => Math.abs(passed) >= milliseconds) ?? [
    'second',
    Infinity,
  ];
  return format.format(-Math.trunc(passed / size), unit);
}

/** A moment in full, in the page's language: `21 November 2026 at 12:10:04 UTC`. */
export function exactly(moment: number): string {
  const style = { dateStyle: 'long', timeStyle: 'long' } as const;
  return new Intl.DateTimeFormat(document.documentElement.lang, style).format(moment);
}
