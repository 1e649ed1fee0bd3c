/**
 * Runs the walks of test/ui/ through the window of a real VS Code, one after the other. A file that failed is run once
 * more.
 *
 *   node out/run/uiTests.js [FILE ...]    such as walk
 *   node out/run/uiTests.js --part K/N    every Nth file, from the Kth on
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
    options: { part: { type: 'string' } },
    allowPositionals: true,
  });
  const names = values.part === undefined ? positionals : partOf(walks(), values.part);
  const wanted = names.map((name) => join('ui', name));
  const where = (name: string): boolean => name.startsWith(`ui${sep}`);
  return report('ui', await runNodeTests({ where, wanted, timeout: 240_000, serial: true, again: true }));
}, 900_000);

function walks(): readonly string[] {
  return readdirSync(join(out, 'ui'))
    .filter((name) => name.endsWith('.test.js'))
    .toSorted();
}

/** @param part such as `2/4`. */
function partOf(names: readonly string[], part: string): readonly string[] {
  const [place = 1, parts = 1] = part.split('/').map(Number);
  return names.filter((_, at) => at % parts === place - 1);
}
