import { setMaxListeners } from 'node:events';
import { readdirSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { sum, type Counts } from './counts';
import { out } from './paths';

const MOST_TRIED_AGAIN = 5;

export interface NodeTestOptions {
  /** Says of each file, by its path below out/, whether it is of this run. */
  readonly where: (name: string) => boolean;
  /** Parts that the paths of the wanted files begin with, such as `http` or `store/store.test`; none: all files. */
  readonly wanted: readonly string[];
  /** Milliseconds that one file may take. */
  readonly timeout: number;
  /** So many files at once; as many as there are processors, less one, without it. */
  readonly concurrency?: number;
  /**
   * Runs a file that failed once more when all others have ended, and alone: a busy machine may be late.
   * Both runs are printed, and what passes on its second try is named as flaky. Where more than
   * {@link MOST_TRIED_AGAIN} files fail, it is not the machine.
   */
  readonly again?: boolean;
}

/** Runs built `*.test.js` files by node:test, each in a process of its own, and prints how they went. */
export async function runNodeTests({
  where,
  wanted,
  timeout,
  concurrency,
  again = false,
}: NodeTestOptions): Promise<Counts> {
  const begins = wanted.map((name) => name.replaceAll('/', sep));
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js') && where(name))
    .filter((name) => begins.length === 0 || begins.some((part) => name.startsWith(part)))
    .map((name) => join(out, name));
  const first = await runFiles(files, { concurrency: concurrency ?? true, timeout });
  const failing = [...first].filter(([, { failed }]) => failed.length > 0).map(([file]) => file);
  if (!again || failing.length === 0 || failing.length > MOST_TRIED_AGAIN)
    return toCounts([...first.values()]);
  console.log(`Once more: ${failing.join(', ')}`);
  const second = await runFiles(failing, { concurrency: 1, timeout });
  const counts = toCounts([...new Map([...first, ...second]).values()]);
  return { ...counts, flaky: failing.flatMap((file) => flakyOf(file, first, second)) };
}

/** The names of the tests of one file, by how they went. */
interface FileResult {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
}

type Results = ReadonlyMap<string, FileResult>;

/** How each file went. A file of which nothing is heard, because it could not be loaded, fails under its own name. */
async function runFiles(
  files: string[],
  options: { readonly concurrency: number | true; readonly timeout: number },
): Promise<Results> {
  const results = new Map<string, FileResult>();
  const add = (file: string | undefined, how: keyof FileResult, name: string): void => {
    const before = results.get(file ?? '') ?? { passed: [], failed: [], skipped: [] };
    results.set(file ?? '', { ...before, [how]: [...before[how], name] });
  };
  // node:test leaves the processes of its files alone when this one ends.
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  process.once('exit', () => {
    ending.abort();
  });
  const tests = run({ files, ...options, signal: ending.signal });
  tests.on('test:pass', ({ file, name, details, skip }) => {
    if (details.type !== 'suite') add(file, skip === undefined ? 'passed' : 'skipped', name);
  });
  tests.on('test:fail', ({ file, name, details }) => {
    // A suite also fails by a hook, where each of its tests passed.
    if (details.type !== 'suite' || failureType(details.error) !== 'subtestsFailed')
      add(file, 'failed', name);
  });
  for await (const line of tests.pipe(new spec())) process.stdout.write(String(line));
  return results;
}

/** Why node:test says that something failed, such as `hookFailed`; its types leave it out. */
function failureType(error: Error): unknown {
  return 'failureType' in error ? error.failureType : undefined;
}

function toCounts(results: readonly FileResult[]): Counts {
  return sum(
    results.map(({ passed, failed, skipped }) => ({
      passed: passed.length,
      failed: failed.length,
      skipped: skipped.length,
      flaky: [],
    })),
  );
}

function flakyOf(file: string, first: Results, second: Results): readonly string[] {
  const passed = second.get(file)?.passed ?? [];
  return (first.get(file)?.failed ?? [])
    .filter((name) => passed.includes(name))
    .map((name) => `${basename(file, '.test.js')}: ${name}`);
}
