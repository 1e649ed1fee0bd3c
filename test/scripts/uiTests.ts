/**
 * Runs the end-to-end tests of test/e2e/ in the window of a real VS Code, three at a time. A failed file is repeated
 * by itself when the others have ended.
 *
 *   node out/scripts/uiTests.js [FILE ...]    such as walk
 */
import { report } from './lib/counts';
import { failRepeatedFlakes } from './lib/flakes';
import { runNodeTests } from './lib/nodeTests';
import { program } from './lib/program';

program(async () => {
  const wanted = process.argv.slice(2);
  const counts = await runNodeTests({
    ...{ folder: 'e2e', wanted, timeout: 400_000, concurrency: 3, again: true },
  });
  return report('ui', failRepeatedFlakes(counts, { kind: 'ui', isWhole: wanted.length === 0 }));
}, 4_500_000);
