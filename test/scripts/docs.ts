/**
 * Brings the parts of docs/ up to date that follow the manifest and the sign-in forms.
 *
 *   node out/scripts/docs.js
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPages } from './docs/generated';
import { read } from './docs/markdown';
import { root } from './lib/paths';
import { program } from './lib/program';

program(() => {
  for (const [name, generate] of Object.entries(generatedPages)) {
    writeFileSync(join(root, name), generate(read(name)));
  }
  return Promise.resolve(0);
}, 60_000);
