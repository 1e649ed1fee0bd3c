/**
 * Feeds the services' decoders, the lists and the page's messages with random invalid data.
 *
 *   node out/scripts/fuzz.js [--answers 100000] [--seed N]    The printed seed reproduces a run.
 */
import { parseArgs } from 'node:util';
import { report } from './lib/counts';
import { runNodeTests } from './lib/nodeTests';
import { program } from './lib/program';

const { values } = parseArgs({
  options: { answers: { type: 'string', default: '100000' }, seed: { type: 'string' } },
});

const HOUR_MS = 3_600_000;

program(async () => {
  process.env.FUZZ_ANSWERS = values.answers;
  if (values.seed !== undefined) process.env.FUZZ_SEED = values.seed;
  return report('fuzz', await runNodeTests({ folder: 'unit/fuzz', wanted: [], timeout: HOUR_MS }));
}, HOUR_MS);
