/**
 * Compares l10n/bundle.l10n.json with the texts that VS Code's own exporter finds in the code. Separate from
 * the unit tests of texts, because the exporter takes longer than all of them.
 *
 *   node out/scripts/texts.js
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import bundle from '../../l10n/bundle.l10n.json';
import { noCounts, report } from './lib/counts';
import { root } from './lib/paths';
import { program } from './lib/program';

program(async () => {
  // Concatenated, because the parser has a start-up cost per file.
  const contents = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, 'src', name), 'utf8'))
    .filter((text) => text.includes('l10n.t('))
    .join('\n');
  const used = Object.keys(await getL10nJson([{ contents, extension: '.ts' }]));
  const known = Object.keys(bundle);
  const wrong = [
    ...used.filter((text) => !known.includes(text)).map((text) => `It lacks: ${text}`),
    ...known.filter((text) => !used.includes(text)).map((text) => `No code has: ${text}`),
  ];
  for (const line of wrong) console.log(line);
  if (wrong.length > 0) console.log('The bundle of texts is out of date: npm run l10n');
  return report('texts', { ...noCounts, passed: wrong.length === 0 ? 1 : 0, failed: wrong.length });
}, 120_000);
