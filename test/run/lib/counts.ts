/** How many tests passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** The line that a test program ends with: `NAME: N passed, N failed`. */
export function countsLine(name: string, { passed, failed }: Counts): string {
  return `${name}: ${passed} passed, ${failed} failed`;
}

/** Reads the last {@link countsLine} of what a test program wrote; undefined when it did not come so far. */
export function lastCounts(output: string): Counts | undefined {
  const [, passed, failed] = [...output.matchAll(/^\w+: (\d+) passed, (\d+) failed$/gm)].at(-1) ?? [];
  return passed === undefined ? undefined : { passed: Number(passed), failed: Number(failed) };
}

export function sum(counts: readonly Counts[]): Counts {
  return counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), {
    passed: 0,
    failed: 0,
  });
}

/** Prints the counts of a test program and gives its exit code: a run without any test is a failure too. */
export function report(name: string, counts: Counts): number {
  console.log(countsLine(name, counts));
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}
