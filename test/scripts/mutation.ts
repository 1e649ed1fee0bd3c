/**
 * Measures how well the unit tests cover the code: makes small changes (mutants) at random places of src/,
 * runs the tests that reach them, and prints the share of mutants that a test detected, by folder, and those
 * that survived. Equivalent mutants, listed in test/scripts/mutation/equivalents.ts, are not counted.
 *
 *   node out/scripts/mutation.js [--seed N] [--mutants N] [FOLDER ...]    such as core/http; default: the folders below
 *   … --tests http --tests store/ids    runs only these tests: fast, but the share is too low
 *   node out/scripts/mutation.js --breakages    those of test/scripts/mutation/breakages.ts instead of random places
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type Plugin } from 'esbuild';
import PQueue from 'p-queue';
import * as v from 'valibot';
import { draw } from '../../src/sample/common/random';
import { breakages } from './mutation/breakages';
import { getEquivalent } from './mutation/equivalents';
import { findMutants, withSwitches, type Mutant } from './mutation/mutants';
import { root } from './lib/paths';
import { run } from './lib/processes';
import { program } from './lib/program';
import { testBuild } from './lib/testBuild';
import { distance, isChosen } from './lib/unitTests';

const FOLDERS = [
  ...['core/http', 'core/redaction', 'core/services', 'core/store', 'core/export'],
  ...['features/accounts', 'features/connections', 'features/runs', 'features/details', 'features/compare'],
  'ui/tree',
];

/** Beside out/, so that paths remain valid that tests derive from their own location. */
const outdir = join(root, 'out-mutation');
const hitsFolder = join(outdir, 'hits');

const FILE_TIMEOUT_MS = 180_000;
const LIMIT_MS = 60 * 60_000;

/** Runs before each test file: switches one mutant on; without MUTANT, records which ones are reached. */
const recorder = `globalThis.isMutant ??= (() => {
  const { MUTANT, MUTANT_HITS } = process.env;
  const wanted = Number(MUTANT ?? 0);
  const { isMainThread } = require('node:worker_threads');
  if (MUTANT_HITS === undefined || !isMainThread) return (number) => number === wanted;
  const hits = new Set();
  process.once('exit', () => require('node:fs').writeFileSync(MUTANT_HITS, JSON.stringify([...hits])));
  return (number) => { hits.add(number); return false; };
})();`;

/** A mutant and its file. `path` is relative to the root, with slashes. */
interface InFile extends Mutant {
  readonly path: string;
}

interface Placed extends InFile {
  readonly line: number;
}

/** Mutants by number. */
type Chosen = ReadonlyMap<number, Placed>;

/** The result of a mutant: detected by a test, reached by tests that all passed, or not reached. */
type Outcome = 'killed' | 'survived' | 'unreached';

/** A test file, its duration without mutants in milliseconds, and the mutants that it reaches. */
interface TestFile {
  readonly path: string;
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
  console.log(`${chosen.size} mutants, seed ${seed}`);
  rmSync(outdir, { recursive: true, force: true });
  await buildTests(chosen);
  const files = await measure(values.tests ?? []);
  const outcomes = await judge(chosen, files);
  report(chosen, outcomes);
  rmSync(outdir, { recursive: true, force: true });
  return 0;
}, LIMIT_MS);

/**
 * A sample that depends only on the seed. Mutants do not overlap, because all of a file's mutants are in the
 * same text.
 */
function choose(folders: readonly string[], seed: number, count: number): Chosen {
  const all = folders.flatMap((folder) => sourceFiles(folder).flatMap(getMutants));
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

/** Builds the unit tests with all mutants, each switched on by the environment variable MUTANT. */
async function buildTests(chosen: Chosen): Promise<void> {
  await build({
    ...testBuild(),
    entryPoints: ['test/unit/**/*.test.ts'],
    ...{ sourcemap: false, logLevel: 'error', outdir, absWorkingDir: root },
    plugins: [switches(chosen)],
    banner: { js: recorder },
  });
  mkdirSync(hitsFolder, { recursive: true });
}

function switches(chosen: Chosen): Plugin {
  const mutantsIn = (file: string): Chosen => new Map([...chosen].filter(([, { path }]) => path === file));
  return {
    name: 'mutants',
    setup: (plugin) => {
      plugin.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        const mutants = mutantsIn(relative(root, path).split(sep).join('/'));
        const contents = withSwitches(readFileSync(path, 'utf8'), mutants);
        return { contents, loader: 'ts' };
      });
    },
  };
}

/**
 * Runs each test file without mutants. Files that fail are reported and skipped.
 * @param wanted the folders and files to run; empty: all.
 */
async function measure(wanted: readonly string[]): Promise<readonly TestFile[]> {
  const names = readdirSync(join(outdir, 'unit'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js') && isChosen(name, wanted))
    .toSorted();
  const measured = await inParallel(names, async (name) => {
    const path = join(outdir, 'unit', name);
    const hits = join(hitsFolder, `${name.replaceAll(sep, '-')}.json`);
    // On a busy machine a test may be late once.
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const began = Date.now();
      const { code } = await runFile(path, { MUTANT_HITS: hits }, FILE_TIMEOUT_MS);
      if (code !== 0) continue;
      const reached = v.parse(v.array(v.number()), JSON.parse(readFileSync(hits, 'utf8')));
      return [{ path, duration: Date.now() - began, reached: new Set(reached) }];
    }
    console.log(`left out, for it fails unchanged: ${name}`);
    return [];
  });
  return measured.flat();
}

async function judge(chosen: Chosen, files: readonly TestFile[]): Promise<ReadonlyMap<number, Outcome>> {
  const outcomes = await inParallel([...chosen], async ([number, { path }]) => {
    const far = (file: TestFile): number => distance(relative(join(outdir, 'unit'), file.path), path);
    const near = files
      .filter(({ reached }) => reached.has(number))
      .toSorted((a, b) => far(a) - far(b) || a.duration - b.duration);
    for (const file of near) {
      // A mutant may never end.
      const limit = 10_000 + 5 * file.duration;
      const { code } = await runFile(file.path, { MUTANT: String(number) }, limit);
      if (code !== 0) return [number, 'killed'] as const;
    }
    return [number, near.length > 0 ? 'survived' : 'unreached'] as const;
  });
  return new Map(outcomes);
}

async function runFile(
  path: string,
  env: NodeJS.ProcessEnv,
  timeout: number,
): Promise<{ readonly code: number }> {
  return await run(process.execPath, [path], { cwd: root, env: { ...process.env, ...env }, timeout });
}

async function inParallel<In, Out>(
  values: readonly In[],
  work: (value: In) => Promise<Out>,
): Promise<readonly Out[]> {
  const queue = new PQueue({ concurrency: availableParallelism() });
  return await queue.addAll(values.map((value) => () => work(value)));
}

function report(chosen: Chosen, outcomes: ReadonlyMap<number, Outcome>): void {
  const getFolder = (number: number): string =>
    chosen.get(number)?.path.split('/').slice(1, 3).join('/') ?? '';
  const counted: number[] = [];
  for (const [number, mutant] of chosen) {
    const outcome = outcomes.get(number);
    const equivalent = getEquivalent(mutant, mutant.path);
    if (!equivalent) counted.push(number);
    if (equivalent && outcome === 'killed')
      console.log(`not equivalent, for a test noticed it: ${says(mutant)}`);
    else if (equivalent) console.log(`equivalent: ${says(mutant)}  (${equivalent.reason})`);
    else if (outcome !== 'killed') console.log(`${outcome}: ${says(mutant)}`);
  }
  for (const folder of new Set(counted.map(getFolder))) {
    const numbers = counted.filter((number) => getFolder(number) === folder);
    console.log(scoreLine(folder, numbers, outcomes));
  }
  console.log(scoreLine('all', counted, outcomes));
}

function says({ path, line, original, replacement }: Placed): string {
  return `${path}:${line}  ${short(original)}  =>  ${short(replacement)}`;
}

function scoreLine(name: string, numbers: readonly number[], outcomes: ReadonlyMap<number, Outcome>): string {
  const count = (wanted: Outcome): number =>
    numbers.filter((number) => outcomes.get(number) === wanted).length;
  const [killed, survived] = [count('killed'), count('survived')];
  const share = (part: number, whole: number): string =>
    `${whole === 0 ? 100 : Math.round((100 * part) / whole)} %`;
  const ofReached = share(killed, killed + survived);
  return `${name.padEnd(22)} ${share(killed, numbers.length)} of all ${numbers.length}, ${ofReached} of those that tests reach`;
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 67)}...` : line || '(left out)';
}
