/**
 * Runs the checks and tests, three at a time, and ends with one line `N passed, N failed`.
 * A check without tests of its own, such as the type check, counts as one test.
 *
 *   node out/scripts/test.js [--all]    without it: no long unit tests, the newest VS Code, the end-to-end test of the main job
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import PQueue from 'p-queue';
import { installBrowser, installedBrowser } from './lib/browser';
import { lastCounts, noCounts, sum, type Counts } from './lib/counts';
import { installHost, newest, oldest } from './lib/npmHost';
import { packageArguments } from './lib/packageArguments';
import { out, root } from './lib/paths';
import { run } from './lib/processes';
import { program } from './lib/program';

interface Step {
  readonly name: string;
  /** Arguments for Node. */
  readonly args: readonly string[];
  /** Milliseconds after which the step is stopped and fails. */
  readonly timeout: number;
}

const {
  values: { all },
} = parseArgs({ options: { all: { type: 'boolean', default: false } } });

const minute = 60_000;
const tool = (path: string): string => join(root, 'node_modules', path);
const suite = (name: string): string => join(out, 'scripts', name);

/** The end-to-end test of what README.md names first, from a fresh profile. */
const MAIN_JOB = 'walk.test';

/** Runs first and by itself, because it rebuilds dist/: the later steps test the shipped bundles. */
const build: readonly Step[] = [{ name: 'package', args: packageArguments, timeout: 2 * minute }];

const oldestHost: Step = {
  name: 'host suite, oldest',
  args: [suite('hostTests.js'), '--only', 'oldest'],
  timeout: 15 * minute,
};

/** The longest first, so that none runs alone at the end, except the one that opens three windows at a time. */
const steps: readonly Step[] = [
  { name: 'host suite, newest', args: [suite('hostTests.js'), '--only', 'newest'], timeout: 15 * minute },
  { name: 'eslint', args: [tool('eslint/bin/eslint.js'), '.'], timeout: 15 * minute },
  { name: 'unit tests', args: [suite('unit.js'), ...(all ? ['--all'] : [])], timeout: 15 * minute },
  ...(all ? [oldestHost] : []),
  { name: 'texts', args: [suite('texts.js')], timeout: 5 * minute },
  { name: 'packaged extension', args: [suite('vsixSmoke.js')], timeout: 6 * minute },
  { name: 'type check', args: [tool('typescript/bin/tsc'), '--noEmit'], timeout: 5 * minute },
  {
    name: 'prettier',
    args: [
      ...[tool('prettier/bin/prettier.cjs'), '--check', '.', '--cache', '--cache-strategy', 'content'],
      ...['--cache-location', '.cache/prettier'],
    ],
    timeout: 5 * minute,
  },
  {
    name: 'layers',
    args: [tool('dependency-cruiser/bin/dependency-cruise.mjs'), 'src'],
    timeout: 2 * minute,
  },
  { name: 'unused exports', args: [tool('knip/bin/knip.js')], timeout: 2 * minute },
  {
    name: 'type check, page',
    args: [tool('typescript/bin/tsc'), '--noEmit', '--project', 'src/webview'],
    timeout: 2 * minute,
  },
  { name: 'budget', args: [suite('budget.js')], timeout: minute },
  { name: 'user interface', args: [suite('uiTests.js'), ...(all ? [] : [MAIN_JOB])], timeout: 75 * minute },
];

program(async () => {
  const installed = timed('install VS Code and a browser', install);
  const built = await runSteps(build);
  await installed;
  const { passed, failed, skipped, flaky } = sum([...built, ...(await runSteps(steps))]);
  if (skipped > 0) console.log(`skipped: ${skipped}, each with its reason in its title`);
  for (const test of flaky) console.log(`flaky: ${test}`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}, 110 * minute);

async function install(): Promise<void> {
  const browser = installedBrowser() === undefined ? installBrowser() : undefined;
  const versions = all ? [newest, oldest] : [newest];
  await Promise.all([...versions.map(installHost), browser]);
}

/** More than processors: those with windows wait half of their time. */
async function runSteps(some: readonly Step[]): Promise<readonly Counts[]> {
  const queue = new PQueue({ concurrency: 3 });
  return await queue.addAll(some.map((step) => () => runStep(step)));
}

/** Runs a step and prints its result; if it failed, its whole output. */
async function runStep({ name, args, timeout }: Step): Promise<Counts> {
  const began = Date.now();
  const { code, output } = await run(process.execPath, args, { cwd: root, timeout });
  const counts = lastCounts(output) ?? { ...noCounts, passed: code === 0 ? 1 : 0 };
  const failed = code === 0 ? counts.failed : Math.max(counts.failed, 1);
  if (failed > 0 || counts.flaky.length > 0) console.log(output);
  print(failed === 0, name, began, `${counts.passed} passed, ${failed} failed`);
  return { ...counts, failed };
}

async function timed(name: string, work: () => Promise<void>): Promise<void> {
  const began = Date.now();
  await work();
  print(true, name, began, '');
}

function print(ok: boolean, name: string, began: number, result: string): void {
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${ok ? '✔' : '✖'} ${name.padEnd(30)} ${seconds.padStart(6)} s  ${result}`);
}
