/**
 * Updates what is generated from the manifest, the command tables and the sign-in forms: parts of docs/, and
 * the IDs of contributions.
 *
 *   node out/scripts/docs.js
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './docs/generated';
import { read } from './docs/markdown';
import { root } from './lib/paths';
import { program } from './lib/program';

program(() => {
  for (const [name, generate] of Object.entries(generatedFiles)) {
    writeFileSync(join(root, name), generate(read(name)));
  }
  return Promise.resolve(0);
}, 60_000);
