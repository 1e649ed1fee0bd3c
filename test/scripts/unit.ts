/**
 * Runs the tests that need no editor: those below out/unit/, several files per process. A failed file is repeated
 * by itself when the others have ended.
 *
 *   node out/scripts/unit.js [--all] [FOLDER-OR-FILE ...]    such as http, or store/store.test. Default: all but the long ones
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { report } from './lib/counts';
import { failRepeatedFlakes } from './lib/flakes';
import { runNodeTests } from './lib/nodeTests';
import { program } from './lib/program';
import { dealOut, isLong } from './lib/unitTests';

/** Enough that a group with slow tests does not keep processors idle for long. */
const GROUPS_PER_PROCESSOR = 4;

/** A process waits for sockets and other processes for a third of its time. */
const PROCESSES = 2 * availableParallelism();

program(async () => {
  const { values, positionals: wanted } = parseArgs({
    options: { all: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const counts = await runNodeTests({
    ...{ folder: 'unit', wanted, timeout: 300_000, again: true },
    ...(values.all || wanted.length > 0 ? {} : { leaveOut: isLong }),
    concurrency: PROCESSES,
    group: (names) => dealOut(names, GROUPS_PER_PROCESSOR * availableParallelism()),
  });
  const kind = values.all ? 'unit' : 'unit-short';
  return report('unit', failRepeatedFlakes(counts, { kind, isWhole: wanted.length === 0 }));
}, 900_000);
