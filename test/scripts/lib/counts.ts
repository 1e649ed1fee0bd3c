import * as v from 'valibot';

const countsSchema = v.object({
  passed: v.number(),
  failed: v.number(),
  /** Tests that did not run, and whose titles say why. */
  skipped: v.number(),
  /** The names of the tests that passed only on their second try. */
  flaky: v.pipe(v.array(v.string()), v.readonly()),
});

/** The results of a test program. */
export type Counts = Readonly<v.InferOutput<typeof countsSchema>>;

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0, flaky: [] };

/** @throws ValiError if the text was not written by a test program */
export function parseCounts(json: string): Counts {
  return v.parse(countsSchema, JSON.parse(json));
}

/** The last line of a test program's output. */
const countsLine = /^\w+: (?<passed>\d+) passed, (?<failed>\d+) failed(?:, (?<skipped>\d+) skipped)?$/gm;

/** Parses what {@link report} printed in the output of a test program; undefined if it was not printed. */
export function lastCounts(output: string): Counts | undefined {
  const { passed, failed, skipped = 0 } = [...output.matchAll(countsLine)].at(-1)?.groups ?? {};
  if (passed === undefined) return undefined;
  const flaky = [...output.matchAll(/^flaky: (.+)$/gm)].map(([, name = '']) => name);
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped), flaky };
}

export function sum(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
      flaky: [...a.flaky, ...b.flaky],
    }),
    noCounts,
  );
}

/** Prints the counts of a test program and returns its exit code: a run without any tests fails too. */
export function report(name: string, { passed, failed, skipped, flaky }: Counts): number {
  for (const test of flaky) console.log(`flaky: ${test}`);
  console.log(`${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
