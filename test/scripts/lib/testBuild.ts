import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { root } from './paths';

/** The options with which esbuild.js builds the tests, including the programs that they start. */
export function testBuild(): BuildOptions {
  const { tests } = createRequire(join(root, 'package.json'))('./esbuild.js') as { tests: BuildOptions };
  return tests;
}
