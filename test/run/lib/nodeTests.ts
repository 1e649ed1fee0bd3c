import { setMaxListeners } from 'node:events';
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { sum, type Counts } from './counts';
import { out } from './paths';

export interface NodeTestOptions {
  /** Says of each file, by its path below out/, whether it is of this run. */
  readonly where: (name: string) => boolean;
  /** Parts that the paths of the wanted files begin with, such as `http` or `store/store.test`; none: all files. */
  readonly wanted: readonly string[];
  /** Milliseconds that one file may take. */
  readonly timeout: number;
  /** Runs one file at a time. */
  readonly serial?: boolean;
  /**
   * Runs a file that failed once more, and counts how that went: a window on a busy machine may be late. Both runs are
   * printed. Where more than two files fail, it is not the machine.
   */
  readonly again?: boolean;
}

/** Runs built `*.test.js` files by node:test, each in a process of its own, and prints how they went. */
export async function runNodeTests({
  where,
  wanted,
  timeout,
  serial = false,
  again = false,
}: NodeTestOptions): Promise<Counts> {
  const begins = wanted.map((name) => name.replaceAll('/', sep));
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js') && where(name))
    .filter((name) => begins.length === 0 || begins.some((part) => name.startsWith(part)))
    .map((name) => join(out, name));
  const first = await runFiles(files, { concurrency: !serial, timeout });
  const failing = [...first].filter(([, { failed }]) => failed > 0).map(([file]) => file);
  if (!again || failing.length === 0 || failing.length > 2) return sum([...first.values()]);
  console.log(`Once more: ${failing.join(', ')}`);
  const second = await runFiles(failing, { concurrency: !serial, timeout });
  return sum([...new Map([...first, ...second]).values()]);
}

/** How each file went. */
async function runFiles(
  files: string[],
  options: { readonly concurrency: boolean; readonly timeout: number },
): Promise<ReadonlyMap<string, Counts>> {
  const counts = new Map<string, Counts>();
  const count = (file: string | undefined, type: string | undefined, result: Counts): void => {
    if (type !== 'suite') counts.set(file ?? '', sum([counts.get(file ?? '') ?? none, result]));
  };
  // node:test leaves the processes of its files alone when this one ends.
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  process.once('exit', () => {
    ending.abort();
  });
  const tests = run({ files, ...options, signal: ending.signal });
  tests.on('test:pass', ({ file, details }) => {
    count(file, details.type, { passed: 1, failed: 0 });
  });
  tests.on('test:fail', ({ file, details }) => {
    count(file, details.type, { passed: 0, failed: 1 });
  });
  for await (const line of tests.pipe(new spec())) process.stdout.write(String(line));
  return counts;
}

const none: Counts = { passed: 0, failed: 0 };
