import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { Counts } from './counts';
import { root } from './paths';

const namesSchema = v.array(v.string());

/**
 * Folder with the names of the tests that were flaky in the last run of each kind. Not part of the
 * repository.
 */
const flakesFolder = join(root, '.cache', 'flaky');

export interface FlakesOptions {
  /** The kind of the run, such as `unit`: results are compared with the last run of the same kind. */
  readonly kind: string;
  /** True if all tests of the kind ran. Otherwise, earlier flaky tests are still remembered. */
  readonly isWhole: boolean;
  readonly folder?: string;
}

/**
 * Counts a flaky test as failed if it was also flaky in the last run: a second try is meant for a machine
 * that is late once. Prints a message, and stores the flaky tests of this run.
 */
export function failRepeatedFlakes(
  counts: Counts,
  { kind, isWhole, folder = flakesFolder }: FlakesOptions,
): Counts {
  const file = join(folder, `${kind}.json`);
  const before = read(file);
  const repeated = counts.flaky.filter((name) => before.includes(name));
  for (const name of repeated) console.log(`flaky twice in a row, which fails: ${name}`);
  write(file, isWhole ? counts.flaky : [...new Set([...before, ...counts.flaky])]);
  return {
    ...counts,
    passed: counts.passed - repeated.length,
    failed: counts.failed + repeated.length,
  };
}

/** Empty if the file is missing or incomplete. */
function read(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  try {
    return v.parse(namesSchema, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}

function write(file: string, names: readonly string[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(names));
}
