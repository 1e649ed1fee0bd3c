/**
 * Runs the tests that need no editor: everything below out/ but host/, ui/, run/ and bench/, several files in a process.
 * A file that failed is run once more, alone, when the others have ended.
 *
 *   node out/run/unit.js [FOLDER-OR-FILE ...]    such as http, or store/store.test
 */
import { availableParallelism } from 'node:os';
import { report } from './lib/counts';
import { runNodeTests } from './lib/nodeTests';
import { program } from './lib/program';
import { dealOut, isUnitTest } from './lib/unitTests';

/** So many that one with slow tests keeps no processor waiting for long. */
const GROUPS_PER_PROCESSOR = 4;

program(async () => {
  return report(
    'unit',
    await runNodeTests({
      ...{ where: isUnitTest, wanted: process.argv.slice(2), timeout: 180_000, again: true },
      concurrency: availableParallelism(),
      group: (names) => dealOut(names, GROUPS_PER_PROCESSOR * availableParallelism()),
    }),
  );
}, 900_000);
