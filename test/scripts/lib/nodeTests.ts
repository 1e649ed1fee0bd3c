import { setMaxListeners } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { sum, type Counts } from './counts';
import { out } from './paths';
import { temporaryFolder } from './temporaryFolder';
import { isChosen } from './unitTests';

const MOST_TRIED_AGAIN = 5;

const ENDING = '.test.js';

export interface NodeTestOptions {
  /** The folder below out/ with the files, such as `unit/fuzz`. */
  readonly folder: string;
  /** Folders and files to run, as in {@link isChosen}; empty: all files. */
  readonly wanted: readonly string[];
  /** True for a chosen file that is not run. */
  readonly leaveOut?: (name: string) => boolean;
  /** Time limit of a file in milliseconds. */
  readonly timeout: number;
  /** Number of parallel processes; default: the number of processors minus one. */
  readonly concurrency?: number;
  /** Groups the files that share a process; default: one process per file. */
  readonly group?: (names: readonly string[]) => readonly (readonly string[])[];
  /**
   * Repeats a failed file by itself when all others have ended, because a busy machine may be late. Both runs are
   * printed, and tests that pass on the second try are reported as flaky. If more than {@link MOST_TRIED_AGAIN}
   * processes fail, nothing is repeated, because the machine is not the cause.
   */
  readonly again?: boolean;
}

/** Runs built `*.test.js` files with node:test, and prints the results. */
export async function runNodeTests({
  folder,
  wanted,
  leaveOut = () => false,
  timeout,
  concurrency,
  group = alone,
  again = false,
}: NodeTestOptions): Promise<Counts> {
  // Times are shown in the time zone of the reader.
  process.env.TZ = 'UTC';
  const names = readdirSync(join(out, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ENDING) && isChosen(name, wanted) && !leaveOut(name))
    .map((name) => join(folder, name));
  const first = await runGroups(group(names), { concurrency: concurrency ?? true, timeout });
  const failing = first.filter(hasFailed);
  if (!again || failing.length === 0 || failing.length > MOST_TRIED_AGAIN) return toCounts(first);
  const names2 = failing.flatMap(toTryAgain);
  console.log(`Once more: ${names2.join(', ')}`);
  const second = await runGroups(alone(names2), { concurrency: 1, timeout });
  return afterSecondTry(first, second);
}

function alone(names: readonly string[]): readonly (readonly string[])[] {
  return names.map((name) => [name]);
}

/** The names of the tests of a file, by result. */
export interface FileResult {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
}

/** The results of the files of a process, by their paths below out/. */
export interface GroupResult {
  readonly names: readonly string[];
  readonly files: ReadonlyMap<string, FileResult>;
  /**
   * True if the process failed apart from its tests: it crashed, or something failed after its test had
   * ended.
   */
  readonly isBroken: boolean;
}

const NONE: FileResult = { passed: [], failed: [], skipped: [] };

function hasFailed({ files, isBroken }: GroupResult): boolean {
  return isBroken || [...files.values()].some(({ failed }) => failed.length > 0);
}

/** Which file broke a process is unknown, so all of its files are repeated. */
function toTryAgain({ names, files, isBroken }: GroupResult): readonly string[] {
  return names.filter((name) => isBroken || (files.get(name) ?? NONE).failed.length > 0);
}

/** @param second one process per file */
export function afterSecondTry(first: readonly GroupResult[], second: readonly GroupResult[]): Counts {
  const again = new Map(second.map((result) => [result.names[0], result]));
  const settled = first.map((result) => ({
    ...result,
    isBroken: false,
    files: new Map([...result.files].filter(([name]) => !again.has(name))),
  }));
  const flaky = first.flatMap((result) => {
    const names = result.names.filter((name) => again.has(name));
    const isMended = names.every((name) => again.get(name)?.isBroken === false);
    return [
      ...names.flatMap((name) => getFlaky(name, result.files.get(name), again.get(name)?.files.get(name))),
      ...(result.isBroken && isMended ? [`one of ${names.map(getTitle).join(', ')}`] : []),
    ];
  });
  return { ...toCounts([...settled, ...second]), flaky };
}

function getFlaky(name: string, first: FileResult = NONE, second: FileResult = NONE): readonly string[] {
  return first.failed
    .filter((test) => second.passed.includes(test))
    .map((test) => `${basename(name, ENDING)}: ${test}`);
}

export function toCounts(results: readonly GroupResult[]): Counts {
  return sum(
    results.flatMap(({ files, isBroken }) => [
      { passed: 0, failed: isBroken ? 1 : 0, skipped: 0, flaky: [] },
      ...[...files.values()].map(({ passed, failed, skipped }) => ({
        passed: passed.length,
        failed: failed.length,
        skipped: skipped.length,
        flaky: [],
      })),
    ]),
  );
}

/**
 * The entry point of a process: one suite per file, so that each result is reported under the name of its
 * file.
 */
function getEntry(names: readonly string[], timeout: number): string {
  const suites = names.map((name) => {
    const [title, path] = [getTitle(name), join(out, name)].map((text) => JSON.stringify(text));
    return `describe(${title}, { timeout: ${timeout} }, () => { require(${path}); });`;
  });
  return ["const { describe } = require('node:test');", ...suites, ''].join('\n');
}

function getTitle(name: string): string {
  return name.slice(0, -ENDING.length).replaceAll(sep, '/');
}

interface RunOptions {
  readonly concurrency: number | true;
  /** Time limit of a file in milliseconds. */
  readonly timeout: number;
}

/** An event of node:test for a test or suite that has ended. */
interface Ended {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string | undefined;
  readonly skip?: string | boolean | undefined;
  readonly details: { readonly type?: string | undefined };
}

/** Collects the events of node:test from several processes; those of one process are consecutive. */
export class Gathered {
  /** By the path of the process's entry point. */
  readonly #groups: ReadonlyMap<string, readonly string[]>;
  readonly #files = new Map<string, FileResult>();
  readonly #broken = new Set<string>();
  /** Results of the file whose suite has not ended yet. */
  #open = NONE;

  constructor(groups: ReadonlyMap<string, readonly string[]>) {
    this.#groups = groups;
  }

  /** @param failure node:test's failure type, such as `hookFailed`; undefined if it passed */
  add({ name, nesting, file, skip, details }: Ended, failure?: unknown): void {
    const isSuite = details.type === 'suite';
    if (nesting === 0 && !isSuite) {
      this.#broken.add(
        [name, file ?? ''].map((path) => resolve(path)).find((path) => this.#groups.has(path)) ?? '',
      );
      this.#open = NONE;
      return;
    }
    // A suite also fails because of a hook, even if each of its tests passed.
    if (failure !== undefined && !(isSuite && failure === 'subtestsFailed')) this.#note('failed', name);
    else if (!isSuite) this.#note(skip === undefined ? 'passed' : 'skipped', name);
    if (nesting > 0) return;
    this.#files.set(name, this.#open);
    this.#open = NONE;
  }

  results(): readonly GroupResult[] {
    return [...this.#groups].map(([path, names]) => ({
      names,
      files: new Map(names.map((name) => [name, this.#files.get(getTitle(name)) ?? NONE])),
      isBroken: this.#broken.has(path),
    }));
  }

  #note(how: keyof FileResult, name: string): void {
    this.#open = { ...this.#open, [how]: [...this.#open[how], name] };
  }
}

async function runGroups(
  groups: readonly (readonly string[])[],
  { concurrency, timeout }: RunOptions,
): Promise<readonly GroupResult[]> {
  const folder = await temporaryFolder('tests');
  const entries = new Map(groups.map((names, at) => [join(folder, `${at}.js`), names]));
  for (const [path, names] of entries) writeFileSync(path, getEntry(names, timeout));
  const gathered = new Gathered(entries);
  // node:test does not end the processes of its files when this one ends.
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  process.once('exit', () => {
    ending.abort();
  });
  const most = Math.max(...groups.map(({ length }) => length));
  const tests = run({
    ...{ files: [...entries.keys()], concurrency, signal: ending.signal },
    // A process with many files may take longer than one file, but not as long as the sum of their limits.
    timeout: most > 1 ? 3 * timeout : timeout,
  });
  tests.on('test:pass', (ended) => {
    gathered.add(ended);
  });
  tests.on('test:fail', (ended) => {
    const { error } = ended.details;
    gathered.add(ended, 'failureType' in error ? error.failureType : 'unknown');
  });
  for await (const line of tests.pipe(new spec())) process.stdout.write(String(line));
  return gathered.results();
}
