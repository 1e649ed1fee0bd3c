/** The unit tests, built with all mutants of a sample, each of which an environment variable switches on. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import * as v from 'valibot';
import { root } from '../lib/paths';
import { run } from '../lib/processes';
import { unitBuilds } from '../lib/testBuild';
import { withSwitches, type Mutant } from './mutants';

/** A mutant and its file. `path` is relative to the root, with slashes. */
export interface InFile extends Mutant {
  readonly path: string;
}

/** Runs before the code: switches one mutant on; without MUTANT, records which ones are reached. */
const SWITCH = `globalThis.isMutant ??= (() => {
  const { MUTANT, MUTANT_HITS } = process.env;
  const wanted = Number(MUTANT ?? 0);
  const { isMainThread } = require('node:worker_threads');
  if (MUTANT_HITS === undefined || !isMainThread) return (number) => number === wanted;
  const hits = new Set();
  process.once('exit', () => require('node:fs').writeFileSync(MUTANT_HITS, JSON.stringify([...hits])));
  return (number) => { hits.add(number); return false; };
})();`;

/** Runs the tests whose names it gets, each as a suite of its own. */
const ENTRY = `const { describe } = require('node:test');
const units = require('./units.js');
for (const name of process.argv.slice(2)) describe(name, () => { units[name](); });
`;

/** A reporter of node:test that ends the process at the first failure: what the others say does not matter. */
const REPORTER = `export default async function* (events) {
  for await (const { type } of events) if (type === 'test:fail') process.exit(1);
}
`;

/** The result of some test files in one process. */
export type Result = 'passed' | 'failed' | 'late';

export class MutatedTests {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Builds all unit tests.
   * @param name the folder for it, relative to the root. Tests derive paths from it as from out/.
   * @param mutants by number, from 1; they must not overlap
   */
  static async build(name: string, mutants: ReadonlyMap<number, InFile>): Promise<MutatedTests> {
    const folder = join(root, name);
    mkdirSync(folder, { recursive: true });
    await Promise.all(unitBuilds(name).map((options) => build(withMutants(options, mutants))));
    writeFileSync(join(folder, 'run.js'), ENTRY);
    writeFileSync(join(folder, 'reporter.mjs'), REPORTER);
    return new MutatedTests(folder);
  }

  /**
   * Runs a test file without mutants.
   * @param name its path below test/ without what it ends with, such as `unit/core/http/retry`
   * @returns the numbers of the mutants that it reaches; undefined if it fails
   */
  async getReached(name: string, timeout: number): Promise<ReadonlySet<number> | undefined> {
    const hits = join(this.#folder, `${name.replaceAll('/', '-')}.json`);
    const result = await this.#run([name], { MUTANT_HITS: hits }, timeout);
    if (result !== 'passed') return undefined;
    return new Set(v.parse(v.array(v.number()), JSON.parse(readFileSync(hits, 'utf8'))));
  }

  /** Runs test files with a mutant, until one fails. A mutant may never end: after the timeout, they are late. */
  async tryMutant(number: number, names: readonly string[], timeout: number): Promise<Result> {
    return await this.#run(names, { MUTANT: String(number) }, timeout);
  }

  async #run(names: readonly string[], env: NodeJS.ProcessEnv, timeout: number): Promise<Result> {
    const [entry, reporter] = [join(this.#folder, 'run.js'), join(this.#folder, 'reporter.mjs')];
    const args = [
      `--test-reporter=${pathToFileURL(reporter).href}`,
      '--test-reporter-destination=stdout',
      entry,
    ];
    const began = Date.now();
    const { code } = await run(process.execPath, [...args, ...names], {
      ...{ cwd: root, timeout },
      // Times are shown in the time zone of the reader.
      env: { ...process.env, TZ: 'UTC', MUTANT: undefined, MUTANT_HITS: undefined, ...env },
    });
    if (code === 0) return 'passed';
    return Date.now() - began < timeout ? 'failed' : 'late';
  }
}

function withMutants(options: BuildOptions, mutants: ReadonlyMap<number, InFile>): BuildOptions {
  return {
    ...options,
    ...{ sourcemap: false, logLevel: 'error', absWorkingDir: root, banner: { js: SWITCH } },
    plugins: [...(options.plugins ?? []), switches(mutants)],
  };
}

function switches(mutants: ReadonlyMap<number, InFile>): Plugin {
  return {
    name: 'mutants',
    setup: (plugin) => {
      plugin.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        const file = relative(root, path).split(sep).join('/');
        const inFile = new Map([...mutants].filter(([, mutant]) => mutant.path === file));
        return { contents: withSwitches(readFileSync(path, 'utf8'), inFile), loader: 'ts' };
      });
    },
  };
}
