/**
 * Compares l10n/bundle.l10n.json with the texts that VS Code's own exporter finds in the code. Separate from
 * the unit tests of texts, because the exporter takes longer than all of them.
 *
 *   node out/scripts/texts.js
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import ts from 'typescript';
import bundle from '../../l10n/bundle.l10n.json';
import { noCounts, report } from './lib/counts';
import { root } from './lib/paths';
import { program } from './lib/program';

const IMPORTS = "import * as vscode from 'vscode'; import * as l10n from '@vscode/l10n';";

/** The calls that take a text from the bundle, as they are written. */
function callsIn(text: string): readonly string[] {
  if (!text.includes('l10n')) return [];
  const file = ts.createSourceFile('', text, ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(file).endsWith('l10n.t'))
      found.push(`${node.getText(file)};`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

program(async () => {
  const calls = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, 'src', name), 'utf8'))
    .flatMap(callsIn);
  // As one file, because the exporter has a start-up cost for each, and without other code, which takes it a minute.
  const contents = [IMPORTS, ...calls].join('\n');
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
