/**
 * Runs the unit tests that a saved file of src/ or test/ is a part of, the nearest first, until Ctrl+C. Prints the time
 * from the save to each result. The next save ends what still runs.
 */
import { readdirSync, statSync, watch } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, sep } from 'node:path';
import { build, context, type BuildOptions } from 'esbuild';
import PQueue from 'p-queue';
import { root } from './lib/paths';
import { run } from './lib/processes';
import { program } from './lib/program';
import { testBuild } from './lib/testBuild';
import { affectedBy, type Inputs } from './lib/unitTests';

const FILE_TIMEOUT_MS = 180_000;
/** Editors write a file in several steps. */
const SETTLED_MS = 20;

/** So many test files run before anything else is done. */
const NEAREST = 4;

/** What one save has set going. `path` is relative to the root, with slashes, as all paths of esbuild. */
interface Save {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of all that it has set going: at the next save, and where the code cannot be built. */
  readonly ending: AbortController;
}

program(async () => {
  const tests = testBuild();
  const readInputs = await inputsOf(tests);
  let inputs = await readInputs();
  let ending = new AbortController();
  console.log(`Watching ${Object.keys(inputs).length} files.`);
  onSave(async (path, at) => {
    ending.abort();
    ending = new AbortController();
    const save = { path, at, ending };
    // A text that does not parse changes nothing yet.
    const lookAgain = async (): Promise<void> => {
      if (!save.ending.signal.aborted) inputs = await readInputs().catch(() => inputs);
    };
    await runAffected(affectedBy(path, inputs), save, { tests, lookAgain });
  });
  return await new Promise<number>(() => undefined);
});

/**
 * Tells what each file imports. All tests are one bundle here: esbuild links that many times faster than one for each.
 * It is written nowhere.
 */
async function inputsOf(tests: BuildOptions): Promise<() => Promise<Inputs>> {
  const contents = unitTests()
    .map((path) => `import './${path}';`)
    .join('\n');
  const all = await context({
    ...tests,
    entryPoints: [],
    stdin: { contents, resolveDir: root },
    absWorkingDir: root,
    sourcemap: false,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  return async () => (await all.rebuild()).metafile.inputs;
}

function unitTests(): readonly string[] {
  return readdirSync(join(root, 'test/unit'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/unit/${name.split(sep).join('/')}`);
}

/** Calls back once for each save of a file of code. */
function onSave(call: (path: string, at: number) => Promise<void>): void {
  const timers = new Map<string, NodeJS.Timeout>();
  const saved = new Map<string, number>();
  const look = (path: string): void => {
    const at = statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs;
    if (at === undefined || saved.get(path) === at) return;
    saved.set(path, at);
    call(path, at).catch(console.error);
  };
  for (const folder of ['src', 'test']) {
    watch(join(root, folder), { recursive: true }, (_, name) => {
      if (name?.endsWith('.ts') !== true) return;
      const path = [folder, ...name.split(sep)].join('/');
      clearTimeout(timers.get(path));
      timers.set(path, setTimeout(look, SETTLED_MS, path));
    });
  }
}

/** @param how `lookAgain` reads the imports anew: after the nearest tests, which it would hold up */
async function runAffected(
  affected: readonly string[],
  save: Save,
  { tests, lookAgain }: { readonly tests: BuildOptions; readonly lookAgain: () => Promise<void> },
): Promise<void> {
  console.log(`\n${save.path}: ${affected.length} test files`);
  const queue = new PQueue({ concurrency: availableParallelism() });
  const runAll = (files: readonly string[]): Promise<(boolean | undefined)[]> =>
    queue.addAll(files.map((test) => () => runTest(test, save, tests)));
  const nearest = await runAll(affected.slice(0, NEAREST));
  await lookAgain();
  const results = [...nearest, ...(await runAll(affected.slice(NEAREST)))];
  if (save.ending.signal.aborted) return;
  const failed = results.filter((passed) => passed === false).length;
  console.log(`${affected.length - failed} passed, ${failed} failed, ${since(save)} from the save`);
}

/** @returns whether the file passed; undefined where it did not come to its end */
async function runTest(test: string, save: Save, tests: BuildOptions): Promise<boolean | undefined> {
  const { signal } = save.ending;
  try {
    signal.throwIfAborted();
    const { code, output } = await buildAndRun(test, signal, tests);
    console.log(`${code === 0 ? '✔' : '✖'} ${since(save)}  ${test}`);
    if (code !== 0) console.log(output);
    return code === 0;
  } catch (error) {
    if (signal.aborted) return undefined;
    // What does not parse would fail in each test alike: esbuild says where.
    console.log(`✖ ${since(save)}  ${String(error)}`);
    save.ending.abort();
    return undefined;
  }
}

async function buildAndRun(
  test: string,
  signal: AbortSignal,
  tests: BuildOptions,
): Promise<{ readonly code: number; readonly output: string }> {
  await build({ ...tests, entryPoints: [test], absWorkingDir: root, logLevel: 'silent' });
  signal.throwIfAborted();
  const built = join(root, test.replace('test/', 'out/').replace(/ts$/, 'js'));
  // A test file runs itself; `--test` would start a second process for it.
  const args = ['--enable-source-maps', '--test-reporter=spec', built];
  return await run(process.execPath, args, { cwd: root, timeout: FILE_TIMEOUT_MS, signal });
}

function since({ at }: Save): string {
  return `${((Date.now() - at) / 1000).toFixed(2)} s`;
}
