import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { root } from './paths';

/** How esbuild.js builds the tests, with all that they start beside themselves. */
export function testBuild(): BuildOptions {
  const { tests } = createRequire(join(root, 'package.json'))('./esbuild.js') as { tests: BuildOptions };
  return tests;
}
