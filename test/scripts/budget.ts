/**
 * Compares the size of the package, and of what activation loads, with test/scripts/budget.json; or updates
 * that file. Needs the package that `npm run package` creates.
 *
 *   node out/scripts/budget.js [--write]
 */
import { excesses, measureBudget, recordedBudget, writeBudget } from './lib/budget';
import { noCounts, report } from './lib/counts';
import { program } from './lib/program';

program(async () => {
  const measured = await measureBudget();
  if (process.argv.includes('--write')) {
    writeBudget(measured);
    return 0;
  }
  const found = excesses(recordedBudget, measured);
  for (const text of found) console.log(text);
  if (found.length > 0) {
    console.log('Make it smaller, or record it by `npm run budget` in the same commit.');
  }
  return report('budget', { ...noCounts, passed: found.length === 0 ? 1 : 0, failed: found.length });
}, 60_000);
