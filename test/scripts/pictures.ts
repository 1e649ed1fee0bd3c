/**
 * Compares pictures of the panel and of the views with the approved ones, as `npm run test:all` does, or approves
 * those that differ. Differences are saved in out/screenshots/: NAME.taken.png, NAME.approved.png,
 * NAME.difference.png.
 *
 *   node out/scripts/pictures.js [--approve] [FILE ...]    such as panelPictures
 */
import { parseArgs } from 'node:util';
import { APPROVE } from '../e2e/pictures/gallery';
import { report } from './lib/counts';
import { runNodeTests } from './lib/nodeTests';
import { program } from './lib/program';

const { values, positionals } = parseArgs({
  options: { approve: { type: 'boolean', default: false } },
  allowPositionals: true,
});

program(async () => {
  if (values.approve) process.env[APPROVE] = '1';
  const wanted = positionals.length > 0 ? positionals : ['panelPictures', 'treePictures'];
  return report('pictures', await runNodeTests({ folder: 'e2e', wanted, timeout: 200_000, concurrency: 2 }));
}, 400_000);
