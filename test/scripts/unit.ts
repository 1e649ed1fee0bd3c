/**
 * Runs the tests that need no editor: everything below out/unit/, several files per process. A failed file is repeated
 * by itself when the others have ended.
 *
 *   node out/scripts/unit.js [FOLDER-OR-FILE ...]    such as http, or store/store.test
 */
import { availableParallelism } from 'node:os';
import { report } from './lib/counts';
import { failRepeatedFlakes } from './lib/flakes';
import { runNodeTests } from './lib/nodeTests';
import { program } from './lib/program';
import { dealOut } from './lib/unitTests';

/** Enough that a group with slow tests does not keep processors idle for long. */
const GROUPS_PER_PROCESSOR = 4;

program(async () => {
  const wanted = process.argv.slice(2);
  const counts = await runNodeTests({
    ...{ folder: 'unit', wanted, timeout: 180_000, again: true },
    concurrency: availableParallelism(),
    group: (names) => dealOut(names, GROUPS_PER_PROCESSOR * availableParallelism()),
  });
  return report('unit', failRepeatedFlakes(counts, { kind: 'unit', isWhole: wanted.length === 0 }));
}, 900_000);
