import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { root } from './paths';

/** What esbuild.js exports. */
interface Builds {
  readonly tests: BuildOptions;
  readonly unitBuilds: (folder: string) => readonly BuildOptions[];
}

function builds(): Builds {
  return createRequire(join(root, 'package.json'))('./esbuild.js') as Builds;
}

/** The options with which esbuild.js builds the tests, including the programs that they start. */
export function testBuild(): BuildOptions {
  return builds().tests;
}

/**
 * The options with which esbuild.js builds all unit tests as one file, units.js, and what they find beside it.
 * @param folder relative to the root
 */
export function unitBuilds(folder: string): readonly BuildOptions[] {
  return builds().unitBuilds(folder);
}
