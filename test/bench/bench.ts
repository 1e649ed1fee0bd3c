/**
 * Prints what the extension costs, as figures and ratios. Wants the production build and the package in place, which
 * `npm run bench` makes first.
 *
 *   node out/bench/bench.js [activation | reading | status | memory | sizes ...]
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run/lib/paths';
import { program } from '../run/lib/program';
import { benchActivation } from './activation';
import { line } from './figures';
import { benchMemory, benchReading, benchStatusRefresh } from './reading';

const parts = {
  activation: benchActivation,
  reading: benchReading,
  status: benchStatusRefresh,
  memory: benchMemory,
  sizes: benchSizes,
};

program(async () => {
  const wanted = process.argv.slice(2);
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) await part();
  }
  return 0;
}, 300_000);

function benchSizes(): void {
  console.log('\nSizes');
  line('main bundle, minified', sizeOf('dist/extension.js'), 'kB');
  line('the package', sizeOf('connections-explorer.vsix'), 'kB');
}

/** Thousands of bytes of a file of the project. */
function sizeOf(file: string): number {
  return statSync(join(root, file)).size / 1000;
}
