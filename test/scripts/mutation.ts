/**
 * Measures how well the unit tests cover the code: makes small changes (mutants) at random places of src/,
 * runs the tests that reach them, and prints the share of mutants that are detected, by folder, and those that
 * survived. Those that pass all tests but that the compiler refuses are detected too, since it runs with the
 * tests. Equivalent mutants, listed in test/scripts/mutation/equivalents.ts, are not counted.
 *
 *   node out/scripts/mutation.js [--seed N] [--mutants N] [PLACE ...]    folders, files or lines, such as core/http,
 *                                                                   core/http/budget.ts or core/http/budget.ts:12;
 *                                                                   default: the folders below
 *   … --tests http --tests store/ids    runs only these tests: fast, but the share is too low
 *   node out/scripts/mutation.js --breakages    those of test/scripts/mutation/breakages.ts instead of random places
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import PQueue from 'p-queue';
import { draw } from '../../src/sample/common/random';
import { breakages } from './mutation/breakages';
import { Compiler } from './mutation/compiler';
import { getEquivalent } from './mutation/equivalents';
import { findMutants } from './mutation/mutants';
import { MutatedTests, type InFile } from './mutation/mutatedTests';
import { root } from './lib/paths';
import { program } from './lib/program';
import { batches, distance, isChosen } from './lib/unitTests';

const FOLDERS = [
  ...['core/http', 'core/redaction', 'core/services', 'core/store', 'core/export'],
  ...['features/accounts', 'features/connections', 'features/runs', 'features/details', 'features/compare'],
  'ui/tree',
];

/** Beside out/, so that paths remain valid that tests derive from their own location. */
const FOLDER = 'out-mutation';

const FILE_TIMEOUT_MS = 180_000;
const LIMIT_MS = 120 * 60_000;

/** The nearest tests detect most mutants, and run by themselves. Others share what a process has to compile. */
const NEAREST = 3;
const BATCH_FILES = 8;

interface Placed extends InFile {
  readonly line: number;
}

/** Mutants by number. */
type Chosen = ReadonlyMap<number, Placed>;

/**
 * The result of a mutant: detected by a test, by the time limit or only by the compiler; reached by tests that
 * all passed; or not reached.
 */
type Outcome = 'killed' | 'late' | 'refused' | 'survived' | 'unreached';

const DETECTED: ReadonlySet<Outcome | undefined> = new Set(['killed', 'late', 'refused']);

/** A test file, its duration without mutants in milliseconds, and the mutants that it reaches. */
interface TestFile {
  readonly name: string;
  readonly duration: number;
  readonly reached: ReadonlySet<number>;
}

program(async () => {
  const { values, positionals } = parseArgs({
    options: {
      ...{ seed: { type: 'string' }, mutants: { type: 'string' }, breakages: { type: 'boolean' } },
      tests: { type: 'string', multiple: true },
    },
    allowPositionals: true,
  });
  const seed = Number(values.seed ?? 1);
  const chosen =
    values.breakages === true
      ? numbered(breakages())
      : choose(positionals.length > 0 ? positionals : FOLDERS, seed, Number(values.mutants ?? 300));
  const { since } = clock();
  console.log(`${chosen.size} mutants, seed ${seed}`);
  rmSync(join(root, FOLDER), { recursive: true, force: true, maxRetries: 5 });
  const tests = await MutatedTests.build(FOLDER, chosen);
  const files = await measure(tests, values.tests ?? []);
  console.log(`${files.length} test files measured after ${since()}`);
  const outcomes = await judge(chosen, files, tests);
  console.log(`done after ${since()}`);
  report(chosen, outcomes);
  rmSync(join(root, FOLDER), { recursive: true, force: true, maxRetries: 5 });
  return 0;
}, LIMIT_MS);

/**
 * A sample that depends only on the seed. Mutants do not overlap, because all of a file's mutants are in the
 * same text.
 */
function choose(places: readonly string[], seed: number, count: number): Chosen {
  const all = places.flatMap(mutantsAt);
  const ranked = all
    .map((mutant, at) => ({ mutant, rank: draw(seed, 'choice', at) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ mutant }) => mutant);
  const chosen: InFile[] = [];
  for (const mutant of ranked) {
    if (chosen.length === count) break;
    if (!chosen.some((other) => overlap(mutant, other))) chosen.push(mutant);
  }
  return numbered(chosen);
}

/** Numbers from 1, and adds the lines. */
function numbered(mutants: readonly InFile[]): Chosen {
  return new Map(mutants.map((mutant, at) => [at + 1, { ...mutant, line: getLine(mutant) }]));
}

function getLine({ path, start }: InFile): number {
  return readFileSync(join(root, path), 'utf8').slice(0, start).split('\n').length;
}

/** @param place a folder, or a file that may have a line, below src/ */
function mutantsAt(place: string): readonly InFile[] {
  const [, file, line] = /^(.*\.ts)(?::(\d+))?$/.exec(place) ?? [];
  if (file === undefined) return sourceFiles(place).flatMap(getMutants);
  const all = getMutants(`src/${file}`);
  return line === undefined ? all : all.filter((mutant) => getLine(mutant) === Number(line));
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(root, 'src', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ['src', folder, ...name.split(sep)].join('/'))
    .toSorted();
}

function getMutants(path: string): readonly InFile[] {
  const text = readFileSync(join(root, path), 'utf8');
  return findMutants(path, text).map((mutant) => ({ ...mutant, path }));
}

function overlap(a: InFile, b: InFile): boolean {
  return a.path === b.path && a.start < b.end && b.start < a.end;
}

/**
 * Runs each test file without mutants. Files that fail are reported and skipped.
 * @param wanted the folders and files to run; empty: all.
 */
async function measure(tests: MutatedTests, wanted: readonly string[]): Promise<readonly TestFile[]> {
  const names = readdirSync(join(root, 'test/unit'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && isChosen(name, wanted))
    .map((name) => ['unit', ...name.replace(/\.test\.ts$/, '').split(sep)].join('/'))
    .toSorted();
  const measured = await inParallel(names, async (name) => {
    // On a busy machine a test may be late once.
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const began = Date.now();
      const reached = await tests.getReached(name, FILE_TIMEOUT_MS);
      if (reached) return [{ name, duration: Date.now() - began, reached }];
    }
    console.log(`left out, for it fails unchanged: ${name}`);
    return [];
  });
  return measured.flat();
}

async function judge(
  chosen: Chosen,
  files: readonly TestFile[],
  tests: MutatedTests,
): Promise<ReadonlyMap<number, Outcome>> {
  const compiler = new Compiler();
  const outcomes = await inParallel([...chosen], async ([number, mutant]) => {
    const far = ({ name }: TestFile): number => distance(name.replace('unit/', ''), mutant.path);
    const near = files
      .filter(({ reached }) => reached.has(number))
      .toSorted((a, b) => far(a) - far(b) || a.duration - b.duration);
    const tested = await getOutcome(number, near, tests);
    const outcome = DETECTED.has(tested) || compiler.accepts(mutant) ? tested : 'refused';
    say(mutant, outcome);
    return [number, outcome] as const;
  });
  return new Map(outcomes);
}

/** What the tests say. @param near the files that reach the mutant, the nearest first */
async function getOutcome(number: number, near: readonly TestFile[], tests: MutatedTests): Promise<Outcome> {
  if (near.length === 0) return 'unreached';
  for (const batch of batches(near, NEAREST, BATCH_FILES)) {
    const limit = 10_000 + 5 * batch.reduce((sum, { duration }) => sum + duration, 0);
    const names = batch.map(({ name }) => name);
    const result = await tests.tryMutant(number, names, limit);
    if (result !== 'passed') return result === 'failed' ? 'killed' : 'late';
  }
  return 'survived';
}

async function inParallel<In, Out>(
  values: readonly In[],
  work: (value: In) => Promise<Out>,
): Promise<readonly Out[]> {
  // One more than processors, because tests wait for answers and timers.
  const queue = new PQueue({ concurrency: availableParallelism() + 1 });
  return await queue.addAll(values.map((value) => () => work(value)));
}

function report(chosen: Chosen, outcomes: ReadonlyMap<number, Outcome>): void {
  const getFolder = (number: number): string =>
    chosen.get(number)?.path.split('/').slice(1, 3).join('/') ?? '';
  const counted = [...chosen]
    .filter(([, mutant]) => !getEquivalent(mutant, mutant.path))
    .map(([number]) => number);
  for (const folder of new Set(counted.map(getFolder))) {
    const numbers = counted.filter((number) => getFolder(number) === folder);
    console.log(scoreLine(folder, numbers, outcomes));
  }
  console.log(scoreLine('all', counted, outcomes));
}

/** Prints a mutant as soon as its outcome is known, unless a test detected it. */
function say(mutant: Placed, outcome: Outcome): void {
  const equivalent = getEquivalent(mutant, mutant.path);
  if (equivalent && DETECTED.has(outcome))
    console.log(`not equivalent, for it is detected: ${describe(mutant)}`);
  else if (equivalent) console.log(`equivalent: ${describe(mutant)}  (${equivalent.reason})`);
  else if (outcome !== 'killed') console.log(`${outcome}: ${describe(mutant)}`);
}

function describe({ path, line, original, replacement }: Placed): string {
  return `${path}:${line}  ${short(original)}  =>  ${short(replacement)}`;
}

function scoreLine(name: string, numbers: readonly number[], outcomes: ReadonlyMap<number, Outcome>): string {
  const count = (wanted: Outcome): number =>
    numbers.filter((number) => outcomes.get(number) === wanted).length;
  const [detected, survived] = [count('killed') + count('late') + count('refused'), count('survived')];
  const share = (part: number, whole: number): string =>
    `${whole === 0 ? 100 : Math.round((100 * part) / whole)} %`;
  const ofReached = share(detected, detected + survived);
  return `${name.padEnd(22)} ${share(detected, numbers.length)} of all ${numbers.length}, ${ofReached} of those that tests reach, ${count('refused')} only by the compiler`;
}

/** Measures the time from its call. */
function clock(): { readonly since: () => string } {
  const began = Date.now();
  return { since: () => `${Math.round((Date.now() - began) / 1000)} s` };
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 67)}...` : line || '(left out)';
}
