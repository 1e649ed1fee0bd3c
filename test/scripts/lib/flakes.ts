import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { Counts } from './counts';
import { root } from './paths';

const namesSchema = v.array(v.string());

/** Where the names of the tests lie that were flaky in the last run of each kind. No part of the repository. */
export const flakesFolder = join(root, '.cache', 'flaky');

export interface FlakesOptions {
  /** A name for the kind of the run, such as `unit`: the last run of the same kind counts. */
  readonly kind: string;
  /** Whether all tests of the kind ran. After others, what was flaky before is remembered still. */
  readonly isWhole: boolean;
  readonly folder?: string;
}

/**
 * Counts a test as failed that was flaky in the last run too: a second try is for a machine that is late once. Says so,
 * and remembers what was flaky now.
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

/** Nothing where the file was not written yet, or not to its end. */
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
