/**
 * Runs the unit tests affected by a saved file of src/ or test/, the nearest first, until Ctrl+C. Prints the
 * time from the save to each result. The next save cancels what is still running.
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

/** The number of test files that run before anything else is done. */
const NEAREST = 4;

/** The work that a save started. `path` is relative to the root, with slashes, like all paths of esbuild. */
interface Save {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Cancels that work: at the next save, and if the code cannot be built. */
  readonly ending: AbortController;
}

program(async () => {
  const tests = testBuild();
  const readInputs = await getInputs(tests);
  let inputs = await readInputs();
  let ending = new AbortController();
  console.log(`Watching ${Object.keys(inputs).length} files.`);
  onSave(async (path, at) => {
    ending.abort();
    ending = new AbortController();
    const save = { path, at, ending };
    // If the text does not parse, the last known imports are kept.
    const lookAgain = async (): Promise<void> => {
      if (!save.ending.signal.aborted) inputs = await readInputs().catch(() => inputs);
    };
    await runAffected(affectedBy(path, inputs), save, { tests, lookAgain });
  });
  return await new Promise<number>(() => undefined);
});

/**
 * Returns the imports of each file. All tests are one bundle here, because esbuild links that much faster
 * than one bundle per test. The bundle is not written to disk.
 */
async function getInputs(tests: BuildOptions): Promise<() => Promise<Inputs>> {
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

/** Calls back once for each save of a code file. */
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

/** @param how `lookAgain` reads the imports again, after the nearest tests, which it would delay */
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

/** @returns whether the file passed; undefined if it was canceled */
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
    // A syntax error would fail every test in the same way: esbuild reports its position.
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
