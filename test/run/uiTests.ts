/**
 * Runs the walks of test/ui/ through the window of a real VS Code, one after the other. A file that failed is run once
 * more.
 *
 *   node out/run/uiTests.js [FILE ...]    such as walk
 *   node out/run/uiTests.js --half N      every second file, from the first (1) or the second (2) on
 */
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { report } from './lib/counts';
import { runNodeTests } from './lib/nodeTests';
import { out } from './lib/paths';
import { program } from './lib/program';

program(async () => {
  const { values, positionals } = parseArgs({
    options: { half: { type: 'string' } },
    allowPositionals: true,
  });
  const names = values.half === undefined ? positionals : halfOf(walks(), Number(values.half));
  const wanted = names.map((name) => join('ui', name));
  const where = (name: string): boolean => name.startsWith(`ui${sep}`);
  return report('ui', await runNodeTests({ where, wanted, timeout: 240_000, serial: true, again: true }));
}, 900_000);

function walks(): readonly string[] {
  return readdirSync(join(out, 'ui'))
    .filter((name) => name.endsWith('.test.js'))
    .toSorted();
}

function halfOf(names: readonly string[], half: number): readonly string[] {
  return names.filter((_, at) => at % 2 === half - 1);
}
