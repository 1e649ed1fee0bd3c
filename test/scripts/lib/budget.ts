import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import recorded from '../budget.json';
import { out, root } from './paths';
import { run } from './processes';

/** The factor by which a size may exceed the recorded one. */
const TOLERANCE = 1.05;

const budget = v.strictObject({
  /** Size of the package in bytes. */
  package: v.number(),
  /** Size in bytes of the files of dist/ that activation loads without an account. */
  activation: v.number(),
});

/** The sizes that matter to users, in bytes. */
export type Budget = Readonly<v.InferOutput<typeof budget>>;

const recordFile = join(root, 'test', 'scripts', 'budget.json');

export const recordedBudget: Budget = v.parse(budget, recorded);

export function writeBudget(measured: Budget): void {
  writeFileSync(recordFile, `${JSON.stringify(measured, undefined, 2)}\n`);
}

/** Measures the package that `npm run package` created, and the bundles in it. */
export async function measureBudget(): Promise<Budget> {
  return {
    package: getBytes([join(root, 'connections-explorer.vsix')]),
    activation: getBytes(await loadedAtActivation()),
  };
}

/** The total size of files. */
export function getBytes(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

/** Describes the sizes that grew beyond the tolerance. */
export function excesses(before: Budget, measured: Budget): readonly string[] {
  const names = { package: 'The package', activation: 'What activation loads' };
  return (['package', 'activation'] as const)
    .filter((key) => measured[key] > before[key] * TOLERANCE)
    .map((key) => `${names[key]} has ${measured[key]} bytes, ${before[key]} are recorded.`);
}

/** The files below dist/ that activation loads without an account. @throws Error if activation fails */
export async function loadedAtActivation(): Promise<readonly string[]> {
  const { code, output } = await run(process.execPath, [join(out, 'scripts', 'activate.js')], {
    cwd: root,
    env: { ...process.env, NODE_PATH: join(out, 'scripts', 'stubs') },
    timeout: 30_000,
  });
  if (code !== 0) throw new Error(output.slice(-2000));
  return v.parse(v.array(v.string()), JSON.parse(output));
}
