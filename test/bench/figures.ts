/** The middle of the values; of an even number, the upper one of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Milliseconds that the work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** A line of figures, such as `all rows          214 ms   1.9 × the bytes only`. */
export function line(name: string, value: number, unit: string, ...remarks: readonly string[]): void {
  const digits = value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : 2;
  console.log(
    `  ${name.padEnd(44)}${value.toFixed(digits).padStart(9)} ${unit.padEnd(9)} ${remarks.join(' · ')}`,
  );
}

/** `2.4 × WHAT`: how many times as much `value` is as `other`. */
export function ratio(value: number, other: number, what: string): string {
  const times = value / other;
  return `${times < 0.01 ? times.toPrecision(1) : times.toFixed(2)} × ${what}`;
}
