/**
 * Reports how much of src/ the tests reach: lines and branches by folder, and error paths that nothing
 * reached. Runs them in a copy of the project with instrumented statements and branches, because V8's
 * coverage would count code as reached that esbuild omits from a bundle.
 *
 *   node out/scripts/coverage.js [KIND[:WHICH] ...]    such as units:http host:registrations walks:walk; default: all
 */
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, posix, sep } from 'node:path';
import * as v from 'valibot';
import { table, unreachedErrors } from './coverage/figures';
import { instrument, type Point } from './coverage/points';
import { packageArguments } from './lib/packageArguments';
import { root } from './lib/paths';
import { run, runOrThrow } from './lib/processes';
import { program } from './lib/program';

const folder = join(root, 'out-coverage');
const copy = join(folder, 'project');
const reachedFolder = join(folder, 'reached');

const MINUTE_MS = 60_000;
const LIMIT_MS = 90 * MINUTE_MS;
const RECORDER = 'reached.ts';

/** The program and its arguments for each kind of tests, of which some may be selected. */
const KINDS: Readonly<Record<string, (which: readonly string[]) => readonly string[]>> = {
  units: (which) => ['unit.js', '--all', ...which],
  host: (which) => ['hostTests.js', ...which.flatMap((text) => ['--grep', text])],
  walks: (which) => ['uiTests.js', ...which],
};

/** A point and its file. */
type InFile = Point & { readonly path: string };

program(async () => {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(KINDS);
  const commands = wanted.map(getCommand);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  mkdirSync(reachedFolder, { recursive: true });
  copyProject();
  // For the walks that install the extension: what they reach in it is not counted.
  await runOrThrow(process.execPath, packageArguments, { cwd: copy, timeout: 2 * MINUTE_MS });
  const points = instrumentCopy();
  await runOrThrow(process.execPath, ['esbuild.js', '--tests'], { cwd: copy, timeout: 2 * MINUTE_MS });
  // Some tests read the code.
  cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true });
  for (const command of commands) await runTests(command);
  print(points);
  return 0;
}, LIMIT_MS);

/** @throws Error for an unknown kind */
function getCommand(argument: string): readonly string[] {
  const [kind = '', which] = argument.split(/:(.*)/s);
  const toCommand = KINDS[kind];
  if (toCommand === undefined) throw new Error(`${kind} is none of ${Object.keys(KINDS).join(', ')}.`);
  return toCommand(which === undefined ? [] : [which]);
}

/** Build output and downloads are not copied; downloads are linked, also those that tests make. */
function copyProject(): void {
  const isOurs = (name: string): boolean =>
    !/^(\.git|\.cache|dist|out|out-.*|node_modules|\.vscode-test|.*\.vsix)$/.test(name);
  for (const name of readdirSync(root).filter(isOurs))
    cpSync(join(root, name), join(copy, name), { recursive: true });
  mkdirSync(join(root, '.vscode-test'), { recursive: true });
  for (const name of ['node_modules', '.vscode-test'])
    symlinkSync(realpathSync(join(root, name)), join(copy, name), 'junction');
}

/** @returns all points of src/, by their numbers from 0 */
function instrumentCopy(): readonly InFile[] {
  const points: InFile[] = [];
  for (const path of sourceFiles()) {
    const text = readFileSync(join(root, path), 'utf8');
    const toRecorder = `${posix.relative(posix.dirname(path), 'src')}/${RECORDER}`.replace(/^\//, './');
    const made = instrument(path, text, points.length, toRecorder.replace(/\.ts$/, ''));
    points.push(...made.points.map((point) => ({ ...point, path })));
    writeFileSync(join(copy, path), made.text);
  }
  cpSync(join(root, 'test', 'scripts', 'coverage', 'recorder.ts'), join(copy, 'src', RECORDER));
  return points;
}

function sourceFiles(): readonly string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => posix.join('src', ...name.split(sep)))
    .toSorted();
}

/** Only the counts of the tests are used. */
async function runTests([script = '', ...args]: readonly string[]): Promise<void> {
  const { code, output } = await run(process.execPath, [join(copy, 'out', 'scripts', script), ...args], {
    cwd: copy,
    env: { ...process.env, COVERAGE_FOLDER: reachedFolder },
    timeout: LIMIT_MS,
  });
  const log = join(folder, `${basename(script, '.js')}.log`);
  writeFileSync(log, output);
  console.log(output.trimEnd().split('\n').at(-1));
  if (code !== 0) console.log(`Some failed: see ${log}`);
}

function print(points: readonly InFile[]): void {
  const reached = readReached();
  const placed = points.map((point, number) => ({ ...point, isReached: reached.has(number) }));
  for (const line of table(placed)) console.log(line);
  const errors = unreachedErrors(placed);
  console.log(`\nError paths that nothing reached: ${errors.length}`);
  for (const line of errors) console.log(line);
}

function readReached(): ReadonlySet<number> {
  const files = readdirSync(reachedFolder).map((name) => readFileSync(join(reachedFolder, name), 'utf8'));
  return new Set(files.flatMap((text) => v.parse(v.array(v.number()), JSON.parse(text))));
}
