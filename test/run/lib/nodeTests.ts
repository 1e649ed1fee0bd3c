import { setMaxListeners } from 'node:events';
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import type { Counts } from './counts';
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
}

/** Runs built `*.test.js` files by node:test, each in a process of its own, and prints how they went. */
export async function runNodeTests({
  where,
  wanted,
  timeout,
  serial = false,
}: NodeTestOptions): Promise<Counts> {
  const begins = wanted.map((name) => name.replaceAll('/', sep));
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js') && where(name))
    .filter((name) => begins.length === 0 || begins.some((part) => name.startsWith(part)))
    .map((name) => join(out, name));
  let passed = 0;
  let failed = 0;
  // node:test leaves the processes of its files alone when this one ends.
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  process.once('exit', () => {
    ending.abort();
  });
  const tests = run({ files, concurrency: !serial, timeout, signal: ending.signal });
  tests.on('test:pass', ({ details }) => (passed += details.type === 'suite' ? 0 : 1));
  tests.on('test:fail', ({ details }) => (failed += details.type === 'suite' ? 0 : 1));
  for await (const line of tests.pipe(new spec())) process.stdout.write(String(line));
  return { passed, failed };
}
