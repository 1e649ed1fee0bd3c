/**
 * Runs the tests that need no editor: everything below out/ but host/, ui/, run/ and bench/. A file that failed is run
 * once more, alone, when the others have ended.
 *
 *   node out/run/unit.js [FOLDER-OR-FILE ...]    such as http, or store/store.test
 */
import { availableParallelism } from 'node:os';
import { report } from './lib/counts';
import { runNodeTests } from './lib/nodeTests';
import { program } from './lib/program';
import { isUnitTest } from './lib/unitTests';

program(async () => {
  return report(
    'unit',
    await runNodeTests({
      ...{ where: isUnitTest, wanted: process.argv.slice(2), timeout: 180_000, again: true },
      // Most of a short test is the start of its process: none is left to wait for while a processor is free.
      concurrency: availableParallelism(),
    }),
  );
}, 900_000);
