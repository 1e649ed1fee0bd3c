/**
 * Runs the walks of test/ui/ through the window of a real VS Code, one after the other. A file that failed is run once
 * more.
 *
 *   node out/run/uiTests.js [FILE ...]    such as walk
 */
import { join, sep } from 'node:path';
import { report } from './lib/counts';
import { runNodeTests } from './lib/nodeTests';
import { program } from './lib/program';

program(async () => {
  const wanted = process.argv.slice(2).map((name) => join('ui', name));
  const where = (name: string): boolean => name.startsWith(`ui${sep}`);
  return report('ui', await runNodeTests({ where, wanted, timeout: 180_000, serial: true, again: true }));
}, 900_000);
