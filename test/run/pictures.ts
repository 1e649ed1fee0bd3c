/**
 * Compares pictures of the panel and of the views with the approved ones, as `npm test` does too, or approves those that
 * differ. What differs is left in out/screenshots/: NAME.taken.png, NAME.approved.png, NAME.difference.png.
 *
 *   node out/run/pictures.js [--approve] [FILE ...]    such as panelPictures
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { APPROVE } from '../pictures/gallery';
import { report } from './lib/counts';
import { runNodeTests } from './lib/nodeTests';
import { program } from './lib/program';

const { values, positionals } = parseArgs({
  options: { approve: { type: 'boolean', default: false } },
  allowPositionals: true,
});

program(async () => {
  if (values.approve) process.env[APPROVE] = '1';
  const where = (name: string): boolean => /^ui[\\/](panel|tree)Pictures/.test(name);
  const wanted = positionals.map((name) => join('ui', name));
  return report('pictures', await runNodeTests({ where, wanted, timeout: 200_000, concurrency: 2 }));
}, 400_000);
